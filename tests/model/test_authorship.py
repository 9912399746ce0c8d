"""Which person each author of a paper is."""

from datetime import date

from generator.model.authorship import author_ids
from generator.model.entities import Person
from generator.model.paper import Author, Paper

FIRST, SECOND = "0000-0002-1825-0097", "0000-0001-5109-3700"


def _paper(number: int, *authors: Author) -> Paper:
    return Paper(
        id=f"p{number}", title=f"T{number}", venue="v", topics=("t",), authors=authors, added=date(2026, 1, number)
    )


def test_one_name_is_one_person() -> None:
    papers = [_paper(1, Author(name="Ada Byron")), _paper(2, Author(name="Ada Byron"), Author(name="Bo Cay"))]
    assert author_ids(papers, []) == {"p1": ("ada-byron",), "p2": ("ada-byron", "bo-cay")}


def test_namesakes_are_told_apart_by_orcid_and_the_oldest_keeps_the_address() -> None:
    later, earlier = _paper(2, Author(name="Ada Byron", orcid=SECOND)), _paper(1, Author(name="Ada Byron", orcid=FIRST))
    assert author_ids([later, earlier], []) == {"p1": ("ada-byron",), "p2": ("ada-byron-3700",)}


def test_an_id_is_stronger_than_a_list_of_papers_and_that_than_an_orcid() -> None:
    listed = Person(id="ada-of-the-list", name="Ada Byron", papers=("p1",))
    known = Person(id="ada-of-the-orcid", name="Ada King", orcid=FIRST)
    author = Author(name="Ada Byron", orcid=FIRST)
    assert author_ids([_paper(1, author)], [listed, known]) == {"p1": ("ada-of-the-list",)}
    assert author_ids([_paper(2, author)], [listed, known]) == {"p2": ("ada-of-the-orcid",)}
    named = Author(name="Ada Byron", orcid=FIRST, id="another")
    assert author_ids([_paper(1, named)], [listed, known]) == {"p1": ("another",)}


def test_a_file_claims_a_name_and_its_aliases_unless_two_do() -> None:
    ada, other = Person(id="ada", name="Ada Byron", aliases=("A. Byron",)), Person(id="other", name="A. Byron")
    papers = [_paper(1, Author(name="A. Byron"))]
    assert author_ids(papers, [ada]) == {"p1": ("ada",)}
    assert author_ids(papers, [ada, other]) == {"p1": ("a-byron",)}
