"""The content of a paper's citation, computed once from paper, edition and series. The formats only write it.

The abstract and the digest's own texts are never part of it: it cites the paper, not the digest.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum

from generator.model.catalog import Catalog, EditionEntry
from generator.model.entities import VenueKind
from generator.model.localized import in_language
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
_RANGE_DASH = re.compile(r"(?<!\s)\s*+[-–—][-–—\s]*+")  # any dash in ``12--34``, with or without spaces


@record
class Reference:
    """A paper as it is cited.

    ``venue`` is the name of the proceedings, the journal or the preprint server, ``event`` the short name with its
    year; ``families`` are the family names that the entry states, by author; ``volume``, ``pages`` (a range with an en
    dash) and ``publisher`` may be ''. ``addresses`` are the URLs of public copies, the most permanent first; ``notice``
    states a retraction or similar, or is ''. ``published`` is the date on which the venue published the paper, if
    known.
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
    """Return the reference of a paper. Notices are in ``language``, the digest's own; ``words`` has its texts."""
    entry = catalog.editions[paper.venue]
    edition = entry.edition
    form = _FORMS[entry.series.kind]
    return Reference(
        id=paper.id,
        form=form,
        title=paper.title,
        authors=paper.author_names,
        families={author.name: author.family for author in paper.authors if author.family},
        authors_incomplete=paper.authors_incomplete,
        year=catalog.year_of(paper),
        published=_issued(paper, edition.year, form),
        venue=_venue(entry, paper, form),
        event=entry.name,
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
    if form is Form.PREPRINT:
        return entry.series.name
    name = entry.series.full_name or entry.series.name
    # The track of a workshop paper is the workshop's name, in a series such as "NeurIPS Workshop".
    is_named = entry.series.kind is VenueKind.WORKSHOP and paper.track and "workshop" in paper.track.lower()
    return f"{name}: {paper.track}" if is_named else name


def _issued(paper: Paper, year: int | None, form: Form) -> date | None:
    """The date on which the venue published the paper; None if only the preprint's date is known."""
    # ``published`` is the day of the first public version, which is arXiv's for a paper that has been there.
    day = None if paper.arxiv and form is not Form.PREPRINT else paper.published
    return day if day and year in (None, day.year) else None


def _addresses(paper: Paper, form: Form) -> tuple[str, ...]:
    """The URLs of registries, the venue's own page if none of them is the venue's, and the preprint last."""
    public = paper.identifiers
    addresses = [public_address(kind, public[kind]) for kind in ("doi", "acl", "openreview") if kind in public]
    if paper.links.page and not addresses and form is not Form.PREPRINT:
        addresses.append(paper.links.page)
    if paper.arxiv:
        addresses.append(public_address("arxiv", paper.arxiv))
    others = [address for address in (paper.links.page, paper.links.pdf) if address]  # for papers without identifiers
    return tuple(dict.fromkeys(addresses)) or tuple(others[:1])


def _notice(paper: Paper, language: str, words: Words) -> str:
    if paper.status is Status.PUBLISHED:
        return ""
    name = words.say(STATUS_NAMES[paper.status])
    day = " " + words.say("on {day}", day=day_name(paper.status_date, words)) if paper.status_date else ""
    note = in_language(paper.status_note, language, language)
    return f"{name[:1].upper()}{name[1:]}{day}" + (f": {note}" if note else ".")
