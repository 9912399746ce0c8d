"""Rules for silent errors of importers and copies."""

from typing import Any

import pytest

from generator.model.entities import Series, VenueKind
from generator.rules import data_entry
from tests.support.small_content import broken, content, paper


def test_text_in_a_wrong_encoding_is_reported_with_its_repair() -> None:
    (problem,) = data_entry.texts_are_decoded_correctly(content(paper(authors=("Ada MÃ¤ntylÃ¤",))))
    assert (problem.code, problem.location, problem.hint) == ("W389", ("authors", 0), "Write Ada Mäntylä")
    assert broken(data_entry.texts_are_decoded_correctly, content(paper(authors=("Ada Mäntylä",)))) == []


@pytest.mark.parametrize(
    ("name", "is_author"), [("Anonymous", False), ("others", False), ("***", False), ("Ada Reef", True)]
)
def test_placeholders_are_no_authors(name: str, is_author: bool) -> None:
    assert (broken(data_entry.authors_are_people, content(paper(authors=(name,)))) == []) is is_author


@pytest.mark.parametrize(
    ("paper_id", "fields", "warned"),
    [
        ("reef2025ropes", {}, False),
        ("reef2020ropes", {}, False),
        ("reef2019ropes", {}, True),
        ("reef2026ropes", {}, True),
        ("reef2026ropes", {"aliases": ("reef2026ropes",)}, False),
        ("ropes", {}, False),
    ],
)
def test_the_year_of_an_id_is_that_of_the_paper(paper_id: str, fields: dict[str, Any], warned: bool) -> None:
    assert bool(broken(data_entry.years_in_ids_match_the_paper, content(paper(paper_id, **fields)))) is warned


def test_a_known_series_has_its_usual_name() -> None:
    name = "Advances in Neural Information Processing Systems"
    series = Series(id="advances", name=name, kind=VenueKind.CONFERENCE, editions=())
    assert broken(data_entry.series_have_their_usual_name, content(series=(series,))) == [
        ("W327", "venues/advances", "name")
    ]
    assert broken(data_entry.series_have_their_usual_name, content()) == []
