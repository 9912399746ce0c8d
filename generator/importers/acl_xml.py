"""XML files of the ACL Anthology: collections of volumes of papers. https://aclanthology.org/info/development/"""

from xml.etree.ElementTree import Element

from generator.importers.public_record import PublicRecord, Writer, add_record, plain, unreadable, year_of
from generator.importers.raw_paper import Options, Parsed
from generator.importers.xml_text import BadXml, root_of, text_of
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier

NAME = "acl-xml"

_NOT_A_SERIES = frozenset({"ws", "findings"})


def recognises(text: str) -> bool:
    """A ``<collection>`` with volumes near the top."""
    head = text[:4000]
    return "<collection id=" in head and "<volume id=" in head


def read(text: str, options: Options) -> Parsed:
    """Read the papers of all volumes; front matter is no paper."""
    try:
        collection = root_of(text)
    except BadXml as error:
        return unreadable(NAME, str(error))
    parsed = Parsed()
    for volume in collection.findall("volume"):
        venue = _venue(volume)
        publisher = plain(text_of(volume.find("meta/publisher")))
        prefix = f"{collection.get('id', '')}-{volume.get('id', '')}"
        for paper in volume.findall("paper"):
            add_record(parsed, _record(paper, prefix, venue, publisher), NAME, options)
    return parsed


def _venue(volume: Element) -> VenueName:
    meta = volume.find("meta")
    meta = volume if meta is None else meta
    series = [text_of(each).strip() for each in meta.findall("venue")]
    return VenueName(
        name=plain(text_of(meta.find("booktitle"))),
        year=year_of(text_of(meta.find("year"))),
        kind=VenueKind.CONFERENCE,
        short=next((name for name in series if name not in _NOT_A_SERIES), ""),
    )


def _record(paper: Element, prefix: str, venue: VenueName, publisher: str) -> PublicRecord:
    acl = identifier("acl", text_of(paper.find("url"))) or identifier("acl", f"{prefix}.{paper.get('id', '')}")
    return PublicRecord(
        key=acl.value if acl else f"{prefix}.{paper.get('id', '')}",
        title=text_of(paper.find("title")),
        writers=[_writer(author) for author in paper.findall("author")],
        venue=venue,
        pages=text_of(paper.find("pages")),
        publisher=publisher,
        identifiers=[acl, identifier("doi", text_of(paper.find("doi")))],
        abstract=text_of(paper.find("abstract")),
    )


def _writer(author: Element) -> Writer:
    name = f"{text_of(author.find('first'))} {text_of(author.find('last'))}"
    places = tuple(text_of(place) for place in author.findall("affiliation"))
    return Writer(name=name, affiliations=places, orcid=author.get("orcid", ""))
