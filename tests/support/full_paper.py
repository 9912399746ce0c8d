"""A paper of which every field is known."""

from dataclasses import fields, replace
from typing import Any

from generator.model.catalog import Content
from generator.model.paper import Author, Correction, Links, Paper, Status
from generator.model.provenance import Reading, Source, SummaryBy, WriterKind

LINKS = tuple(field.name for field in fields(Links))
REGISTRIES_AND_LINKS = {
    "arxiv": "2501.12345", "doi": "10.1000/x", "openreview": "abcdef", "acl": "2025.acl-long.1",
    "links": Links(**dict.fromkeys(LINKS, "https://x.example/")),
}  # fmt: skip


def full_paper(content: Content) -> Paper:
    """The first paper of ``content`` with a value in every field."""
    paper, other = content.papers[0], content.papers[1]
    read = Reading(what="abstract", url="https://x.example/", version="v1", sha256="1a")
    by = SummaryBy(
        kind=WriterKind.AI,
        model="m",
        version="1",
        date=paper.added,
        of=(read,),
        prompt="1a",
        gates="passed",
        newer_version="v2",
        reviewed_by="r",
        review="c",
    )
    text = {"en": "A text of $x$."}
    known: dict[str, Any] = {
        **REGISTRIES_AND_LINKS, "title": "On $x$",
        "authors": (Author(name="A B", affiliation=("U",), orcid="0000-0002-1825-0097"),),
        "authors_incomplete": True, "affiliations": ("U",), "track": "oral", "venue_note": text, "keywords": ("k",),
        "tags": ("survey",), "tldr": text,
        "summary": text, "significance": text, "limitations": text, "awards": ("Best",), "abstract": "A.",
        "other_titles": ("O",), "published": paper.added, "summary_by": by, "source": (Source(kind="s"),),
        "status": Status.RETRACTED, "status_note": text, "status_date": paper.added,
        "corrections": (Correction(date=paper.added, note=text),), "aliases": ("old-id",), "distinct_from": (other.id,),
        "asked_as": ("q",), "volume": "7", "pages": "12-34", "publisher": "P",
    }  # fmt: skip
    full = replace(paper, **known)
    assert [field.name for field in fields(Paper) if not getattr(full, field.name)] == []
    return full
