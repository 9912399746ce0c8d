"""DOIs of DataCite's REST API: one, or a list of them. https://support.datacite.org/docs/api-get-doi"""

from typing import Any

from generator.importers.public_record import PublicRecord, Writer, add_record, day, unreadable, year_of
from generator.importers.raw_paper import Options, Parsed
from generator.importers.untyped import document, first, mapping, mappings
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier

NAME = "datacite-json"


def recognises(text: str) -> bool:
    """``data`` of type ``dois`` with attributes."""
    return bool(_attributes(document(text, '"dois"', '"attributes"')))


def read(text: str, options: Options) -> Parsed:
    """Read the records."""
    records = _attributes(document(text))
    parsed = Parsed() if records else unreadable(NAME)
    for ordinal, attributes in enumerate(records, 1):
        add_record(parsed, _record(attributes, f"{options.origin}:{ordinal}"), NAME, options)
    return parsed


def _attributes(value: Any) -> list[dict[str, Any]]:
    data = mapping(value).get("data")
    items = [data] if isinstance(data, dict) else mappings(data)
    return [mapping(item["attributes"]) for item in items if item.get("type") == "dois" and item.get("attributes")]


def _record(attributes: dict[str, Any], otherwise: str) -> PublicRecord:
    doi = first(attributes.get("doi"))
    dates = {first(each.get("dateType")): first(each.get("date")) for each in mappings(attributes.get("dates"))}
    described = mappings(attributes.get("descriptions"))
    return PublicRecord(
        key=doi or otherwise,
        title=next((first(each.get("title")) for each in mappings(attributes.get("titles"))), ""),
        writers=[_writer(creator) for creator in mappings(attributes.get("creators"))],
        venue=_venue(attributes),
        published=day(*dates.get("Issued", "")[:10].split("-")),
        identifiers=[identifier("doi", doi)],
        keywords=[first(each.get("subject")) for each in mappings(attributes.get("subjects"))],
        abstract=next((first(d.get("description")) for d in described if d.get("descriptionType") == "Abstract"), ""),
    )


def _writer(creator: dict[str, Any]) -> Writer:
    given, family = first(creator.get("givenName")), first(creator.get("familyName"))
    affiliations = creator.get("affiliation")
    places = affiliations if isinstance(affiliations, list) else []
    named = [first(place.get("name")) if isinstance(place, dict) else first(place) for place in places]
    orcids = [each for each in mappings(creator.get("nameIdentifiers")) if each.get("nameIdentifierScheme") == "ORCID"]
    return Writer(
        name=f"{given} {family}".strip() if family else first(creator.get("name")),
        affiliations=tuple(named),
        orcid=first(orcids[0].get("nameIdentifier")) if orcids else "",
    )


def _venue(attributes: dict[str, Any]) -> VenueName | None:
    container = first(mapping(attributes.get("container")).get("title"))
    publisher = attributes.get("publisher")
    name = container or first(mapping(publisher).get("name")) or first(publisher)
    kind = VenueKind.OTHER if container else VenueKind.PREPRINT
    return VenueName(name=name, year=year_of(attributes.get("publicationYear")), kind=kind) if name else None
