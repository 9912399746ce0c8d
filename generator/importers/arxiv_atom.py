"""Answers of arXiv's API, an Atom feed. https://info.arxiv.org/help/api/user-manual.html"""

from xml.etree.ElementTree import Element

from generator.importers.public_record import PublicRecord, Writer, add_record, day, plain, unreadable, year_of
from generator.importers.raw_paper import Note, Options, Parsed
from generator.importers.xml_text import BadXml, root_of, text_of
from generator.model.venue import VenueKind, VenueName
from generator.text.addresses import identifier, read_identifier
from generator.text.latex_text import decode_latex

NAME = "arxiv-atom"

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"


def recognises(text: str) -> bool:
    """An Atom feed that speaks of arXiv."""
    head = text[:4000]
    return "http://www.w3.org/2005/Atom" in head and "arxiv.org" in head


def read(text: str, options: Options) -> Parsed:
    """Read the entries. An entry that is arXiv's message of an error is noted and left out."""
    try:
        entries = root_of(text).findall(f"{_ATOM}entry")
    except BadXml as error:
        return unreadable(NAME, str(error))
    parsed = Parsed()
    for entry in entries:
        address = text_of(entry.find(f"{_ATOM}id")).strip()
        if "/api/errors" in address:
            parsed.notes.append(Note(1, f"arXiv says: {plain(text_of(entry.find(f'{_ATOM}summary')))}", lost=True))
        else:
            add_record(parsed, _record(entry, address), NAME, options)
    return parsed


def _record(entry: Element, address: str) -> PublicRecord:
    arxiv = read_identifier(address)
    published = day(*text_of(entry.find(f"{_ATOM}published")).strip()[:10].split("-"))
    return PublicRecord(
        key=arxiv.value if arxiv else address,
        title=decode_latex(text_of(entry.find(f"{_ATOM}title"))),
        writers=[_writer(author) for author in entry.findall(f"{_ATOM}author")],
        venue=VenueName(name="arXiv", year=year_of(published), kind=VenueKind.PREPRINT),
        published=published,
        identifiers=[arxiv, identifier("doi", text_of(entry.find(f"{_ARXIV}doi")))],
        abstract=text_of(entry.find(f"{_ATOM}summary")),
    )


def _writer(author: Element) -> Writer:
    places = tuple(text_of(place) for place in author.findall(f"{_ARXIV}affiliation"))
    return Writer(name=decode_latex(text_of(author.find(f"{_ATOM}name"))), affiliations=places)
