"""Compare an entry with the facts in its identifiers: date of the preprint, venue and title of the paper."""

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

_MAX_ANNOUNCEMENT = timedelta(days=7)
"""A preprint submitted in the last days of a month can get an id of the next month."""
_MAX_YEARS_TO_POST = 1
"""The years after a conference or journal volume within which authors post the paper to arXiv."""

# Registrants of preprint servers: arXiv, bioRxiv, SSRN, TechRxiv, Research Square, Zenodo, OSF, ChemRxiv, Preprints.org
_PREPRINTS = tuple(f"10.{number}/" for number in (48550, 1101, 2139, 36227, 21203, 5281, 31219, 26434, 20944))
# DOIs that name their venue, most with its year.
_DOIS = (
    re.compile(r"10\.18653/v1/(?P<year>[0-9]{4})\.(?P<venue>findings-[a-z]+|[a-z]+)-"),
    re.compile(r"10\.1109/(?P<venue>[a-z]+)[0-9]*\.(?P<year>[0-9]{4})\."),
    re.compile(r"10\.24963/(?P<venue>ijcai)\.(?P<year>[0-9]{4})/"),
    re.compile(r"10\.1609/(?P<venue>[a-z]+)\.v"),
    re.compile(r"10\.1162/(?P<venue>[a-z]+)_a_"),
    re.compile(r"10\.2168/(?P<venue>lmcs)-"),
)


class _DoiVenue(NamedTuple):
    """The venue that a DOI names, letters only, and its year or 0."""

    venue: str
    year: int


def days_follow_the_preprint(content: Content) -> Iterator[Problem]:
    """Neither the entry nor the paper is older than the month of its arXiv id."""
    for paper in content.papers:
        month = arxiv_month(paper.arxiv) if paper.arxiv else None
        for field, day in (("added", paper.added), ("published", paper.published)):
            if month and day and day < month - _MAX_ANNOUNCEMENT:
                message = f"{field} is {day}, but arXiv {paper.arxiv} is of {month:%Y-%m}"
                yield paper_problem(paper, "W601", message, "Correct the date or the arXiv id.", field)


def venues_follow_the_preprint(content: Content) -> Iterator[Problem]:
    """A paper's edition is at most one year older than its arXiv id."""
    editions = {edition.id: (series, edition) for series in content.series for edition in series.editions}
    for paper in content.papers:
        month = arxiv_month(paper.arxiv) if paper.arxiv else None
        series, edition = editions.get(paper.venue, (None, None))
        if month is None or series is None or edition is None or edition.year is None:
            continue
        # The edition of a preprint server is the year of the preprint itself.
        slack = 0 if series.kind is VenueKind.PREPRINT else _MAX_YEARS_TO_POST
        if edition.year < month.year - slack:
            message = f"{paper.venue} is of {edition.year}, but arXiv {paper.arxiv} is of {month.year}"
            yield paper_problem(paper, "W602", message, "Correct the venue or the arXiv id.", "venue")


def dois_are_of_the_venue(content: Content) -> Iterator[Problem]:
    """A DOI with a venue code matches the paper's venue, and a preprint has no publisher's DOI."""
    editions = {edition.id: (series, edition) for series in content.series for edition in series.editions}
    series_by_key = {key: series for series in content.series for key in _keys(series)}
    for paper in content.papers:
        if paper.doi and paper.venue in editions:
            yield from _doi(paper, paper.doi.lower(), *editions[paper.venue], series_by_key)


def _doi(
    paper: Paper, doi: str, series: Series, edition: Edition, series_by_key: Mapping[str, Series]
) -> Iterator[Problem]:
    from_doi = _venue_in_doi(doi)
    doi_series = series_by_key.get(from_doi.venue) if from_doi else None
    hint = "Name the venue in which the paper appeared, or correct the DOI."
    if series.kind is VenueKind.PREPRINT:
        if not doi.startswith(_PREPRINTS):
            owner = f"of {doi_series.name}" if doi_series else "a publisher's"
            yield paper_problem(paper, "W603", f"the DOI is {owner}, but the venue is {series.name}", hint, "doi")
    elif from_doi and doi_series and doi_series is not series:
        yield paper_problem(
            paper, "W603", f"the DOI is of {doi_series.name}, but the venue is {series.name}", hint, "doi"
        )
    # Not for journals: the year in their DOIs is often that of acceptance, not that of the volume.
    elif from_doi and doi_series and series.kind is VenueKind.CONFERENCE and from_doi.year not in (0, edition.year):
        message = f"the DOI is of {series.name} {from_doi.year}, but the venue is {edition.id}"
        yield paper_problem(paper, "W603", message, hint, "doi")


def _venue_in_doi(doi: str) -> _DoiVenue | None:
    for pattern in _DOIS:
        if match := pattern.match(doi):
            return _DoiVenue(folded(match["venue"]), int(match.groupdict().get("year") or 0))
    return None


def _keys(series: Series) -> Iterator[str]:
    """Names of a series in DOIs: ``cvprw`` for ``cvpr-workshop``, ``findingsacl``, ``access`` for IEEE Access."""
    # DOIs abbreviate: CVPR's workshops are ``cvprw``, and journals of IEEE and ACM have no sponsor in their code.
    for name in (series.id, series.name):
        key = re.sub(r"workshop$", "w", folded(name)).replace("findingsof", "findings")
        yield from (key, re.sub(r"^(?:ieee|acm)", "", key))


def titles_are_as_recorded(content: Content, recorded: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """An entry's title, or one of its other titles, is that of the public record of each of its identifiers.

    ``recorded`` holds titles by kind of identifier and bare value, as far as records are known.
    """
    for paper in content.papers:
        ours = {_plain(title) for title in (paper.title, *paper.other_titles)}
        for kind, value in paper.identifiers.items():
            title = recorded.get((kind, value))
            if title and _plain(title) not in ours:
                hint = "List the title in other_titles, or correct the title or the identifier."
                yield paper_problem(paper, "W605", f"the record of {kind} {value} is titled “{title}”", hint, kind)


def _plain(title: str) -> str:
    return folded(to_plain(title))
