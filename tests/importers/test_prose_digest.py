"""Articles in prose: papers without titles, with their authors and texts."""

from generator.importers import prose_digest
from generator.importers.raw_paper import Options
from generator.model.entities import VenueKind, VenueName
from tests.conftest import ROOT

SAMPLES = ROOT / "tests/cases/sources"


PROSE = (SAMPLES / "prose.txt").read_text("utf-8")


OPTIONS = Options(origin="t", year=2025)


def test_an_article_gives_authors_venue_and_texts() -> None:
    parsed = prose_digest.read(PROSE, OPTIONS)
    assert len(parsed.papers) == 3
    first, second, third = (paper.fields for paper in parsed.papers)
    assert first["authors"] == ["Ada Byron", {"name": "Bo Öst", "affiliation": "Isle University"}, "Cem Ak"]
    assert first["keywords"] == ["TIDE"]
    assert parsed.papers[0].venue == VenueName(
        name="International Conference on Learning Representations",
        year=2026,
        kind=VenueKind.CONFERENCE,
        short="ICLR",
    )
    assert first["summary_by"] == {"kind": "ai"}
    assert str(first["limitations"]).startswith("Limitations include")
    assert second["authors"] == ["Dora Elm", "Finn van Gogh"]
    assert str(second["significance"]).startswith("For society")
    assert third["authors_incomplete"] == "true"
    assert all("title" not in paper.fields for paper in parsed.papers)
