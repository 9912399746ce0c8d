"""The page of one paper with tags for Google Scholar, as on PMLR, CVF, NeurIPS, arXiv and sites of many journals.

The tags, ``<meta name="citation_title" content="…">``:
https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

import re
from dataclasses import replace
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
# Tags for the venue, and the kind of venue. If a page has several of these tags, the first in this order counts.
_VENUES = (
    ("citation_conference_title", VenueKind.CONFERENCE),
    ("citation_conference", VenueKind.CONFERENCE),
    ("citation_inbook_title", VenueKind.CONFERENCE),
    ("citation_book_title", VenueKind.CONFERENCE),
    ("citation_journal_title", VenueKind.JOURNAL),
)
# Tags for the date. If a page has several, the first in this order counts; many pages state only the year.
_DATES = ("citation_publication_date", "citation_date", "citation_online_date", "citation_year", "citation_cover_date")
# tags that are imported; others are reported as unread
_IMPORTED = frozenset(
    "citation_title citation_author citation_authors citation_author_institution citation_author_orcid citation_doi "
    "citation_arxiv_id citation_pdf_url citation_abstract_html_url citation_public_url citation_fulltext_html_url "
    "citation_keywords citation_volume citation_firstpage citation_lastpage citation_publisher".split()
) | {*(name for name, _ in _VENUES), *_DATES}


class _Tags(HTMLParser):
    """The names and values of ``citation_`` tags in their order, and the page's canonical URL."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.canonical_url = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store citation tags, and the URL of the page."""
        attributes = {name: value or "" for name, value in attrs}
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        if tag == "meta" and name.startswith("citation_"):
            self.values.append((name, " ".join(attributes.get("content", "").split())))
        elif tag == "link" and attributes.get("rel", "").lower() == "canonical":
            self.canonical_url = attributes.get("href", "")

    def all_of(self, name: str) -> list[str]:
        """The values of the tags with this name, without empty ones."""
        return [value for tag, value in self.values if tag == name and value]

    def first(self, *names: str) -> str:
        """The first value that is not empty, of the tags in the order of ``names``; else ''."""
        return next((value for name in names for value in self.all_of(name)), "")


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
                read_identifier(_page_url(tags)),
            ],
            links=_links(tags),
            keywords=[word for words in tags.all_of("citation_keywords") for word in re.split(r"[;,]", words)],
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
    """The authors. The tags of institutions and ORCID iDs belong to the author before them."""
    authors: list[RecordAuthor] = []
    has_single_authors = bool(tags.first("citation_author"))
    for tag, value in tags.values:
        if tag == "citation_author" and value:
            authors.append(_author(value))
        elif tag == "citation_authors" and not has_single_authors:  # one tag for all authors, on some pages
            authors += [_author(name.strip()) for name in value.split(";") if name.strip()]
        elif tag == "citation_author_institution" and authors and value:
            authors[-1] = replace(authors[-1], affiliations=(*authors[-1].affiliations, value))
        elif tag == "citation_author_orcid" and authors:
            authors[-1] = replace(authors[-1], orcid=value)
    return authors


def _author(name: str) -> RecordAuthor:
    """An author from ``Benjamin Van Durme`` or ``Van Durme, Benjamin``, which states the family name."""
    return RecordAuthor(name=natural_order(name), family=name.partition(",")[0].strip() if "," in name else "")


def _venue(tags: _Tags) -> VenueName | None:
    year = year_of(tags.first(*_DATES))
    if tags.first("citation_arxiv_id"):
        return VenueName(name="arXiv", year=year, kind=VenueKind.PREPRINT)
    for tag, kind in _VENUES:
        if name := tags.first(tag):
            return VenueName(name=name, year=year_of(name) or year, kind=kind)
    return None


def _page_url(tags: _Tags) -> str:
    tagged_url = tags.first("citation_abstract_html_url", "citation_public_url", "citation_fulltext_html_url")
    return tagged_url or tags.canonical_url


def _links(tags: _Tags) -> dict[str, str]:
    """The URLs of the page and the PDF, unless they follow from an identifier."""
    pdf, page = tags.first("citation_pdf_url"), _page_url(tags)
    # PMLR, CVF and NeurIPS state only the URL of the PDF. The URL of the page follows from it.
    if not page and (page_in_proceedings := proceedings_page(pdf)):
        page = proceedings_address(page_in_proceedings)
    links = {"page": page, "pdf": pdf}
    return {kind: link for kind, link in links.items() if is_web_address(link) and read_identifier(link) is None}
