"""Exports as a whole: shares that make up all of them, and fingerprints that change with what a file says."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.exports import all as exports
from generator.exports import paper_texts
from generator.exports.all import all_exports
from generator.model.catalog import Catalog, build_catalog
from generator.model.content import Content
from generator.model.page import Draft
from generator.model.portion import Portion
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

THEME = ROOT / "theme"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(TOY).content


@pytest.mark.parametrize("shares", [1, 2, 3, 8])
@pytest.mark.parametrize("small", [1, 20])
def test_all_shares_are_the_whole(toy: Catalog, shares: int, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is in one share, the same as if it were made with all others."""
    monkeypatch.setattr(exports, "_SMALL", small)
    parts = [
        {file.path: file.data for file in all_exports(toy, SETTINGS, THEME, Portion(which, shares))}
        for which in range(shares)
    ]
    whole = [(file.path, file.data) for file in all_exports(toy, SETTINGS, THEME)]
    assert sum(map(len, parts)) == len(whole)
    assert {path: data for part in parts for path, data in part.items()} == dict(whole)
    assert len(dict(whole)) == len(whole)


def test_shares_of_the_real_digest_are_about_as_large(real: Catalog) -> None:
    shares = [all_exports(real, SETTINGS, THEME, Portion(which, 4)) for which in range(4)]
    sizes = [sum(isinstance(file, Draft) for file in share) for share in shares]
    assert max(sizes) < 1.5 * min(sizes)


def test_which_files_there_are_is_told_without_writing_one(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_texts, "reference_of", None)
    held = [file for file in all_exports(toy, SETTINGS, THEME) if isinstance(file, Draft)]
    assert {file.path.rpartition(".")[2] for file in held} == {
        "bib",
        "ris",
        "json",
        "jsonl",
        "md",
        "xml",
        "csv",
        "txt",
        "opml",
    }
    assert all(file.made_from for file in held)
    with pytest.raises(TypeError):
        held[0].data  # noqa: B018


def _first(content: Content, **fields: object) -> Content:
    first, *others = content.papers
    return replace(content, papers=(replace(first, **fields), *others))  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Content], Content]] = {
    "title": lambda c: _first(c, title="Another title"),
    "text": lambda c: _first(c, tldr={"": "Said in another way."}),
    "authors": lambda c: replace(c, papers=tuple(replace(p, authors=p.authors[::-1]) for p in c.papers)),
    "day": lambda c: _first(c, added=c.papers[-1].added),
    "topic": lambda c: replace(
        c, topics=tuple(replace(t, name={"": f"{t.id}!"}, description={"": "New."}) for t in c.topics)
    ),
    "venue": lambda c: replace(c, series=tuple(replace(s, name=f"{s.name}!", full_name="Full") for s in c.series)),
    "person": lambda c: replace(c, people=tuple(replace(p, name=f"{p.name} III", aliases=(p.name,)) for p in c.people)),
    "nobody": lambda c: replace(c, people=()),
    "institution": lambda c: replace(
        c, institutions=tuple(replace(i, name=f"{i.name}!", aliases=(i.name, *i.aliases)) for i in c.institutions)
    ),
    "gone": lambda c: replace(c, papers=c.papers[1:]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_says_something_else_was_made_from_something_else(content: Content, what: str) -> None:
    before, after = (
        {file.path: file for file in all_exports(build_catalog(held), SETTINGS, THEME) if isinstance(file, Draft)}
        for held in (content, CHANGES[what](content))
    )
    same = [path for path, file in after.items() if path in before and file.made_from == before[path].made_from]
    assert [path for path in same if after[path].data != before[path].data] == []
    changed = [path for path, file in after.items() if path in before and file.data != before[path].data]
    assert changed, "the change shows nowhere"
