"""References as RIS, which EndNote, Zotero and Mendeley read.

Tags: https://en.wikipedia.org/wiki/RIS_(file_format). Each tag is one line of ``XX  - value``.
"""

from collections.abc import Iterator

from generator.citation.reference import Form, Reference
from generator.text.escape import for_ris
from generator.text.maths import to_plain
from generator.text.names import Name

_TYPES = {Form.PROCEEDINGS: "CPAPER", Form.JOURNAL: "JOUR", Form.PREPRINT: "UNPB", Form.OTHER: "GEN"}


def ris(reference: Reference) -> str:
    """Return one record with a line break at its end."""
    lines = "".join(f"{tag}  - {for_ris(value)}\n" for tag, value in _tags(reference) if value)
    return f"TY  - {_TYPES[reference.form]}\n{lines}ER  - \n"


def _tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """The tags between ``TY`` and ``ER`` with their values, which may be ''."""
    yield "ID", reference.id
    for name in reference.names:
        yield "AU", _name(name)
    yield "TI", to_plain(reference.title)
    yield "T2", reference.venue
    yield "PY", str(reference.year or "")
    yield "DA", reference.published.strftime("%Y/%m/%d") if reference.published else ""
    yield "VL", reference.volume
    # Start and end page are separate tags; an article number is a start page alone.
    first, _, last = reference.pages.partition("–")
    yield "SP", first
    yield "EP", last
    yield "PB", reference.publisher
    yield "CY", reference.place
    yield "DO", reference.identifiers.get("doi", "")
    for address in reference.addresses:  # the tag may be repeated
        yield "UR", address
    yield "N1", reference.notice
    # RIS has no tag for an incomplete author list.
    yield "N1", "The record names only some of the authors." if reference.authors_incomplete else ""


def _name(parts: Name) -> str:
    return ", ".join(part for part in (parts.family, parts.given, parts.suffix) if part)
