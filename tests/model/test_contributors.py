"""Which person each author of a paper is, and the ids of names."""

from dataclasses import replace
from datetime import date

import pytest

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.contributors import author_ids, name_id, name_ids
from generator.model.entities import Person
from generator.model.paper import Author, Paper
from generator.store.load import load
from generator.text.slug import MAX_SLUG, WINDOWS_DEVICES, name_key
from tests.conftest import TOY

FIRST, SECOND = "0000-0002-1825-0097", "0000-0001-5109-3700"


def _paper(number: int, *authors: Author) -> Paper:
    return Paper(
        id=f"p{number}", title=f"T{number}", venue="v", topics=("t",), authors=authors, added=date(2026, 1, number)
    )


def test_one_name_is_one_person() -> None:
    papers = [_paper(1, Author(name="Ada Byron")), _paper(2, Author(name="Ada Byron"), Author(name="Bo Cay"))]
    assert author_ids(papers, []) == {"p1": ("ada-byron",), "p2": ("ada-byron", "bo-cay")}


def test_orcid_ids_separate_namesakes_and_the_oldest_keeps_its_id() -> None:
    later, earlier = _paper(2, Author(name="Ada Byron", orcid=SECOND)), _paper(1, Author(name="Ada Byron", orcid=FIRST))
    assert author_ids([later, earlier], []) == {"p1": ("ada-byron",), "p2": ("ada-byron-3700",)}


def test_an_id_overrides_a_list_of_papers_which_overrides_an_orcid_id() -> None:
    listed = Person(id="ada-of-the-list", name="Ada Byron", papers=("p1",))
    known = Person(id="ada-of-the-orcid", name="Ada King", orcid=FIRST)
    author = Author(name="Ada Byron", orcid=FIRST)
    assert author_ids([_paper(1, author)], [listed, known]) == {"p1": ("ada-of-the-list",)}
    assert author_ids([_paper(2, author)], [listed, known]) == {"p2": ("ada-of-the-orcid",)}
    named = Author(name="Ada Byron", orcid=FIRST, id="another")
    assert author_ids([_paper(1, named)], [listed, known]) == {"p1": ("another",)}


def test_a_file_claims_its_name_and_aliases_unless_another_file_does() -> None:
    ada, other = Person(id="ada", name="Ada Byron", aliases=("A. Byron",)), Person(id="other", name="A. Byron")
    papers = [_paper(1, Author(name="A. Byron"))]
    assert author_ids(papers, [ada]) == {"p1": ("ada",)}
    assert author_ids(papers, [ada, other]) == {"p1": ("a-byron",)}


LONG_NAME = "University of the Very Long Name with Many Words and Departments in it, Chair of "


def _with_authors(*names: str) -> Catalog:
    content = load(TOY).content
    first = content.papers[0]
    papers = [replace(first, id=f"p{n}", authors=(Author(name=name),)) for n, name in enumerate(names)]
    return build_catalog(replace(content, papers=tuple(papers)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "汪伟"), ("Юрий Ли", "Yurii Li"), (f"{LONG_NAME}Cats", f"{LONG_NAME}Dogs"), ("李娜", "李那"),
        ("김민수", "金敏洙"),
    ],
)  # fmt: skip
def test_two_names_with_one_slug_have_different_ids(one: str, other: str) -> None:
    ids = name_ids([one, other])
    assert ids[one] == name_id(one)
    assert ids[one] != ids[other]
    assert all(len(name) <= MAX_SLUG for name in ids.values())
    catalog = _with_authors(one, other)
    assert catalog.author_ids["p0"] != catalog.author_ids["p1"]
    assert {catalog.authors[name].name for name in ids.values()} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Müller", "Jose Muller"), ("Øyvind Ås", "Oyvind As"), ("Jean-Luc Li", "Jean Luc Li"), ("O'Neil", "ONeil"),
        ("Łukasz", "Lukasz"), ("ADA BYRON", "Ada Byron"), ("Straße", "Strasse"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_name_have_one_id(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert len(_with_authors(one, other).authors) == 1


def test_a_new_name_does_not_change_the_id_of_an_older_one() -> None:
    """The name of the older paper keeps the address that it has alone."""
    content: Content = load(TOY).content
    older, newer = (replace(content.papers[0], id=name, authors=()) for name in ("a", "b"))
    older = replace(older, added=older.added.replace(year=2001), authors=(Author(name="汪伟"),))
    newer = replace(newer, authors=(Author(name="王伟"),))
    for papers in ((older,), (older, newer)):
        catalog = build_catalog(replace(content, papers=papers))
        assert catalog.author_ids["a"] == (name_id("汪伟"),)


def test_no_id_is_a_name_that_windows_cannot_store() -> None:
    for device in (*WINDOWS_DEVICES, "COM¹", "Nul", "Aux."):
        assert name_id(device) not in WINDOWS_DEVICES
        assert _with_authors(device).author_ids["p0"][0].startswith("name-")
