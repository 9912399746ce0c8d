"""DOIs of DataCite's REST API: one, or a list of them. https://support.datacite.org/docs/api-get-doi"""

from typing import Any

from generator.importers.dates import iso_day, year_of
from generator.importers.documents import LineFinder, first, json_value, mapping, mappings
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain, with_subtitle
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unread_fields, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import Raw, RawRecord
from generator.text.identifiers import identifier, is_web_address, read_identifier
from generator.text.names import joined_name, natural_order

NAME = "datacite-json"

# attributes that are imported, at least in part
_IMPORTED = frozenset(
    "doi titles creators container publisher publicationYear dates subjects descriptions url identifiers "
    "relatedIdentifiers".split()
)
_BOOKKEEPING = frozenset(
    "prefix suffix state reason created registered updated metadataVersion schemaVersion source isActive xml "
    "contentUrl viewCount viewsOverTime downloadCount downloadsOverTime referenceCount citationCount citationsOverTime "
    "partCount partOfCount versionCount versionOfCount provider client".split()
)
"""DataCite's own bookkeeping: its record, and how often it was viewed."""


def recognizes(text: str) -> bool:
    """Whether ``text`` has ``data`` of type ``dois`` with attributes."""
    return bool(_attributes(json_value(text, '"dois"', '"attributes"')))


def read(text: str, options: Options) -> Parsed:
    """Read the records."""
    records = _attributes(json_value(text))
    parsed = Parsed() if records else unreadable(NAME)
    lines = LineFinder(text)
    for ordinal, attributes in enumerate(records, 1):
        doi = first(attributes.get("doi"))
        line = lines.line_of(f'"{doi}"') if doi else 1
        titles = _titles(attributes)
        record = _record(attributes, titles, doi or f"{options.origin}:{ordinal}", line)
        add_record(parsed, record, NAME, options, _other_titles(titles))
        parsed.unread += unread_fields(attributes, _IMPORTED | _BOOKKEEPING, line)
        parsed.unread += _unread_parts(attributes, titles, line, abstract=options.abstract)
    return note_if_empty(parsed)


def _attributes(value: Any) -> list[dict[str, Any]]:
    data = mapping(value).get("data")
    items = [data] if isinstance(data, dict) else mappings(data)
    return [mapping(item["attributes"]) for item in items if item.get("type") == "dois" and item.get("attributes")]


def _titles(attributes: dict[str, Any]) -> dict[str, list[str]]:
    """The titles by type; '' is the type of the main title."""
    titles: dict[str, list[str]] = {}
    for title in mappings(attributes.get("titles")):
        if text := plain(first(title.get("title"))):
            titles.setdefault(first(title.get("titleType")), []).append(text)
    return titles


def _title(titles: dict[str, list[str]]) -> str:
    """The title with its subtitle; a translation only if there is no other title."""
    title = next(iter(titles.get("", [])), "")
    subtitle = next(iter(titles.get("Subtitle", [])), "")
    if title:
        return with_subtitle(title, subtitle)
    return next((texts[0] for kind, texts in titles.items() if kind != "Subtitle"), "")


def _other_titles(titles: dict[str, list[str]]) -> RawRecord:
    title = _title(titles)
    others: list[Raw] = [text for kind in ("AlternativeTitle", "TranslatedTitle") for text in titles.get(kind, [])]
    return {"other_titles": [text for text in dict.fromkeys(map(str, others)) if text != title]}


def _record(attributes: dict[str, Any], titles: dict[str, list[str]], key: str, line: int) -> PublicRecord:
    dates = {first(date.get("dateType")): first(date.get("date")) for date in mappings(attributes.get("dates"))}
    descriptions = mappings(attributes.get("descriptions"))
    same_work = [
        identifier(first(related.get("relatedIdentifierType")).lower(), first(related.get("relatedIdentifier")))
        for related in mappings(attributes.get("relatedIdentifiers"))
        if first(related.get("relationType")) in ("IsVersionOf", "IsIdenticalTo", "IsVariantFormOf")
    ]
    address = first(attributes.get("url"))
    doi = identifier("doi", first(attributes.get("doi")))
    # Of related works only the arXiv id is used: the DOI of an entry is that of its record.
    arxiv = [item for item in (*same_work, read_identifier(address)) if item and item.kind == "arxiv"]
    return PublicRecord(
        key=key,
        title=_title(titles),
        line=line,
        authors=[_author(creator) for creator in mappings(attributes.get("creators"))],
        venue=_venue(attributes),
        published=_day(dates.get("Issued", "")) or _day(dates.get("Available", "")),
        identifiers=[doi, *arxiv],
        links={"page": address} if is_web_address(address) and read_identifier(address) is None else {},
        keywords=[first(subject.get("subject")) for subject in mappings(attributes.get("subjects"))],
        abstract=next(
            (first(d.get("description")) for d in descriptions if d.get("descriptionType") == "Abstract"), ""
        ),
    )


def _day(moment: str) -> str:
    """The day of a date or of a date with a time; '' if the day is not stated."""
    return iso_day(*moment[:10].split("-"))


def _unread_parts(
    attributes: dict[str, Any], titles: dict[str, list[str]], line: int, *, abstract: bool
) -> list[Unread]:
    """The parts that were not imported, of fields that were imported in part."""
    imported_kinds = {"", "Subtitle", "AlternativeTitle", "TranslatedTitle"}
    unread = [
        Unread(line, f"title of type {kind}", text)
        for kind in titles
        if kind not in imported_kinds
        for text in titles[kind]
    ]
    unread += [Unread(line, "second title", text) for text in titles.get("", [])[1:]]
    for description in mappings(attributes.get("descriptions")):
        kind = first(description.get("descriptionType")) or "description"
        if kind != "Abstract" or not abstract:
            unread.append(Unread(line, f"description {kind}", first(description.get("description"))[:200]))
    for date in mappings(attributes.get("dates")):
        kind = first(date.get("dateType"))
        if kind not in ("Issued", "Available"):
            unread.append(Unread(line, f"date {kind}", first(date.get("date"))))
    for related in mappings(attributes.get("relatedIdentifiers")):
        related_id = first(related.get("relatedIdentifier"))
        unread.append(Unread(line, f"relation {first(related.get('relationType'))}", related_id))
    return unread


def _author(creator: dict[str, Any]) -> RecordAuthor:
    """A creator by the parts of the name, or by the full name, which DataCite writes family name first."""
    given, family = first(creator.get("givenName")), first(creator.get("familyName"))
    stated = creator.get("affiliation")
    # Texts, or objects if the request has ``affiliation=true``.
    affiliations = [
        first(item.get("name")) if isinstance(item, dict) else first(item)
        for item in (stated if isinstance(stated, list) else [])
    ]
    orcids = [item for item in mappings(creator.get("nameIdentifiers")) if item.get("nameIdentifierScheme") == "ORCID"]
    full_name = first(creator.get("name"))
    is_group = first(creator.get("nameType")) == "Organizational"
    return RecordAuthor(
        name=joined_name(given, family) if family else full_name if is_group else natural_order(full_name),
        family=(family if given else "") or ("" if is_group or "," not in full_name else full_name.partition(",")[0]),
        affiliations=tuple(affiliations),
        orcid=first(orcids[0].get("nameIdentifier")) if orcids else "",
    )


def _venue(attributes: dict[str, Any]) -> VenueName | None:
    container = first(mapping(attributes.get("container")).get("title"))
    publisher = attributes.get("publisher")
    # For a record outside of a container, the publisher is the repository: arXiv, Zenodo.
    name = container or first(mapping(publisher).get("name")) or first(publisher)
    kind = VenueKind.OTHER if container else VenueKind.PREPRINT
    return VenueName(name=name, year=year_of(attributes.get("publicationYear")), kind=kind) if name else None
