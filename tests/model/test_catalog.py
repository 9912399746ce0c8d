"""The catalog: orders, groups and dates of papers."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from generator.model.catalog import Content, build_catalog, edition_entries
from generator.model.entities import Edition, Series, Topic, VenueKind
from generator.model.paper import Paper

CONF = Series(
    id="conf",
    name="Conf",
    kind=VenueKind.CONFERENCE,
    editions=(Edition(id="conf-2024", year=2024, starts=date(2024, 5, 7)), Edition(id="conf-old")),
)
TOPICS = (
    Topic(id="animals", name={"": "Animals"}),
    Topic(id="cats", name={"": "Cats"}, parent="animals"),
    Topic(id="art", name={"": "Art"}, order=1),
)


def _paper(paper_id: str, **fields: Any) -> Paper:
    values = {"venue": "conf-2024", "topics": ("cats",), "added": date(2025, 1, 1), **fields}
    return Paper(id=paper_id, title=paper_id, **values)


def test_papers_are_ordered_by_date_then_by_id() -> None:
    papers = (_paper("b"), _paper("a"), _paper("c", published=date(2024, 6, 1)))
    assert list(build_catalog(Content(papers=papers, series=(CONF,), topics=TOPICS)).papers) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published": date(2023, 12, 1)}, "2023-12-01"),
        ({}, "2024-05"),
        ({"arxiv": "2402.00001"}, "2024-02"),
        ({"arxiv": "2409.00001"}, "2024-05"),
        ({"venue": "conf-old"}, ""),
    ],
)
def test_a_date_is_as_precise_as_recorded_and_the_earliest(fields: dict[str, Any], expected: str) -> None:
    paper = _paper("a", **fields)
    catalog = build_catalog(Content(papers=(paper,), series=(CONF,), topics=TOPICS))
    assert catalog.date_of(paper) == expected


def test_a_paper_is_listed_under_its_topics_and_their_ancestors_once() -> None:
    papers = (_paper("a", topics=("cats", "animals")), _paper("b", topics=("art",)))
    catalog = build_catalog(Content(papers=papers, series=(CONF,), topics=TOPICS))
    assert dict(catalog.papers_by_topic) == {"cats": ("a",), "animals": ("a",), "art": ("b",)}
    assert list(catalog.topics) == ["animals", "cats", "art"]
    assert catalog.ancestors("cats") == ("animals",)


def test_additions_leave_out_the_founding_collection() -> None:
    papers = (_paper("a"), _paper("b", added=date(2025, 1, 2)))
    catalog = build_catalog(Content(papers=papers, series=(CONF,), topics=TOPICS), founded=date(2025, 1, 1))
    assert list(catalog.papers_by_added) == [date(2025, 1, 2), date(2025, 1, 1)]
    assert dict(catalog.additions) == {date(2025, 1, 2): ("b",)}


def test_a_second_edition_of_a_year_has_its_id_in_the_address() -> None:
    editions = (Edition(id="b", year=2024), Edition(id="a", year=2024), Edition(id="c"), Edition(id="d", year=2025))
    entries = edition_entries(replace(CONF, editions=editions))
    assert [entry.slug for entry in entries] == ["2025", "2024", "2024-b", "c"]
    assert [entry.name for entry in entries] == ["Conf 2025", "Conf 2024", "Conf 2024", "Conf"]
