"""All exports: no file is made twice, and what they say follows the content."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.build.inputs import Inputs
from generator.exports import paper_texts
from generator.exports.all import Exports, all_exports
from generator.model.catalog import Catalog, Content, build_catalog
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY, with_papers

THEME = ROOT / "theme"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(TOY).content


def test_no_two_exports_have_one_path(real: Catalog) -> None:
    paths = [file.path for file in all_exports(real, replace(SETTINGS, social_cards=False), THEME)]
    assert len(set(paths)) == len(paths)


def test_tasks_are_listed_without_writing_a_text(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_texts, "reference_of", None)
    exports = Exports(toy, SETTINGS, THEME, Inputs())
    names = [task.name for task in (*exports.value_tasks(), *exports.file_tasks())]
    assert len(set(names)) == len(names)
    with pytest.raises(TypeError):
        list(all_exports(toy, SETTINGS, THEME))


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
    "gone": lambda c: with_papers(c, c.papers[1:]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_changes_of_the_content_change_exports(content: Content, what: str) -> None:
    before, after = (
        {file.path: file.data for file in all_exports(build_catalog(state), SETTINGS, THEME)}
        for state in (content, CHANGES[what](content))
    )
    assert [path for path, data in after.items() if path in before and data != before[path]]
