"""What a public record of a paper tells, and the one way from it to a raw paper: cleaned, checked, nothing invented.

Every importer of a bibliography maps its format to a ``PublicRecord``; what all formats have in common is here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from generator.importers.entities import decoded
from generator.importers.raw_paper import Note, Options, Parsed, RawPaper
from generator.model.record import Raw, RawRecord
from generator.model.venue import VenueName
from generator.text.addresses import KINDS, Identifier, read_identifier
from generator.text.characters import without_forbidden
from generator.text.identifiers import is_orcid, is_web_address

# The tags of titles in Crossref's and DataCite's records, and none besides: "n<m and k>0" holds no tag.
_TAG = re.compile(
    r"</?(?:(?:jats|mml):\w+|i|b|u|p|em|strong|su[bp]|sc|scp|tt|span|br|italic|bold)(?:\s[^<>]{0,200})?/?>", re.I
)

_RANGE = re.compile(r"\s*[-–—]+\s*")


@dataclass(frozen=True, kw_only=True)
class Writer:
    """An author as a record names them; all but the name may be empty. ``orcid`` may be an address."""

    name: str
    affiliations: tuple[str, ...] = ()
    orcid: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicRecord:
    """One record. ``key`` names it in its source; ``incomplete`` says that not all authors are named.

    ``identifiers`` may hold None, where the source's value is no identifier.
    """

    key: str
    title: str
    line: int = 1
    writers: Iterable[Writer] = ()
    incomplete: bool = False
    venue: VenueName | None = None
    track: str = ""
    volume: str = ""
    pages: str = ""
    publisher: str = ""
    added: str = ""
    published: str = ""
    identifiers: Iterable[Identifier | None] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    keywords: Iterable[str] = ()
    abstract: str = ""


def plain(text: object) -> str:
    """Text of a record on one line: HTML entities decoded, known tags and forbidden characters dropped; NFC."""
    if not isinstance(text, str):
        return ""
    return " ".join(without_forbidden(_TAG.sub("", decoded(text))).split())


def day(*parts: object) -> str:
    """An ISO date from year, month and day, or '' where one of them is missing or wrong."""
    try:
        year, month, number = (int(str(part)) for part in parts[:3])
        return date(year, month, number).isoformat()
    except (ValueError, OverflowError):
        return ""


def year_of(text: object) -> int | None:
    """The first year named in a text or number, from 1900 to 2099; else None."""
    found = re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", str(text))
    return int(found[0]) if found else None


def add_record(parsed: Parsed, told: PublicRecord, importer: str, options: Options) -> None:
    """Add the paper that a record tells of to ``parsed``; a record without a title is noted and left out."""
    if not (title := plain(told.title)):
        parsed.notes.append(Note(told.line, f"the record {told.key!r} has no title and was left out", lost=True))
        return
    fields: RawRecord = {
        "title": title,
        "authors": [_author(writer) for writer in told.writers if plain(writer.name)],
        "track": plain(told.track),
        "volume": plain(told.volume),
        "pages": _RANGE.sub("-", plain(told.pages)).strip("-"),
        "publisher": plain(told.publisher),
        "keywords": list(dict.fromkeys(filter(None, map(plain, told.keywords)))),
        **_identifiers(told.identifiers, told.links),
        "links": {kind: link for kind, link in told.links.items() if is_web_address(link)},
        "abstract": plain(told.abstract) if options.abstract else "",
        "added": told.added or options.added or "",
        "published": told.published,
        "source": {"kind": importer, "item": plain(told.key)},
    }
    if told.incomplete or not fields["authors"]:
        fields["authors_incomplete"] = "true"
    kept = {name: value for name, value in fields.items() if value}
    venue = told.venue and replace(told.venue, name=plain(told.venue.name), short=plain(told.venue.short))
    parsed.papers.append(RawPaper(kept, told.line, venue))


def _author(writer: Writer) -> Raw:
    author: dict[str, Raw] = {"name": plain(writer.name)}
    affiliations = [name for name in map(plain, writer.affiliations) if name]
    if affiliations:
        author["affiliation"] = affiliations[0] if len(affiliations) == 1 else list[Raw](affiliations)
    orcid = writer.orcid.rstrip("/").rpartition("/")[2]
    if is_orcid(orcid):
        author["orcid"] = orcid
    return author if len(author) > 1 else author["name"]


def _identifiers(named: Iterable[Identifier | None], links: Mapping[str, str]) -> dict[str, str]:
    """The first identifier of each kind, those that links hold included."""
    found: dict[str, str] = {}
    for each in (*named, *map(read_identifier, links.values())):
        if each is not None:
            found.setdefault(each.kind, each.value)
    return {kind: found[kind] for kind in KINDS if kind in found}


def unreadable(importer: str, why: str = "") -> Parsed:
    """What an importer gives for a text that is not of its kind, or is cut."""
    reason = f": {why}" if why else ""
    return Parsed(notes=[Note(1, f"not readable as {importer}; the file may be cut{reason}", lost=True)])
