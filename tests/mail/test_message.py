"""Mailings as messages: what they hold, the same on every run, and safe whatever an entry says."""

import email
import email.policy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.mail.message import BYTES_MOST, MailWriter
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
from tests.model.test_faults import GOOD
from tests.support.command import digest

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


def test_the_headers_are_those_of_a_list(toy: Catalog) -> None:
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


def test_the_same_message_on_every_run_and_another_for_everybody(toy: Catalog) -> None:
    assert _message(toy) == _message(toy)
    ids = {_read(_message(toy, recipient=who))["Message-ID"] for who in ("a@example.org", "b@example.org")}
    assert len(ids) == 2


def test_the_text_is_as_a_person_reads_it(toy: Catalog, request: pytest.FixtureRequest) -> None:
    text = _part(_read(_message(toy)), "plain")
    if request.config.getoption("--update-golden"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_both_parts_name_every_paper(real: Catalog) -> None:
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


def test_a_long_mailing_is_cut_and_leads_on(real: Catalog) -> None:
    papers = tuple(real.papers)
    month = period_of(Length.MONTH, date(2025, 9, 1))
    written = MailWriter(real, MAIL, ROOT / "theme").message(month, papers, "ada@example.org")
    message = _read(written)
    shown = _part(message, "plain").count("/papers/")
    assert 0.9 * BYTES_MOST < len(written) <= BYTES_MOST
    assert f"And {len(papers) - shown} more: {MAIL.site_url}archive/" in _part(message, "plain")
    assert f": {len(papers)} papers" in message["Subject"]


@pytest.mark.parametrize("text", [case if isinstance(case, str) else case["text"] for case in HOSTILE])
def test_hostile_text_is_text(text: str) -> None:
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


def _project(tmp_path: Path, extra: str) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "theme").symlink_to(ROOT / "theme")
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("extra:\n", f"extra:\n{extra}", 1)
    (project / "mkdocs.yml").write_text(re.sub("  founded: .*\n", "", text), "utf-8")
    return project


def mail_command(project: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """``digest mail`` in a project's folder, as a process."""
    command = [sys.executable, "-m", "generator", "mail", *arguments, "--content", str(TOY)]
    return subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def mail_project(tmp_path: Path) -> Path:
    """A project folder whose settings let mail be written."""
    return _project(
        tmp_path,
        "  mail_from: digest@toy.example\n  mail_unsubscribe: https://lists.example.org/end?a={address}\n",
    )


def test_picks_come_first_and_are_a_mailing_by_themselves(toy: Catalog) -> None:
    """They stand before the papers with their own sentences; a week that has nothing else has a mailing too."""
    text = _part(_read(_message(toy)), "plain")
    assert text.index("FAVOURITES OF THE WEEK") < text.index("Cats beat dogs, always.") < text.index("ANIMALS")
    content = load(TOY).content
    founded = build_catalog(content, max(toy.papers_by_added))
    (week,) = weeks(founded)
    assert picks_in_period(founded, week) == ("favourites",)
    message = _read(MailWriter(founded, MAIL, ROOT / "theme").message(week, (), "ada@example.org"))
    assert message["Subject"] == "Toy Digest, 28 April to 4 May 2025: Favourites of the week"
    assert "0 papers" not in _part(message, "plain")


def test_a_title_is_within_one_paragraph_of_the_plain_text(toy: Catalog) -> None:
    papers = tuple(replace(paper, title=f"{paper.id}\n.\n-- \n\x1b[2Jsigned") for paper in toy.papers.values())
    text = _part(_read(_message(build_catalog(replace(load(TOY).content, papers=papers)))), "plain")
    assert "oconnor2025cats . -- [2Jsigned" in text
    assert "\n.\n" not in text


@pytest.mark.parametrize("name", [*HOSTILE, "=?utf-8?q?a=0D=0ABcc:_x=40y.example?=", "=?utf-8?b?DQpCY2M6IHg=?= é"])
def test_the_name_of_picks_is_no_header(name: str) -> None:
    """A week of picks alone has their name in its subject. ``EmailMessage`` decodes encoded words in its input."""
    content = load(TOY).content
    line = " ".join(name.split())
    collections = tuple(replace(item, name={"": line}) for item in content.collections)
    founded = build_catalog(replace(content, collections=collections), max(paper.added for paper in content.papers))
    (week,) = weeks(founded)
    message = _read(MailWriter(founded, MAIL, ROOT / "theme").message(week, (), "ada@example.org"))
    assert "Bcc" not in message
    assert message["Subject"].endswith(line.replace("=?", "= ?"))


def test_the_command_writes_a_message(tmp_path: Path) -> None:
    process = mail_command(mail_project(tmp_path), "--date", "2025-05-02")
    out, err = process.communicate()
    assert process.returncode == 0, err
    message = email.message_from_string(out, policy=email.policy.default)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Subject"].endswith(": 1 paper")


def test_it_tells_where_a_template_is_wrong(tmp_path: Path) -> None:
    project = mail_project(tmp_path)
    (project / "theme").unlink()
    shutil.copytree(ROOT / "theme", project / "theme")
    (project / "theme/exports/mail.txt.j2").write_text("\n{% if %}", "utf-8")
    process = mail_command(project, "--date", "2025-05-02")
    _, err = process.communicate()
    assert (process.returncode, "mail.txt.j2:2: " in err, "Traceback" in err) == (1, True, False), err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--send",), 2, "--send needs --to"),
        (("--topic", "nothing"), 2, "the digest has no topic nothing"),
        (("--date", "1999-01-01"), 0, "no papers, so there is no mailing"),
        (("--send", "--to", "nowhere.txt", "--date", "2999-05-02"), 0, "no papers"),
        (("--send", "--to", "nowhere.txt"), 1, "nowhere.txt: No such file or directory"),
        (("--send", "--to", "bad.txt"), 1, "bad.txt:1:1: E501 the line does not begin with a mail address"),
    ],
)
def test_wrong_use_is_said_plainly(tmp_path: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    project = mail_project(tmp_path)
    (project / "bad.txt").write_text("x\n", "utf-8")
    process = mail_command(project, *arguments, DIGEST_SMTP_URL="smtp://127.0.0.1:1")
    _, err = process.communicate()
    assert (process.returncode, message in err, "Traceback" in err) == (code, True, False), err


def test_without_settings_it_says_what_to_write(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("mail", "--content", content) == 1
    assert "mkdocs.yml: mail_from and mail_unsubscribe must be set below extra" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sender", "end", "message"),
    [
        ("Digest <digest@toy.example>", "https://lists.example.org/end?a={address}", "mail_from must be an address"),
        ("digest@toy.example", "https://lists.example.org/end", "must begin with https:// and contain {address}"),
        ("digest@toy.example", "mailto:end@example.org?subject={address}", "must begin with https:// and contain"),
    ],
)
def test_settings_by_which_nobody_could_unsubscribe_are_refused(
    sender: str, end: str, message: str, tmp_path: Path
) -> None:
    project = _project(tmp_path, f"  mail_from: {sender}\n  mail_unsubscribe: {end}\n")
    process = mail_command(project, "--date", "2025-05-02")
    _, err = process.communicate()
    assert (process.returncode, message in err) == (1, True), err


def test_a_week_that_has_not_ended_is_not_sent(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What comes in on its last days would reach nobody: everybody has had the mailing."""
    monkeypatch.chdir(mail_project(tmp_path))
    monkeypatch.setenv("DIGEST_SMTP_URL", "smtp://127.0.0.1:1")
    text = GOOD.replace("added: 2025-05-02", f"added: {date.today()}")
    (content / "papers/conf-2025/byron2025good.yaml").write_text(text, "utf-8")
    assert digest("mail", "--content", content, "--send", "--to", "a@x.org") == 2
    assert "has not ended" in capsys.readouterr().err
