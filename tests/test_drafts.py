"""A page says what it is made from: whatever is edited, pages that are made from the same have the same text."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from generator.model.catalog import build_catalog
from generator.model.content import Content
from generator.model.made_from import as_bytes
from generator.pages.all import all_pages
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

_NAMES_OTHERS = ("id", "venue", "topics", "parent", "editions", "kind", "status")
"""Fields that must name what is there."""


def _edited(value: object) -> Any:
    """A value of the same kind that is another, or None if there is none near at hand."""
    match value:
        case bool():
            return not value
        case str():
            return f"{value} more"
        case int():
            return value + 1
        case tuple():
            return value[:-1] or None
        case dict():
            return {language: f"{text} more" for language, text in value.items()}
    return None


def _edits(content: Content) -> Iterator[tuple[str, Content]]:
    """Every field of every record changed by itself, and every paper left out."""
    for kind in ("papers", "series", "topics", "people", "institutions", "pages"):
        held = getattr(content, kind)
        for at, record in enumerate(held):
            for field in fields(record):
                edited = None if field.name in _NAMES_OTHERS else _edited(getattr(record, field.name))
                if edited is not None:
                    changed = replace(record, **{field.name: edited})
                    records = (*held[:at], changed, *held[at + 1 :])
                    yield f"{kind} {at} {field.name}", replace(content, **{kind: records})
            if kind == "papers":
                yield f"{kind} {at} gone", replace(content, papers=(*held[:at], *held[at + 1 :]))


def _pages(content: Content) -> dict[str, tuple[bytes, str]]:
    pages = all_pages(build_catalog(content), SETTINGS, ROOT / "theme")
    return {page.path: (page.made_from, page.text) for page in pages}


def test_after_any_edit_pages_made_from_the_same_are_the_same() -> None:
    content = load(TOY).content
    before = _pages(content)
    changed = 0
    for what, edited in _edits(content):
        after = _pages(edited)
        again = [path for path in after.keys() & before.keys() if after[path][0] and after[path][0] == before[path][0]]
        assert again, what
        assert [path for path in again if after[path][1] != before[path][1]] == [], what
        changed += len(after) - len(again)
    assert changed


def test_a_page_written_by_hand_is_made_from_what_is_not_told() -> None:
    """Its links may lead anywhere."""
    pages = _pages(load(TOY).content)
    never_kept = [path for path, (made_from, _) in pages.items() if not made_from]
    assert never_kept == ["about/index.md", "contribute/index.md"]


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="object is no plain value"):
        as_bytes([object()])
