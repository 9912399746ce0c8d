"""The pages of collections."""

import re
from typing import Any

from generator.model.editorial import Collection, CollectionItem, CollectionKind
from generator.model.provenance import SummaryBy, WriterKind
from tests.support.small_content import DAY, content, pages_of, paper

BY = SummaryBy(kind=WriterKind.HUMAN)


def _collection(name: str, kind: CollectionKind, **fields: Any) -> Collection:
    items = tuple(CollectionItem(paper=paper_id, note={"": "A note."}) for paper_id in ("a2025", "b2025"))
    defaults: dict[str, Any] = {"name": {"": name}, "kind": kind, "date": DAY, "intro": {"": "First line.\n\nMore."}}
    return Collection(id=name.lower(), items=items, written_by=BY, **{**defaults, **fields})


def _pages(*collections: Collection) -> dict[str, str]:
    return pages_of(content(paper("a2025"), paper("b2025"), collections=collections))


def test_the_index_groups_collections_by_kind() -> None:
    text = _pages(_collection("Old", CollectionKind.COMPARISON), _collection("New", CollectionKind.PICKS))[
        "collections/index.md"
    ]
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Picks", "Where papers disagree"]


def test_a_page_links_to_its_subjects_and_its_neighbors_of_the_same_kind() -> None:
    first = _collection("One", CollectionKind.ARTICLE, topic="cats", venue="conf-2025")
    second = _collection("Two", CollectionKind.ARTICLE)
    other = _collection("Three", CollectionKind.PICKS)
    text = _pages(first, second, other)["collections/one/index.md"]
    assert "(../../topics/cats/index.md)" in text
    assert "(../../venues/conf/2025/index.md)" in text
    assert "(../two/index.md)" in text
    assert "(../three/index.md)" not in text


def test_the_description_is_the_first_line_of_the_introduction() -> None:
    assert (
        'description: "First line."' in _pages(_collection("One", CollectionKind.ARTICLE))["collections/one/index.md"]
    )


def test_without_collections_there_are_no_such_pages() -> None:
    assert not [path for path in _pages() if path.startswith("collections/")]
