"""Names that have one slug, and names that no folder can have."""

from dataclasses import replace

import pytest

from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.joined_names import name_id, name_ids
from generator.model.paper import Author
from generator.store.load import load
from generator.text.slug import DEVICES, MAX_SLUG, identity
from tests.conftest import TOY

LONG = "University of the Very Long Name with Many Words and Departments in it, Chair of "


def _with_authors(*names: str) -> Catalog:
    content = load(TOY).content
    first = content.papers[0]
    papers = [replace(first, id=f"p{n}", authors=(Author(name=name),)) for n, name in enumerate(names)]
    return build_catalog(replace(content, papers=tuple(papers)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王伟", "汪伟"), ("Юрий Ли", "Yurii Li"), (f"{LONG}Cats", f"{LONG}Dogs"), ("李娜", "李那"),
        ("김민수", "金敏洙"),
    ],
)  # fmt: skip
def test_two_names_with_one_slug_have_two_pages(one: str, other: str) -> None:
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
def test_two_spellings_of_one_name_share_a_page(one: str, other: str) -> None:
    assert identity(one) == identity(other)
    assert len(_with_authors(one, other).authors) == 1


def test_a_newcomer_moves_nobody() -> None:
    """The name of the older paper keeps the address that it has alone."""
    content: Content = load(TOY).content
    older, newer = (replace(content.papers[0], id=name, authors=()) for name in ("a", "b"))
    older = replace(older, added=older.added.replace(year=2001), authors=(Author(name="汪伟"),))
    newer = replace(newer, authors=(Author(name="王伟"),))
    for papers in ((older,), (older, newer)):
        catalog = build_catalog(replace(content, papers=papers))
        assert catalog.author_ids["a"] == (name_id("汪伟"),)


def test_no_name_becomes_a_folder_that_windows_cannot_store() -> None:
    for device in (*DEVICES, "COM¹", "Nul", "Aux."):
        assert name_id(device) not in DEVICES
        assert _with_authors(device).author_ids["p0"][0].startswith("name-")
