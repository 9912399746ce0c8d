"""Sources: each kind read whole, damaged, cut, and recognized. The sample pages are written for these tests."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.kinds import IMPORTERS, recognize, refusal
from generator.importers.raw_paper import Options
from tests.conftest import ROOT, SOURCES, needs_sources
from tests.support.command import digest
from tests.support.fuzzing import tries

SAMPLES = ROOT / "tests/cases/sources"
DAILY = (SAMPLES / "daily.txt").read_text("utf-8")
SEARCH = (SAMPLES / "search.txt").read_text("utf-8")
PROSE = (SAMPLES / "prose.txt").read_text("utf-8")
OPTIONS = Options(origin="t", year=2025)


@pytest.mark.parametrize(("text", "name"), [(DAILY, "daily-papers"), (SEARCH, "search-page"), (PROSE, "prose-digest")])
def test_the_kind_is_recognized_by_content(text: str, name: str) -> None:
    importer = recognize(text)
    assert importer is not None
    assert name == importer.NAME


@given(cut=st.integers(min_value=0, max_value=len(DAILY.encode())))
@tries(60)
def test_a_page_cut_at_any_byte_never_raises(cut: int) -> None:
    for text in (DAILY, SEARCH, PROSE):
        part = text.encode()[:cut].decode("utf-8", "replace")
        for importer in IMPORTERS:
            importer.recognizes(part)
            parsed = importer.read(part, OPTIONS)
            assert len(parsed.papers) <= 4


@given(text=st.text(max_size=400))
@tries(80)
def test_any_text_is_read_without_raising(text: str) -> None:
    for importer in IMPORTERS:
        importer.recognizes(text)
        for paper in importer.read(text, OPTIONS).papers:
            json.dumps(paper.fields)


@needs_sources
def test_the_real_sources_give_their_rows() -> None:
    rows = []
    methods: list[str] = []
    for path in sorted((SOURCES / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        importer = recognize(text)
        assert importer is not None
        papers = importer.read(text, OPTIONS).papers
        rows.append((importer.NAME, len(papers)))
        methods += [str(words[0]) for p in papers if isinstance(words := p.fields.get("keywords"), list)]
    named = ["DADA", "SERUM", "CAVE", "HAM", "XMM", "FEDMUON", "ICL", "Terminal-Bench"]
    assert set(named) == set(methods)
    assert rows == [("prose-digest", 19), ("daily-papers", 61), ("search-page", 220), ("search-page", 238)]


PAGES = ROOT / "tests/cases/pages"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PMID- 123\nOWN - NLM\nTI  - Ropes\n", "PubMed"),
        ("<?xml version='1.0'?><PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "PubMed"),
        ('<?xml version="1.0"?><xml><records><record><title>x</title></record></records></xml>', "EndNote"),
        ("%0 Journal Article\n%T Ropes\n", "EndNote"),
        ("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Reef, A\n", "Web of Science"),
        ("\ufeffPT\tAU\tBA\nJ\tReef, A\t\n", "Web of Science"),
        ('"Authors","Author full names","Title"\n', "Scopus"),
    ],
)
def test_unsupported_formats_are_refused_with_advice(
    text: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert name in refusal(text)
    path = tmp_path / "export"
    path.write_text(text, "utf-8")
    assert digest("import", path, "--out", tmp_path / "content") == 1
    err = capsys.readouterr().err
    assert name in err
    assert "xport" in err or "digest add" in err


def test_supported_formats_are_not_refused() -> None:
    for folder in ("pages", "bibliographies", "sources"):
        for path in (PAGES.parent / folder).iterdir():
            assert refusal(path.read_text("utf-8")) == "", path
