"""Mailings as messages: their parts and headers, the same bytes on every run, and hostile texts."""

import email
import email.policy
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.mail.message import MAX_BYTES, MailWriter
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Author
from generator.model.period import (
    Length,
    papers_in_period,
    period_of,
    picks_in_period,
    weeks,
)
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

GOLDEN = ROOT / "tests" / "golden" / "mailing.txt"
MAIL = replace(
    SETTINGS, mail_from="digest@toy.example", mail_unsubscribe="https://lists.example.org/end?address={address}"
)
WEEK = period_of(Length.WEEK, date(2025, 5, 2))
HOSTILE = json.loads((ROOT / "tests" / "cases" / "hostile.json").read_text("utf-8"))


def _message(catalog: Catalog, papers: Sequence[str] | None = None, recipient: str = "ada@example.org") -> bytes:
    chosen = papers_in_period(catalog, WEEK) if papers is None else papers
    return MailWriter(catalog, MAIL, ROOT / "theme").message(WEEK, chosen, recipient)


def _read(message: bytes) -> EmailMessage:
    """The message as a mail program reads it."""
    read = email.message_from_bytes(message, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert not read.defects
    return read


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    assert not part.defects
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


def test_the_headers_are_those_of_a_mailing_list(toy: Catalog) -> None:
    message = _read(_message(toy, recipient="ada+x@example.org"))
    assert message["From"].addresses[0].addr_spec == "digest@toy.example"
    assert message["From"].addresses[0].display_name == SETTINGS.name
    assert message["To"] == "ada+x@example.org"
    assert message["Subject"].startswith("Toy Digest, 28 April to 4 May 2025: ")
    assert message["Date"].datetime.isoformat() == "2025-05-05T06:00:00+00:00"
    assert message["List-Id"] == "<papers.toy.example>"
    assert message["List-Unsubscribe"] == "<https://lists.example.org/end?address=ada%2Bx%40example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_recipient_gets_the_same_bytes_on_every_run(toy: Catalog) -> None:
    assert _message(toy) == _message(toy)
    ids = {_read(_message(toy, recipient=recipient))["Message-ID"] for recipient in ("a@example.org", "b@example.org")}
    assert len(ids) == 2


def test_the_plain_text_is_as_expected(toy: Catalog, request: pytest.FixtureRequest) -> None:
    text = _part(_read(_message(toy)), "plain")
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_text_and_html_contain_every_paper(real: Catalog) -> None:
    listed = [paper.id for paper in real.papers.values() if paper.source[0].kind == "prose-digest"]
    week = weeks(real)[0]
    message = _read(MailWriter(real, MAIL, ROOT / "theme").message(week, listed, "ada@example.org"))
    page = LexborHTMLParser(_part(message, "html"))
    titles = [node.text() for node in page.css("h3")]
    picked = [item for name in picks_in_period(real, week) for item in real.collections[name].items]
    assert len(titles) == len(listed) + len(picked)
    assert len(listed) == 19
    text = "".join(_part(message, "plain").split())  # lines break at hyphens, too
    assert [title for title in titles if "".join(title.split()) not in text] == []
    root = page.css_first("html")
    assert root is not None
    assert root.attributes["lang"] == "en"
    assert [node.tag for node in page.css("img, script, link, form")] == []


def test_a_long_mailing_is_cut_and_links_to_the_archive(real: Catalog) -> None:
    papers = tuple(real.papers)
    month = period_of(Length.MONTH, date(2025, 9, 1))
    data = MailWriter(real, MAIL, ROOT / "theme").message(month, papers, "ada@example.org")
    message = _read(data)
    shown = _part(message, "plain").count("/papers/")
    assert 0.9 * MAX_BYTES < len(data) <= MAX_BYTES
    assert f"And {len(papers) - shown} more: {MAIL.site_url}archive/" in _part(message, "plain")
    assert f": {len(papers)} papers" in message["Subject"]


@pytest.mark.parametrize("text", [case if isinstance(case, str) else case["text"] for case in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    line = " ".join(text.split())[:200] or "x"
    toy = load(TOY).content
    paper = replace(toy.papers[0], id="x", title=line, tldr={"": line}, authors=(Author(name=line),), added=WEEK.first)
    topics = tuple(replace(topic, name={"": line}) for topic in toy.topics)
    catalog = build_catalog(Content(papers=(paper,), series=toy.series, topics=topics))
    message = _read(_message(catalog))
    page = LexborHTMLParser(_part(message, "html"))
    tags = {node.tag for node in page.css("body *")}
    assert tags == {"div", "h1", "h2", "h3", "p", "a"}
    assert {name for node in page.css("body *") for name in node.attributes} == {"style", "class", "href"}
    assert all(str(node.attributes["href"]).startswith("https://") for node in page.css("a"))
    assert len(message.keys()) == len(set(message.keys())) == 12
    assert line[:1] in _part(message, "plain")


def test_picks_come_first_and_suffice_for_a_mailing(toy: Catalog) -> None:
    """They come before the papers, with their own sentences. A week with picks alone has a mailing, too."""
    text = _part(_read(_message(toy)), "plain")
    assert text.index("FAVOURITES OF THE WEEK") < text.index("Cats beat dogs, always.") < text.index("ANIMALS")
    content = load(TOY).content
    founded = build_catalog(content, max(toy.papers_by_added))
    (week,) = weeks(founded)
    assert picks_in_period(founded, week) == ("favourites",)
    message = _read(MailWriter(founded, MAIL, ROOT / "theme").message(week, (), "ada@example.org"))
    assert message["Subject"] == "Toy Digest, 28 April to 4 May 2025: Favourites of the week"
    assert "0 papers" not in _part(message, "plain")


def test_a_title_stays_within_its_paragraph(toy: Catalog) -> None:
    papers = tuple(replace(paper, title=f"{paper.id}\n.\n-- \n\x1b[2Jsigned") for paper in toy.papers.values())
    text = _part(_read(_message(build_catalog(replace(load(TOY).content, papers=papers)))), "plain")
    assert "oconnor2025cats . -- [2Jsigned" in text
    assert "\n.\n" not in text


@pytest.mark.parametrize("name", [*HOSTILE, "=?utf-8?q?a=0D=0ABcc:_x=40y.example?=", "=?utf-8?b?DQpCY2M6IHg=?= é"])
def test_the_name_of_picks_adds_no_header(name: str) -> None:
    """A week of picks alone has their name in its subject. ``EmailMessage`` decodes encoded words in its input."""
    content = load(TOY).content
    line = " ".join(name.split())
    collections = tuple(replace(item, name={"": line}) for item in content.collections)
    founded = build_catalog(replace(content, collections=collections), max(paper.added for paper in content.papers))
    (week,) = weeks(founded)
    message = _read(MailWriter(founded, MAIL, ROOT / "theme").message(week, (), "ada@example.org"))
    assert "Bcc" not in message
    assert message["Subject"].endswith(line.replace("=?", "= ?"))
