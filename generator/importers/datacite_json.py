"""Records of DataCite's REST API: one DOI, or a list of DOIs. https://support.datacite.org/docs/api-get-doi"""

from typing import Any

from generator.importers.dates import iso_day, year_of
from generator.importers.documents import LineFinder, first_text, json_value, mapping, mappings
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain, with_subtitle
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unread_fields, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
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
"""Attributes that do not describe the paper: the state of the record, and counts of views, downloads and citations."""


def recognizes(text: str) -> bool:
    """Whether ``text`` has ``data`` of type ``dois`` with attributes."""
    return bool(_attributes(json_value(text, '"dois"', '"attributes"')))


def read(text: str, options: Options) -> Parsed:
    """Read the records."""
    records = _attributes(json_value(text))
    parsed = Parsed() if records else unreadable(NAME)
    lines = LineFinder(text)
    for ordinal, attributes in enumerate(records, 1):
        doi = first_text(attributes.get("doi"))
        line = lines.line_of(f'"{doi}"') if doi else 1
        titles = _titles(attributes)
        record = _record(attributes, titles, doi or f"{options.origin}:{ordinal}", line)
        add_record(parsed, record, NAME, options, _other_titles(titles))
        parsed.unread += unread_fields(attributes, _IMPORTED | _BOOKKEEPING, line)
        parsed.unread += _unread_parts(attributes, titles, line, abstract=options.abstract)
    return note_if_empty(parsed)


def _attributes(value: Any) -> list[dict[str, Any]]:
    """The attributes of each DOI in a response: ``{"data": [{"type": "dois", "attributes": {…}}]}``."""
    data = mapping(value).get("data")
    items = [data] if isinstance(data, dict) else mappings(data)
    return [mapping(item["attributes"]) for item in items if item.get("type") == "dois" and item.get("attributes")]


def _titles(attributes: dict[str, Any]) -> dict[str, list[str]]:
    """The titles by type; '' is the type of the main title."""
    titles: dict[str, list[str]] = {}
    for title in mappings(attributes.get("titles")):
        if text := plain(first_text(title.get("title"))):
            titles.setdefault(first_text(title.get("titleType")), []).append(text)
    return titles


def _title(titles: dict[str, list[str]]) -> str:
    """The main title with its subtitle; without a main title, the first title of another type, or ''."""
    title = next(iter(titles.get("", [])), "")
    subtitle = next(iter(titles.get("Subtitle", [])), "")
    if title:
        return with_subtitle(title, subtitle)
    return next((texts[0] for kind, texts in titles.items() if kind != "Subtitle"), "")


def _other_titles(titles: dict[str, list[str]]) -> RawRecord:
    """The field ``other_titles``, with alternative and translated titles."""
    title = _title(titles)
    others = [*titles.get("AlternativeTitle", []), *titles.get("TranslatedTitle", [])]
    return {"other_titles": [other for other in dict.fromkeys(others) if other != title]}


def _record(attributes: dict[str, Any], titles: dict[str, list[str]], key: str, line: int) -> PublicRecord:
    dates = {
        first_text(date.get("dateType")): first_text(date.get("date")) for date in mappings(attributes.get("dates"))
    }
    descriptions = mappings(attributes.get("descriptions"))
    versions = [
        identifier(
            first_text(related.get("relatedIdentifierType")).lower(), first_text(related.get("relatedIdentifier"))
        )
        for related in mappings(attributes.get("relatedIdentifiers"))
        if first_text(related.get("relationType")) in ("IsVersionOf", "IsIdenticalTo", "IsVariantFormOf")
    ]
    address = first_text(attributes.get("url"))
    doi = identifier("doi", first_text(attributes.get("doi")))
    # Only arXiv ids of other versions are imported: the entry's DOI is that of this record.
    arxiv_ids = [item for item in (*versions, read_identifier(address)) if item and item.kind == "arxiv"]
    return PublicRecord(
        key=key,
        title=_title(titles),
        line=line,
        authors=[_author(creator) for creator in mappings(attributes.get("creators"))],
        venue=_venue(attributes),
        published=_day(dates.get("Issued", "")) or _day(dates.get("Available", "")),
        identifiers=[doi, *arxiv_ids],
        links={"page": address} if is_web_address(address) and read_identifier(address) is None else {},
        keywords=[first_text(subject.get("subject")) for subject in mappings(attributes.get("subjects"))],
        abstract=next((first_text(item.get("description")) for item in descriptions if _is_abstract(item)), ""),
    )


def _is_abstract(description: dict[str, Any]) -> bool:
    return description.get("descriptionType") == "Abstract"


def _day(time: str) -> str:
    """The ISO date of a date, with or without a time; '' if the day is not stated."""
    return iso_day(*time[:10].split("-"))


def _unread_parts(
    attributes: dict[str, Any], titles: dict[str, list[str]], line: int, *, abstract: bool
) -> list[Unread]:
    """The unread parts of fields that were imported in part.

    An entry does not record relations, so all of them are unread, even one whose arXiv id was imported.
    """
    title, imported_counts = _title(titles), {"": 1, "Subtitle": int("" in titles)}
    unread = [
        Unread(line, f"title of type {kind}" if kind else "second title", text)
        for kind, texts in titles.items()
        if kind not in ("AlternativeTitle", "TranslatedTitle")
        for text in texts[imported_counts.get(kind, 0) :]
        if text != title
    ]
    for description in mappings(attributes.get("descriptions")):
        kind = first_text(description.get("descriptionType")) or "description"
        if not (abstract and _is_abstract(description)):
            unread.append(Unread(line, f"description {kind}", first_text(description.get("description"))[:200]))
    for date in mappings(attributes.get("dates")):
        kind = first_text(date.get("dateType"))
        if kind not in ("Issued", "Available"):
            unread.append(Unread(line, f"date {kind}", first_text(date.get("date"))))
    for related in mappings(attributes.get("relatedIdentifiers")):
        related_id = first_text(related.get("relatedIdentifier"))
        unread.append(Unread(line, f"relation {first_text(related.get('relationType'))}", related_id))
    return unread


def _author(creator: dict[str, Any]) -> RecordAuthor:
    """Convert a creator. The name is joined from its two parts; if one is missing, it is the full name.

    For a person, ``Byron, Ada`` becomes ``Ada Byron``. The full name of a group stays as it is.
    """
    given, family = first_text(creator.get("givenName")), first_text(creator.get("familyName"))
    full_name = first_text(creator.get("name"))
    is_group = first_text(creator.get("nameType")) == "Organizational"
    name = joined_name(given, family)
    if not (given and family):
        name = (full_name if is_group else natural_order(full_name)) or name
        # Without both parts, only a comma in the full name shows which part is the family name.
        family = "" if is_group or "," not in full_name else full_name.partition(",")[0]
    affiliations = creator.get("affiliation")
    orcids = [item for item in mappings(creator.get("nameIdentifiers")) if item.get("nameIdentifierScheme") == "ORCID"]
    return RecordAuthor(
        name=name,
        family=family,
        affiliations=tuple(  # texts, or objects if the request has ``affiliation=true``
            first_text(affiliation.get("name") if isinstance(affiliation, dict) else affiliation)
            for affiliation in (affiliations if isinstance(affiliations, list) else [])
        ),
        orcid=first_text(orcids[0].get("nameIdentifier")) if orcids else "",
    )


def _venue(attributes: dict[str, Any]) -> VenueName | None:
    container = first_text(mapping(attributes.get("container")).get("title"))
    publisher = attributes.get("publisher")
    # For a record outside of a container, the publisher is the repository: arXiv, Zenodo.
    name = container or first_text(mapping(publisher).get("name")) or first_text(publisher)
    kind = VenueKind.OTHER if container else VenueKind.PREPRINT
    return VenueName(name=name, year=year_of(attributes.get("publicationYear")), kind=kind) if name else None
