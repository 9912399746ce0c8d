"""The page of one paper with the tags for Google Scholar: PMLR, CVF, NeurIPS, arXiv and many journals.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing: ``<meta name="citation_title" content="…">``
"""

import re
from html.parser import HTMLParser

from generator.importers.dates import iso_day, year_of
from generator.importers.documents import LineFinder
from generator.importers.people import RecordAuthor
from generator.importers.public_record import PublicRecord, add_record, unreadable
from generator.importers.raw_paper import Options, Parsed, Unread
from generator.model.entities import VenueKind, VenueName
from generator.text.identifiers import (
    identifier,
    is_web_address,
    proceedings_address,
    proceedings_page,
    read_identifier,
)
from generator.text.names import natural_order

NAME = "citation-tags"

_MAX_HEAD = 400_000  # characters; the tags must be within these
# The tag names the kind of venue. Sites that set several mean the first of these.
_VENUES = (
    ("citation_conference_title", VenueKind.CONFERENCE),
    ("citation_conference", VenueKind.CONFERENCE),
    ("citation_inbook_title", VenueKind.CONFERENCE),
    ("citation_book_title", VenueKind.CONFERENCE),
    ("citation_journal_title", VenueKind.JOURNAL),
)
# the day of publication first; many sites set only the year
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year", "citation_cover_date")
# tags that are imported; others are reported as unread
_IMPORTED = frozenset(
    "citation_title citation_author citation_authors citation_author_institution citation_author_orcid citation_doi "
    "citation_arxiv_id citation_pdf_url citation_abstract_html_url citation_public_url citation_fulltext_html_url "
    "citation_keywords citation_volume citation_firstpage citation_lastpage citation_publisher".split()
) | {*(name for name, _ in _VENUES), *_DATES}


class _Tags(HTMLParser):
    """The values of ``citation_`` tags in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.page = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store citation tags, and the URL of the page."""
        attributes = {name: value or "" for name, value in attrs}
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        if tag == "meta" and name.startswith("citation_"):
            self.values.append((name, " ".join(attributes.get("content", "").split())))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.page = attributes.get("href", "")

    def all(self, name: str) -> list[str]:
        """The non-empty values of a tag."""
        return [value for key, value in self.values if key == name and value]

    def first(self, *names: str) -> str:
        """The first value of the first of these tags that has one."""
        return next((value for name in names for value in self.all(name)), "")


def recognizes(text: str) -> bool:
    """Whether ``text`` is an HTML page with a citation tag for a title."""
    head = text[:_MAX_HEAD].lower()
    return "citation_title" in head and "<meta" in head


def read(text: str, options: Options) -> Parsed:
    """Read the paper of the page."""
    tags = _Tags()
    tags.feed(text[:_MAX_HEAD])
    if not tags.first("citation_title"):
        return unreadable(NAME)
    parsed = Parsed()
    line = LineFinder(text).line_of("citation_title")
    venue = _venue(tags)
    date_parts = re.split(r"[/-]", tags.first(*_DATES))
    add_record(
        parsed,
        PublicRecord(
            key=tags.first("citation_doi", "citation_arxiv_id") or options.origin or tags.first("citation_title"),
            title=tags.first("citation_title"),
            line=line,
            authors=_authors(tags),
            venue=venue,
            year=year_of(tags.first(*_DATES)),
            published=iso_day(*date_parts) if len(date_parts) == 3 else "",
            identifiers=[
                identifier("doi", tags.first("citation_doi")),
                identifier("arxiv", tags.first("citation_arxiv_id")),
                read_identifier(_page(tags)),
            ],
            links=_links(tags),
            keywords=re.split(r"[;,]", tags.first("citation_keywords")),
            volume=tags.first("citation_volume"),
            pages="-".join(filter(None, (tags.first("citation_firstpage"), tags.first("citation_lastpage")))),
            publisher=tags.first("citation_publisher"),
        ),
        NAME,
        options,
    )
    parsed.unread += [
        Unread(line, f"tag {name}", value) for name, value in tags.values if name not in _IMPORTED and value
    ]
    return parsed


def _authors(tags: _Tags) -> list[RecordAuthor]:
    """The authors. An institution belongs to the author before it. The family name may come first."""
    authors: list[tuple[str, str, list[str], str]] = []
    for name, value in tags.values:
        if name == "citation_author" and value:
            authors.append((natural_order(value), _family(value), [], ""))
        elif name == "citation_authors":  # one tag for all, as some journals write it
            names = [part.strip() for part in value.split(";") if part.strip()]
            authors += [(natural_order(name), _family(name), [], "") for name in names]
        elif name == "citation_author_institution" and authors and value:
            authors[-1][2].append(value)
        elif name == "citation_author_orcid" and authors:
            authors[-1] = (*authors[-1][:3], value)
    return [
        RecordAuthor(name=name, family=family, affiliations=tuple(affiliations), orcid=orcid)
        for name, family, affiliations, orcid in authors
    ]


def _family(name: str) -> str:
    """The family name of ``Van Durme, Benjamin``, or ''."""
    return name.partition(",")[0].strip() if "," in name else ""


def _venue(tags: _Tags) -> VenueName | None:
    year = year_of(tags.first(*_DATES))
    if tags.first("citation_arxiv_id"):
        return VenueName(name="arXiv", year=year, kind=VenueKind.PREPRINT)
    for tag, kind in _VENUES:
        if name := tags.first(tag):
            return VenueName(name=name, year=year_of(name) or year, kind=kind)
    return None


def _page(tags: _Tags) -> str:
    return tags.first("citation_abstract_html_url", "citation_public_url", "citation_fulltext_html_url") or tags.page


def _links(tags: _Tags) -> dict[str, str]:
    """The page and the PDF, unless they follow from an identifier."""
    pdf, page = tags.first("citation_pdf_url"), _page(tags)
    if not page and (site := proceedings_page(pdf)):
        # PMLR, CVF and NeurIPS name only the PDF; their sites derive its address from that of the page.
        page = proceedings_address(site)
    links = {"page": page, "pdf": pdf}
    return {kind: link for kind, link in links.items() if is_web_address(link) and read_identifier(link) is None}
