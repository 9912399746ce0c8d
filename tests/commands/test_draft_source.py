"""The source of a draft: a file, an address, a public full text or an abstract."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generator.commands.add import RecordFinder
from generator.commands.draft_source import _page_version, read_source
from generator.drafting.source_text import NoText
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client
from generator.model.paper import Links, Paper
from tests.drafting.test_gates import KITES
from tests.support.drafts import entry_fields, run_draft
from tests.support.pdf import pdf_of
from tests.support.playing_server import Reply as Answer
from tests.support.playing_server import playing
from tools.model_server import model_server
from tools.toy_model import toy_reply

PAGE = f"<!doctype html><html><body><nav>Menu</nav><article><p>{KITES}</p></article></body></html>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [(KITES.encode(), "text/plain"), (PAGE.encode(), "text/html"), (pdf_of(KITES), "application/pdf")],
    ids=["text", "page", "PDF"],
)
def test_a_source_is_read_from_a_url(body: bytes, kind: str, kites: Path) -> None:
    """The answer is cached, so a second run sends no request."""
    with playing(Answer(body=body, headers={"Content-Type": kind})) as host, model_server(toy_reply) as server:
        address = f"{host.address}/kites"
        assert run_draft(server, kites, "--source", address, text_kind="paper") == 0
        assert entry_fields(kites)["summary_by"]["of"]["what"] == "full text"
        assert "url" not in entry_fields(kites)["summary_by"]["of"], (
            "an address of this machine is of no use to readers"
        )
        assert run_draft(server, kites, "--source", address, "--rewrite", text_kind="paper") == 0
    assert len(host.requests) == 1


def _paper_with_pdf(address: str) -> Paper:
    links = Links(pdf=address)
    return Paper(id="byron2025kites", title="Kites", venue="conf-2025", topics=(), added=date(2025, 5, 2), links=links)


def test_the_full_text_is_read_from_the_link_of_the_entry(tmp_path: Path) -> None:
    with playing(Answer(body=pdf_of(KITES))) as host, Client("toy/1", ResponseCache(tmp_path)) as client:
        source = read_source(_paper_with_pdf(f"{host.address}/kites.pdf"), RecordFinder(client), "", "paper")
        assert (source.what, "held by strings" in source.text) == ("full text", True)


def test_a_failure_names_other_sources(tmp_path: Path) -> None:
    with playing(Answer(body=b"%PDF-1.7 broken")) as host, Client("toy/1", ResponseCache(tmp_path)) as client:
        with pytest.raises(NoText, match="the PDF cannot be read"):
            read_source(_paper_with_pdf(f"{host.address}/kites.pdf"), RecordFinder(client), "", "paper")
        with pytest.raises(NoText, match="no public full text is known; name a file or an address"):
            read_source(replace(_paper_with_pdf(""), links=Links()), RecordFinder(client), "", "paper")


def test_the_version_of_a_page_is_that_which_it_states() -> None:
    assert _page_version("<title>[2501.00001v3] Kites</title>", "2501.00001") == "v3"
    assert _page_version("<title>Kites</title>", "2501.00001") == f"copy of {date.today().isoformat()}"


def test_an_abstract_comes_from_the_entry_or_from_a_register(tmp_path: Path) -> None:
    paper = replace(_paper_with_pdf(""), abstract=KITES, arxiv="2501.00001")
    with Client("toy/1", ResponseCache(tmp_path)) as client:
        source = read_source(paper, RecordFinder(client), "", "abstract")
        assert (source.what, source.text, source.url) == ("abstract", KITES, "https://arxiv.org/abs/2501.00001")
        with pytest.raises(NoText, match="no public record has its abstract; write the abstract into the entry"):
            read_source(_paper_with_pdf(""), RecordFinder(client), "", "abstract")
