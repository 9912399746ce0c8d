"""Drafts of collections: the papers in order, with everything that a person has to write left empty.

``digest check`` asks for what is empty, so no draft is published unwritten.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from generator.importers.prose_digest import NAME as ARTICLE
from generator.model.content import Content
from generator.model.editorial import Collection, CollectionKind
from generator.model.paper import Paper
from generator.model.record import Raw, RawRecord
from generator.store.layout import record_path, schema_reference
from generator.store.yaml_write import write
from generator.text.slug import slugify


class Draft(NamedTuple):
    """A collection to be written: its path below the content folder, and its text."""

    path: str
    text: str


def draft(collection_id: str, fields: RawRecord, papers: Sequence[tuple[str, str]]) -> Draft:
    """A collection with these papers: ids, each with what stands in a comment beside it or ''.

    ``fields`` are those that are known, in any order.
    """
    items: list[Raw] = [{"paper": paper_id, "note": ""} for paper_id, _ in papers]
    empty: RawRecord = {"name": "", "kind": CollectionKind.ARTICLE.value, "intro": "", "items": items}
    raw: RawRecord = {**empty, "written_by": {"kind": "human"}, **fields}
    ordered: RawRecord = {name: raw[name] for name in Collection.__dataclass_fields__ if name in raw}
    path = record_path(Collection, collection_id)
    text = write(ordered, schema_reference(path))
    for paper_id, about in papers:
        if about:
            text = text.replace(f"- paper: {paper_id}\n", f"- paper: {paper_id}\n  # {about}\n", 1)
    return Draft(path, text)


def from_institution(content: Content, edition: str, institution: str, today: date) -> Draft | None:
    """A collection of an institution's papers in an edition, by title; None if there are none."""
    record = next(each for each in content.institutions if each.id == institution)
    names = {name.casefold() for name in (record.name, *record.aliases)}
    members = [each for each in content.papers if each.venue == edition and _is_from(each, names)]
    if not members:
        return None
    known: RawRecord = {"venue": edition, "institution": institution, "date": today.isoformat()}
    papers = [(each.id, each.title) for each in sorted(members, key=lambda each: (each.title.casefold(), each.id))]
    return draft(f"{institution}-at-{edition}", known, papers)


def _is_from(paper: Paper, names: set[str]) -> bool:
    named = (*paper.affiliations, *(name for author in paper.authors for name in author.affiliation))
    return any(name.casefold() in names for name in named)


def from_articles(entries: Iterable[RawRecord], content: Content, today: date) -> Iterator[Draft]:
    """A collection for each article among the sources of parsed ``entries``, its papers in the article's order.

    A paper that the digest has from the same article stands under its id there.
    """
    known = {(each.name, each.item): paper for paper in content.papers for each in paper.source}
    articles: dict[str, list[RawRecord]] = {}
    for entry in entries:
        source = entry.get("source")
        if isinstance(source, dict) and source.get("kind") == ARTICLE:
            articles.setdefault(str(source.get("name")), []).append(entry)
    for name, records in articles.items():
        papers = [_paper(entry, known.get((name, str(place)))) for place, entry in enumerate(records, 1)]
        fields: RawRecord = {"date": today.isoformat(), "source": {"kind": ARTICLE, "name": name}}
        if edition := records[0].get("venue"):
            fields["venue"] = edition
        if any("summary_by" in entry for entry in records):
            fields["disclosure"] = ""  # the article says that a model wrote it, and so must the collection
        yield draft(slugify(f"article-{name}"), fields, papers)


def _paper(entry: RawRecord, known: Paper | None) -> tuple[str, str]:
    if known:
        return known.id, known.title
    return str(entry["id"]), ""
