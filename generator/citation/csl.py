"""References as CSL-JSON, which citation processors read.

Names and types: https://docs.citationstyles.org/en/stable/specification.html and the schema ``csl-data.json`` of
https://github.com/citation-style-language/schema. Identifiers without a variable of their own are in ``custom``.
"""

from datetime import date
from typing import Any

from generator.citation.reference import Form, Reference
from generator.model.paper import Status
from generator.text.maths import to_plain
from generator.text.names import Name

_TYPES = {
    Form.PROCEEDINGS: "paper-conference",
    Form.JOURNAL: "article-journal",
    Form.PREPRINT: "article",
    Form.OTHER: "document",
}


def csl(reference: Reference) -> dict[str, Any]:
    """Return one item. Fields without a value are left out."""
    is_proceedings = reference.form is Form.PROCEEDINGS
    has_container = is_proceedings or reference.form is Form.JOURNAL  # else the venue is the publisher
    item = {
        "id": reference.id,
        "citation-key": reference.id,
        "type": _TYPES[reference.form],
        "title": to_plain(reference.title),
        "author": _authors(reference),
        "container-title": reference.venue if has_container else "",
        "publisher": reference.publisher if has_container else reference.venue,
        "volume": reference.volume,
        "page": reference.pages.replace("–", "-"),  # CSL's range separator is the hyphen; styles print their own dash
        "event-title": reference.event if is_proceedings else "",
        "event-place": reference.place if is_proceedings else "",
        "event-date": _dates(reference.starts, reference.ends) if is_proceedings else None,
        "issued": _issued(reference),
        "number": _arxiv_number(reference) if reference.form is Form.PREPRINT else "",
        "DOI": reference.identifiers.get("doi"),
        "URL": next(iter(reference.addresses), ""),
        "status": "" if reference.status is Status.PUBLISHED else reference.status.value,
        "note": reference.notice,  # of a correction or retraction
        "custom": {kind: value for kind, value in reference.identifiers.items() if kind != "doi"},
    }
    return {name: value for name, value in item.items() if value}


def _authors(reference: Reference) -> list[dict[str, str]]:
    people = [_name(name) for name in reference.names]
    # Pandoc's convention for "and others". Other processors print it as the last author's name.
    return [*people, {"literal": "others"}] if people and reference.authors_incomplete else people


def _name(parts: Name) -> dict[str, str]:
    if not parts.given:  # a group, or a name that cannot be split: processors print a literal name unchanged
        return {"literal": parts.family}
    name_parts = {"family": parts.family, "given": parts.given, "suffix": parts.suffix}
    return {part: value for part, value in name_parts.items() if value}


def _arxiv_number(reference: Reference) -> str:
    arxiv = reference.identifiers.get("arxiv")
    return f"arXiv:{arxiv}" if arxiv else ""


def _issued(reference: Reference) -> dict[str, Any] | None:
    """The date of publication, else the year."""
    if reference.published:
        return _dates(reference.published)
    return {"date-parts": [[reference.year]]} if reference.year else None


def _dates(*days: date | None) -> dict[str, Any] | None:
    """A date, or a range of two dates; None if there is none."""
    parts = [[day.year, day.month, day.day] for day in days if day]
    return {"date-parts": parts} if parts else None
