"""Copies of search pages."""

from generator.importers import search_page
from generator.importers.raw_paper import Options, Parsed
from tests.conftest import ROOT

SAMPLES = ROOT / "tests/cases/sources"


SEARCH = (SAMPLES / "search.txt").read_text("utf-8")


OPTIONS = Options(origin="t", year=2025)


def _titles(parsed: Parsed) -> list[object]:
    return [paper.fields["title"] for paper in parsed.papers]


def test_the_first_title_is_separated_from_the_banner() -> None:
    parsed = search_page.read(SEARCH, OPTIONS)
    assert _titles(parsed) == ["Glued Title: A Start", "mixNet: Second Title"]
    assert parsed.notes == []
