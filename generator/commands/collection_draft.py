"""Drafts of collections: the papers in order, and empty fields for a person to fill in.

``digest check`` reports empty fields, so an unfinished draft is never published.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from generator.importers.prose_digest import NAME as ARTICLE
from generator.model.catalog import Content
from generator.model.editorial import Collection, CollectionKind
from generator.model.paper import Paper
from generator.model.record import Raw, RawRecord
from generator.store.layout import record_path, schema_reference
from generator.store.yaml_write import to_yaml
from generator.text.slug import slugify


class Draft(NamedTuple):
    """The draft of a collection: its path below the content folder, and its text."""

    path: str
    text: str


def make_draft(collection_id: str, fields: RawRecord, papers: Sequence[tuple[str, str]]) -> Draft:
    """Return the draft of a collection.

    ``fields`` are the known fields, in any order. ``papers`` are pairs of a paper's id and a comment, which may be ''.
    """
    items: list[Raw] = [{"paper": paper_id, "note": ""} for paper_id, _ in papers]
    defaults: RawRecord = {
        "name": "", "kind": CollectionKind.ARTICLE.value, "intro": "", "items": items, "written_by": {"kind": "human"},
    }  # fmt: skip
    raw: RawRecord = {**defaults, **fields}
    ordered: RawRecord = {name: raw[name] for name in Collection.__dataclass_fields__ if name in raw}
    path = record_path(Collection, collection_id)
    text = to_yaml(ordered, schema_reference(path))
    # ``to_yaml`` cannot write comments, so they are inserted into its text.
    for paper_id, comment in papers:
        if comment:
            text = text.replace(f"- paper: {paper_id}\n", f"- paper: {paper_id}\n  # {comment}\n", 1)
    return Draft(path, text)


def draft_from_institution(content: Content, edition_id: str, institution_id: str, today: date) -> Draft | None:
    """Return a draft with an institution's papers in an edition, sorted by title; None if there are no papers.

    The institution must be in ``content``.
    """
    institution = next(institution for institution in content.institutions if institution.id == institution_id)
    names = {name.casefold() for name in (institution.name, *institution.aliases)}
    papers = [paper for paper in content.papers if paper.venue == edition_id and _is_from(paper, names)]
    if not papers:
        return None
    fields: RawRecord = {"venue": edition_id, "institution": institution_id, "date": today.isoformat()}
    papers.sort(key=lambda paper: (paper.title.casefold(), paper.id))
    return make_draft(f"{institution_id}-at-{edition_id}", fields, [(paper.id, paper.title) for paper in papers])


def _is_from(paper: Paper, names: set[str]) -> bool:
    """Whether a paper or an author of it has an affiliation whose casefolded name is in ``names``."""
    affiliations = (*paper.affiliations, *(name for author in paper.authors for name in author.affiliation))
    return any(name.casefold() in names for name in affiliations)


def drafts_from_articles(entries: Iterable[RawRecord], content: Content, today: date) -> Iterator[Draft]:
    """Yield a draft for each article from which ``entries`` were parsed, with its papers in the article's order.

    If ``content`` already has the paper of the same item of the article, the draft lists the existing id.
    """
    papers_by_origin = {(origin.name, origin.item): paper for paper in content.papers for origin in paper.source}
    # Several files can be excerpts of one article.
    entries_by_article: dict[str, list[RawRecord]] = {}
    for entry in entries:
        source = entry.get("source")
        if isinstance(source, dict) and source.get("kind") == ARTICLE:
            entries_by_article.setdefault(str(source.get("name")), []).append(entry)
    for name, items in entries_by_article.items():
        papers = [_item(entry, papers_by_origin.get((name, str(number)))) for number, entry in enumerate(items, 1)]
        fields: RawRecord = {"date": today.isoformat(), "source": {"kind": ARTICLE, "name": name}}
        if edition_id := items[0].get("venue"):
            fields["venue"] = edition_id
        if any("summary_by" in entry for entry in items):
            fields["disclosure"] = ""  # the article says that a model wrote it, and so must the collection
        yield make_draft(slugify(f"article-{name}"), fields, papers)


def _item(entry: RawRecord, existing: Paper | None) -> tuple[str, str]:
    """Return the id of a paper, and a comment with its title if the digest already has it."""
    if existing:
        return existing.id, existing.title
    return str(entry["id"]), ""
