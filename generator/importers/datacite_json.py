"""DOIs of DataCite's REST API: one, or a list of them. https://support.datacite.org/docs/api-get-doi"""

from typing import Any

from generator.importers.documents import LineFinder, first, json_value, mapping, mappings
from generator.importers.plain import with_subtitle
from generator.importers.public_record import (
    PublicRecord,
    Writer,
    add_record,
    day,
    note_if_empty,
    plain,
    unread_fields,
    unreadable,
    year_of,
)
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import Raw, RawRecord
from generator.text.addresses import identifier, read_identifier
from generator.text.identifiers import is_web_address
from generator.text.names import joined_name, natural_order

NAME = "datacite-json"

# attributes that are imported, at least in part
_READ = frozenset(
    "doi titles creators container publisher publicationYear dates subjects descriptions url identifiers "
    "relatedIdentifiers".split()
)
_BOOKKEEPING = frozenset(
    "prefix suffix state reason created registered updated metadataVersion schemaVersion source isActive xml "
    "contentUrl viewCount viewsOverTime downloadCount downloadsOverTime referenceCount citationCount citationsOverTime "
    "partCount partOfCount versionCount versionOfCount provider client".split()
)
"""DataCite's own bookkeeping: its record, and how often it was viewed."""


def recognises(text: str) -> bool:
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
        parsed.unread += unread_fields(attributes, _READ | _BOOKKEEPING, line)
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
    shown = _title(titles)
    others: list[Raw] = [text for kind in ("AlternativeTitle", "TranslatedTitle") for text in titles.get(kind, [])]
    return {"other_titles": [text for text in dict.fromkeys(map(str, others)) if text != shown]}


def _record(attributes: dict[str, Any], titles: dict[str, list[str]], key: str, line: int) -> PublicRecord:
    dates = {first(date.get("dateType")): first(date.get("date")) for date in mappings(attributes.get("dates"))}
    described = mappings(attributes.get("descriptions"))
    same_work = [
        identifier(first(related.get("relatedIdentifierType")).lower(), first(related.get("relatedIdentifier")))
        for related in mappings(attributes.get("relatedIdentifiers"))
        if first(related.get("relationType")) in ("IsVersionOf", "IsIdenticalTo", "IsVariantFormOf")
    ]
    address = first(attributes.get("url"))
    doi = identifier("doi", first(attributes.get("doi")))
    arxiv = [named for named in (*same_work, read_identifier(address)) if named and named.kind == "arxiv"]
    return PublicRecord(
        key=key,
        title=_title(titles),
        line=line,
        writers=[_writer(creator) for creator in mappings(attributes.get("creators"))],
        venue=_venue(attributes),
        published=day(*dates.get("Issued", "")[:10].split("-")) or day(*dates.get("Available", "")[:10].split("-")),
        identifiers=[doi, *arxiv],
        links={"page": address} if is_web_address(address) and read_identifier(address) is None else {},
        keywords=[first(subject.get("subject")) for subject in mappings(attributes.get("subjects"))],
        abstract=next((first(d.get("description")) for d in described if d.get("descriptionType") == "Abstract"), ""),
    )


def _unread_parts(
    attributes: dict[str, Any], titles: dict[str, list[str]], line: int, *, abstract: bool
) -> list[Unread]:
    """The parts that were not imported, of fields that were imported in part."""
    known = {"", "Subtitle", "AlternativeTitle", "TranslatedTitle"}
    unread = [
        Unread(line, f"title of type {kind}", text) for kind in titles if kind not in known for text in titles[kind]
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
        named = first(related.get("relatedIdentifier"))
        unread.append(Unread(line, f"relation {first(related.get('relationType'))}", named))
    return unread


def _writer(creator: dict[str, Any]) -> Writer:
    """A creator by the parts of the name, or by the full name, which DataCite writes family name first."""
    given, family = first(creator.get("givenName")), first(creator.get("familyName"))
    affiliations = creator.get("affiliation")
    places = affiliations if isinstance(affiliations, list) else []
    named = [first(place.get("name")) if isinstance(place, dict) else first(place) for place in places]
    orcids = [
        named for named in mappings(creator.get("nameIdentifiers")) if named.get("nameIdentifierScheme") == "ORCID"
    ]
    whole = first(creator.get("name"))
    is_group = first(creator.get("nameType")) == "Organizational"
    return Writer(
        name=joined_name(given, family) if family else whole if is_group else natural_order(whole),
        family=(family if given else "") or ("" if is_group else whole.partition(",")[0] if "," in whole else ""),
        affiliations=tuple(named),
        orcid=first(orcids[0].get("nameIdentifier")) if orcids else "",
    )


def _venue(attributes: dict[str, Any]) -> VenueName | None:
    container = first(mapping(attributes.get("container")).get("title"))
    publisher = attributes.get("publisher")
    name = container or first(mapping(publisher).get("name")) or first(publisher)
    kind = VenueKind.OTHER if container else VenueKind.PREPRINT
    return VenueName(name=name, year=year_of(attributes.get("publicationYear")), kind=kind) if name else None
