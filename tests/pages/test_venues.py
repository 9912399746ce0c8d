"""The venue index, series and editions."""

from collections import Counter

from generator.model.catalog import Catalog
from generator.pages.lists import EditionPaper
from generator.pages.venues import headed_paper
from generator.pages.views import Views
from tests.conftest import SETTINGS


def test_a_small_track_has_one_heading(toy: Catalog) -> None:
    """Three orals on two topics stand together; many posters are divided by topic."""
    tracks = Counter({"oral": 3, "poster": 40, "metaLearn workshop": 2})
    views, topics = Views(toy, SETTINGS), list(toy.topics)[:2]

    def headings(track: str) -> set[str]:
        papers = [EditionPaper(f"{track}-{topic}", track, topic) for topic in topics]
        return {headed_paper(views, paper, tracks).heading.title for paper in papers}

    assert headings("oral") == {"Oral"}
    assert headings("metaLearn workshop") == {"MetaLearn workshop"}
    assert len(headings("poster")) == 2
