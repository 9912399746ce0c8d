"""A page says what it is made from: whatever is edited, pages that are made from the same have the same text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from generator.exports.all import export_batches
from generator.exports.cards import card_batches
from generator.model.catalog import build_catalog
from generator.model.content import Content, HandPage
from generator.model.fingerprints import Fingerprints
from generator.model.made_from import as_bytes
from generator.model.page import Batch, Draft, Page, Picture
from generator.model.paper import Status
from generator.model.venue import VenueKind
from generator.pages.all import all_pages, page_batches
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY

TOLD = replace(SETTINGS, repository="https://github.com/toy/digest")
"""Where every page links to the file that it is made from."""

Made = Page | Draft | Picture

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
    yield from _named_otherwise(content)


def _named_otherwise(content: Content) -> Iterator[tuple[str, Content]]:
    """Something of what is there named in place of another, or by another name or in another order."""
    *papers, last = content.papers
    *topics, leaf = content.topics
    edition = next(e.id for series in content.series for e in series.editions if e.id != last.venue)
    for what, other in {
        "venue": replace(last, venue=edition),
        "topics": replace(last, topics=(next(t.id for t in topics if t.id not in last.topics),)),
        "status": replace(last, status=Status.RETRACTED),
    }.items():
        yield f"another {what}", replace(content, papers=(*papers, other))
    people = tuple(replace(one, name=f"{one.name} III", aliases=(one.name,)) for one in content.people)
    yield "another name", replace(content, people=people)
    named = tuple(replace(i, name=f"{i.name}!", aliases=(i.name, *i.aliases)) for i in content.institutions)
    yield "another institution", replace(content, institutions=named)
    turned = tuple(replace(topic, order=-topic.order) for topic in content.topics)
    yield "another order", replace(content, topics=turned)
    yield "another parent", replace(content, topics=(*topics, replace(leaf, parent=None)))
    yield "another kind", replace(content, series=tuple(replace(s, kind=VenueKind.OTHER) for s in content.series))
    yield "another file", replace(content, bulk=content.bulk ^ {last.id})
    by_hand = HandPage(id="corrections", title="Corrections", text="None.")
    yield "a page by hand", replace(content, pages=(*content.pages, by_hand))


def _batches(content: Content) -> dict[bytes, dict[str, Made]]:
    """The files of all batches that tell what they are made from, by what they tell."""
    everything = catalog, *_ = build_catalog(content), TOLD, ROOT / "theme"
    marks = Fingerprints(catalog)
    batches: list[Batch[Any]] = [
        *page_batches(*everything, marks),
        *export_batches(*everything, marks),
        *card_batches(catalog.papers.values(), *everything, marks),
    ]
    told = [(made_from, batch) for batch in batches if (made_from := batch.made_from)]
    assert len(dict(told)) == len(told), "what two batches tell is the same"
    return {made_from: {file.path: file for file in batch.make()} for made_from, batch in told}


def _pages(content: Content) -> dict[str, tuple[bytes, str]]:
    pages = all_pages(build_catalog(content), TOLD, ROOT / "theme")
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


def _alike(content: Content) -> Content:
    """The same with more papers, all in one edition and track, most of which tell of nearly the same."""
    papers = tuple(replace(paper, venue=content.papers[-1].venue, track=None) for paper in content.papers)
    words = ("whiskers purring", "whiskers tails", "purring tails", "paws tails")
    more = [
        replace(papers[-1], id=f"more{at}", title=f"On {told}", tldr={"": told}, topics=(topic.id,))
        for at, (told, topic) in enumerate(zip(words, content.topics, strict=True))
    ]
    return replace(content, papers=(*papers, *more))


def test_after_any_edit_batches_made_from_the_same_have_the_same_files() -> None:
    """A file that is made from the same is the same, as the test above holds."""
    content = _alike(load(TOY).content)
    before = _batches(content)
    seen_again: Counter[bytes] = Counter()
    edits = [*_edits(content)]
    for what, edited in edits:
        after = _batches(edited)
        for made_from in after.keys() & before.keys():
            old, new = before[made_from], after[made_from]
            assert list(old) == list(new), what
            changed = [path for path in new if new[path].made_from != old[path].made_from]
            assert [path for path in changed if new[path].data != old[path].data] == [], what
        seen_again.update(after.keys() & before.keys())
    assert min(seen_again[made_from] for made_from in before) > 0, "what a batch tells is never the same"
    assert all(seen_again[made_from] < len(edits) for made_from in before), "what a batch tells never changes"


def test_a_page_written_by_hand_is_made_from_what_is_not_told() -> None:
    """Its links may lead anywhere."""
    pages = _pages(load(TOY).content)
    never_kept = [path for path, (made_from, _) in pages.items() if not made_from]
    assert never_kept == ["about/index.md", "contribute/index.md"]


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError, match="object is no plain value"):
        as_bytes([object()])
