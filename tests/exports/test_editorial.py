"""Collections, terms and tags in the API, and picks in feeds."""

import json
import re
from datetime import date

from generator.exports.editorial import picks_entry
from generator.model.catalog import build_catalog
from generator.model.editorial import Collection, CollectionItem, CollectionKind, Tag, TagKind, Term
from generator.model.provenance import SummaryBy, WriterKind
from tests.conftest import SETTINGS
from tests.support.small_content import DAY, content, exports_of, paper

BY = SummaryBy(kind=WriterKind.AI, model="m", date=date(2025, 6, 3))


def _picks(name: str, day: date) -> Collection:
    items = (CollectionItem(paper="reef2025ropes", note={"": "It holds."}),)
    return Collection(
        id=name,
        name={"": name},
        kind=CollectionKind.PICKS,
        date=day,
        intro={"": "*Two* picks."},
        items=items,
        written_by=BY,
    )


def test_the_api_has_collections_terms_and_tags() -> None:
    term = Term(id="rope", name={"en": "rope", "de": "Seil"}, definition={"en": "It holds."}, written_by=BY)
    tag = Tag(id="survey", name={"": "Survey"}, kind=TagKind.WORK, description={"": "D"})
    records = content(paper(tags=("survey",)), collections=(_picks("p", DAY),), glossary=(term,), tags=(tag,))
    files = exports_of(records)
    (collection,) = json.loads(files["api/v1/collections.json"])["collections"]
    assert (collection["papers"], collection["text_writer"]["kind"]) == (["reef2025ropes"], "ai")
    (entry,) = json.loads(files["api/v1/glossary.json"])["glossary"]
    assert entry["names"] == {"en": "rope", "de": "Seil"}
    (tags,) = json.loads(files["api/v1/tags.json"])["tags"]
    assert tags["papers"] == ["reef2025ropes"]


def test_picks_are_entries_of_the_feed_of_the_digest_dated_by_their_text() -> None:
    catalog = build_catalog(content(paper(), collections=(_picks("p", DAY),)))
    item = picks_entry(catalog.collections["p"], catalog, SETTINGS)
    assert (item.item.published, item.item.updated) == (DAY, date(2025, 6, 3))
    assert item.item.summary == "Two picks."
    assert [(entry.title, entry.note) for entry in item.papers] == [("Title of reef2025ropes", "It holds.")]


def test_the_feed_has_the_ten_newest_picks() -> None:
    collections = tuple(_picks(f"p{number:02}", date(2025, 5, number + 1)) for number in range(12))
    feed = exports_of(content(paper(), collections=collections))["feed.xml"]
    assert len(set(re.findall(r"collections/(p\d\d)</id>", feed))) == 10
    assert "collections/p00</id>" not in feed
