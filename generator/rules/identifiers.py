"""Rules that compare an entry with what its identifiers contain: the month of a preprint, the venue, the title."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from generator.model.catalog import Content
from generator.model.entities import Edition, Series, VenueKind
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.problems import paper_problem
from generator.text.identifiers import arxiv_month
from generator.text.maths import to_plain
from generator.text.slug import folded

_MAX_ANNOUNCEMENT_DELAY = timedelta(days=7)
"""arXiv can give a preprint submitted in the last days of a month an id of the next month."""
_MAX_YEARS_TO_POST = 1
"""Years after its edition within which authors post a paper to arXiv."""

# Registrants of preprint servers: arXiv, bioRxiv, SSRN, TechRxiv, Research Square, Zenodo, OSF, ChemRxiv, Preprints.org
_PREPRINT_PREFIXES = tuple(f"10.{number}/" for number in (48550, 1101, 2139, 36227, 21203, 5281, 31219, 26434, 20944))
# Forms of DOIs that contain a code of the venue, and often the year: ``10.1109/cvpr52688.2022.00001``. Registrants in
# this order: ACL Anthology, IEEE, IJCAI, AAAI, MIT Press, Logical Methods in Computer Science.
_VENUE_DOIS = (
    re.compile(r"10\.18653/v1/(?P<year>[0-9]{4})\.(?P<venue>findings-[a-z]+|[a-z]+)-"),
    re.compile(r"10\.1109/(?P<venue>[a-z]+)[0-9]*\.(?P<year>[0-9]{4})\."),
    re.compile(r"10\.24963/(?P<venue>ijcai)\.(?P<year>[0-9]{4})/"),
    re.compile(r"10\.1609/(?P<venue>[a-z]+)\.v"),
    re.compile(r"10\.1162/(?P<venue>[a-z]+)_a_"),
    re.compile(r"10\.2168/(?P<venue>lmcs)-"),
)


class _DoiVenue(NamedTuple):
    """The code of a venue in a DOI, such as ``cvpr``, and its year or 0."""

    code: str
    year: int


def dates_follow_the_preprint(content: Content) -> Iterator[Problem]:
    """The dates ``added`` and ``published`` are at most a week before the month of the arXiv id."""
    for paper in content.papers:
        month = arxiv_month(paper.arxiv) if paper.arxiv else None
        for field, day in (("added", paper.added), ("published", paper.published)):
            if month and day and day < month - _MAX_ANNOUNCEMENT_DELAY:
                message = f"{field} is {day}, but arXiv {paper.arxiv} is from {month:%Y-%m}"
                yield paper_problem(paper, "W601", message, "Correct the date or the arXiv id.", field)


def venues_follow_the_preprint(content: Content) -> Iterator[Problem]:
    """The year of a paper's edition is at most one before that of its arXiv id, and of a preprint server, none."""
    editions = {edition.id: (series, edition) for series in content.series for edition in series.editions}
    for paper in content.papers:
        month = arxiv_month(paper.arxiv) if paper.arxiv else None
        series, edition = editions.get(paper.venue, (None, None))
        if month is None or series is None or edition is None or edition.year is None:
            continue
        # An edition of a preprint server is the year in which preprints were posted.
        years_to_post = 0 if series.kind is VenueKind.PREPRINT else _MAX_YEARS_TO_POST
        if edition.year < month.year - years_to_post:
            message = f"{paper.venue} is from {edition.year}, but arXiv {paper.arxiv} is from {month.year}"
            yield paper_problem(paper, "W602", message, "Correct the venue or the arXiv id.", "venue")


def dois_match_the_venue(content: Content) -> Iterator[Problem]:
    """If a DOI contains the code of a venue, the paper has this venue. A preprint has no publisher's DOI."""
    editions = {edition.id: (series, edition) for series in content.series for edition in series.editions}
    series_by_code = {code: series for series in content.series for code in _doi_codes(series)}
    for paper in content.papers:
        if paper.doi and paper.venue in editions:
            yield from _check_doi(paper, paper.doi.lower(), *editions[paper.venue], series_by_code)


def _check_doi(
    paper: Paper, doi: str, series: Series, edition: Edition, series_by_code: Mapping[str, Series]
) -> Iterator[Problem]:
    """Compare a DOI with the paper's ``series`` and ``edition``."""
    doi_venue = _venue_in_doi(doi)
    doi_series = series_by_code.get(doi_venue.code) if doi_venue else None
    hint = "Name the venue in which the paper appeared, or correct the DOI."
    if series.kind is VenueKind.PREPRINT:
        if not doi.startswith(_PREPRINT_PREFIXES):
            owner = doi_series.name if doi_series else "a publisher"
            message = f"the DOI belongs to {owner}, but the venue is {series.name}"
            yield paper_problem(paper, "W603", message, hint, "doi")
    elif doi_venue and doi_series and doi_series is not series:
        message = f"the DOI belongs to {doi_series.name}, but the venue is {series.name}"
        yield paper_problem(paper, "W603", message, hint, "doi")
    # The year in the DOI of a journal article is often that of acceptance, so only conferences are compared.
    elif doi_venue and doi_series and series.kind is VenueKind.CONFERENCE and doi_venue.year not in (0, edition.year):
        message = f"the DOI belongs to {series.name} {doi_venue.year}, but the venue is {edition.id}"
        yield paper_problem(paper, "W603", message, hint, "doi")


def _venue_in_doi(doi: str) -> _DoiVenue | None:
    """The venue that a DOI in lower case names; None if its form is unknown."""
    for pattern in _VENUE_DOIS:
        if match := pattern.match(doi):
            return _DoiVenue(folded(match["venue"]), int(match.groupdict().get("year") or 0))
    return None


def _doi_codes(series: Series) -> Iterator[str]:
    """Yield the codes that DOIs can have for a series.

    For example, ``cvprw`` for ``cvpr-workshop``, ``findingsacl`` for *Findings of ACL*, ``access`` for *IEEE Access*.
    """
    for name in (series.id, series.name):
        code = re.sub(r"workshop$", "w", folded(name)).replace("findingsof", "findings")
        yield from (code, re.sub(r"^(?:ieee|acm)", "", code))


def titles_are_as_recorded(content: Content, recorded_titles: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """The title in the public record of each identifier is the entry's title, or one of its other titles.

    ``recorded_titles`` maps the kind and value of an identifier, such as ``("arxiv", "1706.03762")``, to the title in
    its record. Identifiers without a known record are skipped.
    """
    for paper in content.papers:
        entry_titles = {_plain(title) for title in (paper.title, *paper.other_titles)}
        for kind, value in paper.identifiers.items():
            title = recorded_titles.get((kind, value))
            if title and _plain(title) not in entry_titles:
                hint = "List the title in other_titles, or correct the title or the identifier."
                yield paper_problem(paper, "W605", f"the record of {kind} {value} is titled “{title}”", hint, kind)


def _plain(title: str) -> str:
    """A title for comparison: letters and digits only, formulas as text."""
    return folded(to_plain(title))
