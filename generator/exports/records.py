"""Each paper as a record of plain data, for ``index.json``, JSON Lines, the table and the API.

Every record states the license of the digest's own text and who wrote it. Abstracts are left out: they are texts of the
papers' authors.
"""

import json
from typing import Any

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.localized import in_digest_language
from generator.model.own_text import DIGITAL_SOURCE_VOCABULARY, OwnText, digital_source, own_texts, writer_line
from generator.model.paper import Author, Paper
from generator.model.provenance import SummaryBy
from generator.model.settings import Settings
from generator.text.maths import to_plain

Record = dict[str, Any]

to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Serializes a value to JSON, as short as possible."""


def non_empty(record: Record) -> Record:
    """The fields that have a value."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {}, ())}


class RecordWriter:
    """The records of one catalog."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    @query
    def topic_name(self, topic_id: str) -> str:
        """The name of a topic in the digest's language."""
        language = self._settings.language
        return in_digest_language(self._catalog.topics[topic_id].name, language)

    @query
    def tag_name(self, tag_id: str) -> str:
        """The name of a tag in the digest's language."""
        language = self._settings.language
        return in_digest_language(self._catalog.tags[tag_id].name, language)

    @query
    def date(self, paper_id: str) -> str:
        """The publication date of a paper, as precisely as it is recorded."""
        return self._catalog.date_of(self._catalog.papers[paper_id])

    @query
    def edition(self, edition_id: str) -> Record:
        """The fields of an edition and its series."""
        edition_entry = self._catalog.editions[edition_id]
        return {
            "series": edition_entry.series.id,
            "edition": edition_entry.edition.id,
            "name": edition_entry.name,
            "full_name": edition_entry.series.full_name or edition_entry.series.name,
            "kind": edition_entry.series.kind.value,
            "year": edition_entry.edition.year,
        }

    def record(self, paper: Paper) -> Record:
        """The record of a paper."""
        digest_language, settings = self._settings.language, self._settings
        return non_empty(
            {
                "id": paper.id,
                "url": f"{settings.site_url}{site_paths.paper(paper.id)}/",
                "title": paper.title,
                # Only for titles with formulas: in others it would repeat the title.
                "title_plain": to_plain(paper.title) if "$" in paper.title else None,
                "other_titles": list(paper.other_titles),
                "authors": [
                    self._author(author_id, author)
                    for author_id, author in zip(self._catalog.author_ids[paper.id], paper.authors, strict=True)
                ],
                "authors_incomplete": paper.authors_incomplete or None,
                "affiliations": list(paper.affiliations),
                "venue": self._venue(paper),
                "topics": [{"id": topic_id, "name": self.topic_name(topic_id)} for topic_id in paper.topics],
                "keywords": list(paper.keywords),
                "tags": [{"id": tag_id, "name": self.tag_name(tag_id)} for tag_id in paper.tags],
                "identifiers": dict(paper.identifiers),
                "links": dict(paper.links.present),
                "awards": list(paper.awards),
                "texts": [non_empty(_text(text)) for text in own_texts(paper, digest_language)],
                "text_written_by": writer_line(paper, settings.words),
                "text_writer": writer_record(paper.summary_by),
                "text_license": settings.license or "not stated",
                "text_license_url": settings.license_url,
                "added": paper.added.isoformat(),
                "changed": paper.last_changed.isoformat(),
                "date": self.date(paper.id),
                "published": paper.published.isoformat() if paper.published else None,
                "status": paper.status.value,
                "status_note": in_digest_language(paper.status_note, digest_language),
                "status_date": paper.status_date.isoformat() if paper.status_date else None,
                "corrections": [
                    {"date": item.date.isoformat(), "note": in_digest_language(item.note, digest_language)}
                    for item in paper.corrections
                ],
                # The first alias identifies the paper in feeds. After a merge of entries, it may be the paper's own id.
                "aliases": [alias for alias in paper.aliases if alias != paper.id],
            }
        )

    def _author(self, author_id: str, author: Author) -> Record:
        fields = {"id": author_id, "name": author.name, "orcid": author.orcid}
        return non_empty({**fields, "affiliations": list(author.affiliation)})

    def _venue(self, paper: Paper) -> Record:
        note = in_digest_language(paper.venue_note, self._settings.language)
        details = {
            "track": paper.track,
            "note": note,
            "volume": paper.volume,
            "pages": paper.pages,
            "publisher": paper.publisher,
        }
        return non_empty({**self.edition(paper.venue), **details})


def _text(text: OwnText) -> Record:
    texts = {name: getattr(text, name) for name in ("language", "tldr", "summary", "significance", "limitations")}
    return {**texts, "tldr_plain": to_plain(text.tldr) if "$" in text.tldr else None}


def writer_record(writer: SummaryBy | None) -> Record:
    """Who wrote a text, from which source and when."""
    if writer is None:  # a missing record does not mean that a person wrote the text
        return {"kind": "not recorded"}
    day = writer.date.isoformat() if writer.date else None
    return non_empty(
        {
            "kind": writer.kind.value,
            "model": writer.model,
            "version": writer.version,
            "date": day,
            "of": ", ".join(reading.what for reading in writer.of) or None,
            "read": [
                non_empty({"what": item.what, "url": item.url, "version": item.version, "sha256": item.sha256})
                for item in writer.of
            ],
            "prompt": writer.prompt,
            "gates": writer.gates,
            "newer_version": writer.newer_version,
            "reviewed_by": writer.reviewed_by,
            "review": writer.review,
            "digital_source_type": DIGITAL_SOURCE_VOCABULARY + digital_source(writer),
        }
    )
