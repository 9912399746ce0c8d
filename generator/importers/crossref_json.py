"""Works of Crossref's REST API: one work, or a list of them.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from dataclasses import replace
from typing import Any

from generator.importers.csl_json import container_of, record_of
from generator.importers.dates import iso_day
from generator.importers.documents import LineFinder, first_text, json_value, mapping, mappings, texts
from generator.importers.public_record import add_record, note_if_empty, unread_fields, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.record import RawRecord
from generator.text.identifiers import is_web_address, read_identifier

NAME = "crossref-json"

# JSON members that are imported; others are reported as unread
_IMPORTED = frozenset(
    "DOI type title subtitle author container-title short-container-title event issued published published-online "
    "published-print URL publisher keywords volume page".split()
)
_BOOKKEEPING = frozenset(
    "indexed reference-count references-count is-referenced-by-count content-domain source prefix deposited score "
    "member created license relation reference resource short-title original-title content-created content-updated "
    "update-policy".split()
)
"""JSON members that do not describe the paper: Crossref's bookkeeping, terms of publishers, and other works."""
_MAX_QUOTED = 80  # characters of a quotation in a message
# Crossref's types of updates, and the status of the paper
_STATUSES = {"retraction": "retracted", "removal": "removed", "withdrawal": "withdrawn"}


def recognizes(text: str) -> bool:
    """Whether ``text`` has the envelope of the API around a work or a list of works."""
    return bool(_works(json_value(text, '"message"', '"DOI"')))


def read(text: str, options: Options) -> Parsed:
    """Read the works."""
    works = _works(json_value(text))
    parsed = Parsed() if works else unreadable(NAME)
    lines = LineFinder(text)
    for ordinal, work in enumerate(works, 1):
        key = str(work.get("DOI") or f"{options.origin}:{ordinal}")
        line = lines.line_of(f'"{key}"') if work.get("DOI") else 1
        record = record_of(work, key)
        record = replace(record, line=line, links={**record.links, **_links(work)})
        status = _status(work)
        add_record(parsed, record, NAME, options, status)
        imported = _IMPORTED | ({"abstract"} if options.abstract else set()) | ({"updated-by"} if status else set())
        parsed.unread += unread_fields(work, imported | _BOOKKEEPING, line)
        other_containers = [title for title in texts(work.get("container-title")) if title != container_of(work)]
        parsed.unread += [Unread(line, "another container-title", title[:_MAX_QUOTED]) for title in other_containers]
    return note_if_empty(parsed)


def _works(value: Any) -> list[dict[str, Any]]:
    """The works in a response: ``{"message": {"DOI": …}}`` or ``{"message": {"items": […]}}``."""
    message = mapping(mapping(value).get("message"))
    return [message] if "DOI" in message else mappings(message.get("items"))


def _links(work: dict[str, Any]) -> dict[str, str]:
    """The URL of the work as ``page``; {} for a URL that is an identifier, such as ``https://doi.org/10.…``."""
    address = first_text(work.get("URL"))
    return {"page": address} if is_web_address(address) and read_identifier(address) is None else {}


def _status(work: dict[str, Any]) -> RawRecord:
    """The fields of a retraction that the publisher or Retraction Watch registered at Crossref; else {}."""
    for update in mappings(work.get("updated-by")):
        if status := _STATUSES.get(first_text(update.get("type"))):
            dates = mapping(update.get("updated")).get("date-parts")  # ``[[2025, 4, 2]]``
            date_parts = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
            notice_doi = first_text(update.get("DOI"))
            note = f"{first_text(update.get('label')) or status}: https://doi.org/{notice_doi}" if notice_doi else ""
            return {
                "status": status,
                "status_note": note,
                "status_date": iso_day(*date_parts) if len(date_parts) == 3 else "",
            }
    return {}
