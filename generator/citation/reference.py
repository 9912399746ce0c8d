"""The content of a paper's citation, computed from paper, edition and series. Other modules write it in each format.

A reference cites the paper and not the digest, so it never contains the abstract or the digest's own texts.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from generator.model.catalog import Catalog, EditionEntry
from generator.model.entities import VenueKind
from generator.model.localized import in_digest_language
from generator.model.paper import STATUS_NAMES, Paper, Status
from generator.model.record import record
from generator.text.identifiers import public_address
from generator.text.names import Name, split_name
from generator.text.words import ENGLISH, Words, day_name


class Form(StrEnum):
    """The form of publication, which determines the type of the reference."""

    PROCEEDINGS = "proceedings"
    JOURNAL = "journal"
    PREPRINT = "preprint"
    OTHER = "other"


_FORMS = {
    VenueKind.CONFERENCE: Form.PROCEEDINGS,
    VenueKind.WORKSHOP: Form.PROCEEDINGS,
    VenueKind.JOURNAL: Form.JOURNAL,
    VenueKind.PREPRINT: Form.PREPRINT,
    VenueKind.OTHER: Form.OTHER,
}
# One or more dashes and the spaces around them, as in ``12--34`` or ``12 – 34``. No spaces are read twice, so that the
# time is linear.
_RANGE_DASH = re.compile(r"(?<!\s)\s*+[-–—][-–—\s]*+")


@record
class Reference:
    """A paper as it is cited. A text that is not known is ''.

    ``families`` are the family names that the entry states, by author's name. ``venue`` is the name of the proceedings,
    the journal or the preprint server, ``event`` the venue's short name with the year. ``published`` is the date on
    which the venue published the paper, if known. ``pages`` is a range with an en dash. ``identifiers`` are the bare
    identifiers by kind. ``addresses`` are the URLs of public copies, the most permanent first. ``notice`` states a
    correction, retraction or similar.
    """

    id: str
    form: Form
    title: str
    authors: tuple[str, ...]
    families: Mapping[str, str] = field(default_factory=dict)
    authors_incomplete: bool
    year: int | None
    published: date | None
    venue: str
    event: str
    volume: str = ""
    pages: str = ""
    publisher: str = ""
    place: str
    starts: date | None
    ends: date | None
    identifiers: Mapping[str, str]
    addresses: tuple[str, ...]
    status: Status
    notice: str

    @property
    def names(self) -> tuple[Name, ...]:
        """The authors' names, split into their parts, in order."""
        return tuple(split_name(name, self.families.get(name, "")) for name in self.authors)


def reference_of(catalog: Catalog, paper: Paper, language: str, words: Words = ENGLISH) -> Reference:
    """Return the reference of a paper.

    The notice quotes the status note in the digest's ``language``; ``words`` translates the rest of the notice.
    """
    edition_entry = catalog.editions[paper.venue]
    edition = edition_entry.edition
    form = _FORMS[edition_entry.series.kind]
    return Reference(
        id=paper.id,
        form=form,
        title=paper.title,
        authors=paper.author_names,
        families={author.name: author.family for author in paper.authors if author.family},
        authors_incomplete=paper.authors_incomplete,
        year=catalog.year_of(paper),
        published=_published(paper, edition.year, form),
        venue=_venue(edition_entry, paper, form),
        event=edition_entry.name,
        volume=paper.volume or "",
        pages=_RANGE_DASH.sub("–", paper.pages or ""),
        publisher=paper.publisher or "",
        place=edition.place or "",
        starts=edition.starts,
        ends=edition.ends,
        identifiers=paper.identifiers,
        addresses=_addresses(paper, form),
        status=paper.status,
        notice=_notice(paper, language, words),
    )


def references(catalog: Catalog, language: str, words: Words = ENGLISH) -> dict[str, Reference]:
    """Return the reference of every paper, by id, in the catalog's order."""
    return {paper.id: reference_of(catalog, paper, language, words) for paper in catalog.papers.values()}


def _venue(entry: EditionEntry, paper: Paper, form: Form) -> str:
    """The name of the venue in full, or of the preprint server."""
    if form is Form.PREPRINT:
        return entry.series.name
    name = entry.series.full_name or entry.series.name
    # In a series such as "NeurIPS Workshop", the track of a paper is the name of its workshop.
    is_workshop = entry.series.kind is VenueKind.WORKSHOP and paper.track and "workshop" in paper.track.lower()
    return f"{name}: {paper.track}" if is_workshop else name


def _published(paper: Paper, edition_year: int | None, form: Form) -> date | None:
    """The date on which the venue published the paper; None if only that of another version, or none, is known."""
    # ``Paper.published`` is the day of the first public version: that of the preprint, for a paper on arXiv.
    day = None if paper.arxiv and form is not Form.PREPRINT else paper.published
    # A day in another year than the edition's is not that of the proceedings, but of an earlier or later copy.
    return day if day and edition_year in (None, day.year) else None


def _addresses(paper: Paper, form: Form) -> tuple[str, ...]:
    """The URLs of the published version, from its identifiers or else its page; then that of the preprint on arXiv.

    Without these, the page or else the PDF.
    """
    identifiers = paper.identifiers
    addresses = [
        public_address(kind, identifiers[kind]) for kind in ("doi", "acl", "openreview") if kind in identifiers
    ]
    if paper.links.page and not addresses and form is not Form.PREPRINT:
        addresses.append(paper.links.page)
    if paper.arxiv:
        addresses.append(public_address("arxiv", paper.arxiv))
    links = [address for address in (paper.links.page, paper.links.pdf) if address]
    return tuple(dict.fromkeys(addresses)) or tuple(links[:1])


def _notice(paper: Paper, language: str, words: Words) -> str:
    """``Retracted on 23 April 2026: NOTE``, or '' for a published paper."""
    if paper.status is Status.PUBLISHED:
        return ""
    name = words.say(STATUS_NAMES[paper.status])
    day = " " + words.say("on {day}", day=day_name(paper.status_date, words)) if paper.status_date else ""
    note = in_digest_language(paper.status_note, language)
    return f"{name[:1].upper()}{name[1:]}{day}" + (f": {note}" if note else ".")
