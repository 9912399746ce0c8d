"""XML files of the ACL Anthology: collections of volumes of papers. https://aclanthology.org/info/development/"""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from generator.importers.dates import iso_day, year_of
from generator.importers.documents import BadXml, LineFinder, root_of, text_of
from generator.importers.people import RecordAuthor
from generator.importers.plain import plain
from generator.importers.public_record import PublicRecord, add_record, note_if_empty, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
from generator.text.identifiers import identifier, is_web_address, read_identifier
from generator.text.names import joined_name

NAME = "acl-xml"

_NOT_A_SERIES = frozenset({"ws", "findings"})  # names of venues that contain papers of many events
_NUMBER = re.compile(r"[0-9]{1,3}")  # of a volume or a paper, before 2020
# child elements that are imported; others are reported as unread
_IMPORTED = frozenset("title author url doi abstract award retracted removed pages pwccode".split())
# Volume ids of conferences since 2020, such as ``long`` in ``2022.acl-long``.
_TRACKS = {
    "long": "long", "short": "short", "demo": "demo", "demos": "demo", "srw": "student research workshop",
    "industry": "industry", "tutorials": "tutorial", "tutorial": "tutorial", "findings": "findings",
}  # fmt: skip
# Older volumes have numbers as ids, so their titles state the track.
_TRACK_IN_TITLE = (
    (re.compile(r"\bLong(?: and Short)? Papers\b"), "long"),
    (re.compile(r"\bShort Papers\b"), "short"),
    (re.compile(r"\b(?:System )?Demonstrations\b"), "demo"),
    (re.compile(r"\bStudent (?:Research )?Workshop\b"), "student research workshop"),
    (re.compile(r"\bIndustry (?:Papers|Track)\b"), "industry"),
    (re.compile(r"\bTutorial"), "tutorial"),
    (re.compile(r"^Findings of\b"), "findings"),
)


def recognizes(text: str) -> bool:
    """Whether a ``<collection>`` with volumes begins near the top."""
    head = text[:4000]
    return "<collection id=" in head and "<volume id=" in head


def read(text: str, options: Options) -> Parsed:
    """Read the papers of all volumes. Front matter is not a paper: it is reported as unread."""
    try:
        collection = root_of(text)
    except BadXml as error:
        return unreadable(NAME, str(error))
    parsed = Parsed()
    lines = LineFinder(text)
    collection_id = collection.get("id", "")
    for volume in collection.findall("volume"):
        line = lines.line_of("<volume ")
        venue, track = _venue(volume, collection_id)
        publisher = plain(text_of(volume.find("meta/publisher")))
        parsed.unread += [Unread(line, f"field {child.tag}", plain(text_of(child))) for child in _unread_meta(volume)]
        for paper in volume.findall("paper"):
            line = lines.line_of("<paper ")
            paper_id = _paper_id(collection_id, volume.get("id", ""), paper.get("id", ""))
            record = replace(_record(paper, paper_id, line), venue=venue, track=track, publisher=publisher)
            add_record(parsed, record, NAME, options, _awards_and_status(paper))
            parsed.unread += _unread(paper, line, abstract=options.abstract)
    return note_if_empty(parsed)


def _paper_id(collection: str, volume: str, paper: str) -> str:
    """Return the Anthology's id: ``2022.acl-long.1``; for old volumes ``L06-1060``, for workshops ``W17-2304``.

    https://aclanthology.org/info/ids/
    """
    if not (re.fullmatch(r"[A-Z][0-9]{2}", collection) and _NUMBER.fullmatch(volume) and _NUMBER.fullmatch(paper)):
        return f"{collection}-{volume}.{paper}"
    # Before 2020, volume and paper are four digits: one and three, or two and two for workshops and some other volumes.
    is_workshop = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(volume) >= 5)
    return f"{collection}-{int(volume):02}{int(paper):02}" if is_workshop else f"{collection}-{volume}{int(paper):03}"


def _venue(volume: Element, collection_id: str) -> tuple[VenueName, str]:
    """Return the edition of a volume, and the track of all its papers or ''."""
    meta = volume.find("meta")
    if meta is None:
        meta = Element("meta")
    venue_names = [text_of(venue).strip() for venue in meta.findall("venue")]
    title = plain(text_of(meta.find("booktitle")))
    volume_id = volume.get("id", "")
    is_findings = collection_id.endswith(".findings")  # its volumes are named after the conference: ``acl``, ``emnlp``
    short = next((name for name in venue_names if name not in _NOT_A_SERIES), volume_id if is_findings else "")
    track = "findings" if is_findings else _TRACKS.get(volume_id, "")
    if not track:
        track = next((name for pattern, name in _TRACK_IN_TITLE if pattern.search(title)), "")
    kind = VenueKind.JOURNAL if volume.get("type") == "journal" else VenueKind.CONFERENCE
    year = year_of(text_of(meta.find("year"))) or _year_of_id(collection_id)
    return VenueName(name=title, year=year, kind=kind, short=short), track


def _year_of_id(collection_id: str) -> int | None:
    """Return the year in a collection's id: ``2022.acl``, ``P19``, ``C69``. https://aclanthology.org/info/ids/"""
    if match := re.fullmatch(r"[A-Z]([0-9]{2})", collection_id):
        return 1900 + int(match[1]) if int(match[1]) > 50 else 2000 + int(match[1])  # the oldest is C65, of 1965
    return year_of(collection_id.partition(".")[0])


def _unread_meta(volume: Element) -> list[Element]:
    """Return the elements of a volume that are not imported, with its front matter."""
    meta = volume.find("meta")
    imported = {"booktitle", "year", "venue", "url", "publisher"}
    unread = [] if meta is None else [child for child in meta if child.tag not in imported]
    return [*unread, *volume.findall("frontmatter")]


def _record(paper: Element, paper_id: str, line: int) -> PublicRecord:
    address = text_of(paper.find("url")).strip()
    # ``<url>`` is an id of the Anthology, its URL, or the URL of a PDF elsewhere.
    acl_of_url = read_identifier(address)
    if acl_of_url and acl_of_url.kind != "acl":
        acl_of_url = None
    acl = identifier("acl", address) or acl_of_url or identifier("acl", paper_id)
    code = paper.find("pwccode")  # the repository that Papers with Code linked
    links = {
        "pdf": address if acl_of_url is None and is_web_address(address) else "",
        "code": "" if code is None else code.get("url", ""),
    }
    return PublicRecord(
        key=acl.value if acl else paper_id,
        title=text_of(paper.find("title")),
        line=line,
        authors=[_author(author) for author in paper.findall("author")],
        pages=text_of(paper.find("pages")),
        identifiers=[acl, identifier("doi", text_of(paper.find("doi")))],
        links=links,
        abstract=text_of(paper.find("abstract")),
    )


def _awards_and_status(paper: Element) -> RawRecord:
    """Return the fields ``awards`` and, for a retracted or removed paper, ``status`` with its note and date."""
    fields: RawRecord = {"awards": [award for element in paper.findall("award") if (award := plain(text_of(element)))]}
    for tag in ("removed", "retracted"):
        if (notice := paper.find(tag)) is not None:
            fields["status"] = tag
            fields["status_note"] = plain(text_of(notice))
            fields["status_date"] = iso_day(*notice.get("date", "").split("-"))
    return fields


def _unread(paper: Element, line: int, *, abstract: bool) -> list[Unread]:
    """Return the elements of a paper that were not imported."""
    imported = _IMPORTED if abstract else _IMPORTED - {"abstract"}
    return [
        Unread(line, f"field {child.tag}", " ".join(filter(None, (plain(text_of(child)), child.get("href", "")))))
        for child in paper
        if isinstance(child.tag, str) and child.tag not in imported
    ]


def _author(author: Element) -> RecordAuthor:
    given, family = plain(text_of(author.find("first"))), plain(text_of(author.find("last")))
    affiliations = tuple(text_of(element) for element in author.findall("affiliation"))
    name = joined_name(given, family)
    return RecordAuthor(
        name=name, family=family if given else "", affiliations=affiliations, orcid=author.get("orcid", "")
    )
