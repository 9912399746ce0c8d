"""Rules for papers: authors, titles, identifiers and aliases."""

from datetime import date

import pytest

from generator.rules import papers
from tests.support.small_content import broken, content, paper


def test_a_paper_has_authors_or_says_that_they_are_not_known() -> None:
    assert broken(papers.papers_have_authors, content(paper(authors=()))) == [("E310", "papers/reef2025ropes")]
    assert broken(papers.papers_have_authors, content(paper(authors=(), authors_incomplete=True))) == []


def test_the_later_of_two_entries_with_one_title_is_reported() -> None:
    older = paper("older2025", title="Ropes & Knots")
    newer = paper("newer2025", title="Other", other_titles=("ropes knots",), added=date(2025, 6, 1))
    assert broken(papers.titles_are_unique, content(newer, older)) == [("E304", "papers/newer2025", "other_titles", 0)]
    distinct = paper("newer2025", title="Ropes knots", added=date(2025, 6, 1), distinct_from=("older2025",))
    assert broken(papers.titles_are_unique, content(distinct, older)) == []
    third = paper("third2025", title="Ropes knots", added=date(2025, 6, 2), distinct_from=("older2025",))
    assert broken(papers.titles_are_unique, content(third, distinct, older)) == [("E304", "papers/third2025", "title")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.5555/A"}, {"doi": "10.5555/a"}),
        ({"arxiv": "2501.00001"}, {"doi": "10.48550/arXiv.2501.00001"}),
    ],
)
def test_identifiers_are_compared_in_their_canonical_form(first: dict[str, str], second: dict[str, str]) -> None:
    problems = broken(papers.identifiers_are_unique, content(paper("a2025", **first), paper("b2025", **second)))
    assert [problem[:2] for problem in problems] == [("E305", "papers/b2025")]


def test_an_alias_belongs_to_one_paper_and_the_own_id_may_only_be_first() -> None:
    records = content(paper("a2025", aliases=("a2025", "old2025")), paper("b2025", aliases=("old2025", "b2025")))
    assert broken(papers.aliases_are_free, records) == [
        ("E314", "papers/a2025", "aliases", 1),
        ("E314", "papers/b2025", "aliases", 0),
        ("E314", "papers/b2025", "aliases", 1),
    ]


def test_a_published_address_becomes_an_alias() -> None:
    older, newer = paper("older2025", aliases=("first2025",)), paper("newer2025")
    assert papers.how_to_join(older, newer, frozenset()).endswith("delete this file.")
    assert "aliases: [first2025, newer2025]" in papers.how_to_join(older, newer, {"papers/newer2025"})
