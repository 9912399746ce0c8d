"""Views of the catalog for templates."""

import pytest

from generator.model.entities import Person
from generator.model.provenance import SummaryBy, WriterKind
from generator.pages.views import Link
from tests.support.small_content import DAY, paper, views_of


def test_a_card_shows_six_authors_and_counts_the_others() -> None:
    views = views_of(paper(authors=tuple(f"Author Number{letter}" for letter in "ABCDEFGHI")))
    card = views.card("reef2025ropes")
    assert (len(card.authors), card.more_authors) == (6, 3)


def test_names_are_those_of_the_paper_and_links_those_of_the_person() -> None:
    person = Person(id="ada-reef", name="Ada Reef", aliases=("A. Reef",))
    views = views_of(paper(authors=("A. Reef",)), people=(person,))
    (author,) = views.authors_of(views.catalog.papers["reef2025ropes"])
    assert (author.name, author.site_path) == ("A. Reef", "authors/ada-reef")
    assert views.author_with_count("ada-reef") == Link("Ada Reef", "authors/ada-reef", 1)


def test_links_with_and_without_numbers_are_separate() -> None:
    views = views_of(paper())
    assert (views.edition_with_count("conf-2025").count, views.edition_link("conf-2025").count) == (1, 0)
    assert (views.topic_with_count("cats").count, views.topic_link("cats").count) == (1, 0)


def test_an_institution_that_no_paper_names_has_no_page() -> None:
    views = views_of(paper(affiliations=("Pier U",)))
    assert views.institution_link("pier-u") == Link("Pier U", "institutions/pier-u")
    assert views.institution_link("quay-u") is None


@pytest.mark.parametrize(("papers", "feed"), [(2, ""), (3, "topics/cats")])
def test_a_list_has_a_feed_from_three_papers_on(papers: int, feed: str) -> None:
    assert views_of().feed("topics/cats", papers) == feed


def test_only_texts_name_their_writer_on_a_card() -> None:
    by = SummaryBy(kind=WriterKind.AI, model="m", date=DAY)
    views = views_of(paper("a2025", tldr={"": "A."}, summary_by=by), paper("b2025", summary_by=by))
    assert views.card("a2025").writer != ""
    assert views.card("b2025").writer == ""
