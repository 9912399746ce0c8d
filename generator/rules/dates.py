"""Rules for dates and statuses that contradict each other."""

from collections.abc import Iterator
from datetime import date

from generator.model.catalog import Content
from generator.model.entities import Edition, VenueKind
from generator.model.paper import Paper, Status
from generator.model.problem import Problem
from generator.model.record import Location
from generator.rules.problems import paper_problem, record_problem

_MAX_YEARS_BEFORE_EDITION = 5  # between a paper's first version, often a preprint, and its edition
_MAX_YEARS_AFTER_EDITION = 1  # proceedings can appear in the year after the conference


def editions_end_after_they_start(content: Content) -> Iterator[Problem]:
    """An edition does not end before it starts, and takes place in its year."""
    for series in content.series:
        for index, edition in enumerate(series.editions):
            yield from _check_edition(f"venues/{series.id}", index, edition)


def _check_edition(subject: str, index: int, edition: Edition) -> Iterator[Problem]:
    if edition.starts and edition.ends and edition.ends < edition.starts:
        message = f"{edition.id} ends on {edition.ends} and starts on {edition.starts}"
        yield record_problem(subject, "E318", message, "Correct or swap the two dates.", "editions", index, "ends")
    for field, day in (("starts", edition.starts), ("ends", edition.ends)):
        # A conference over New Year ends in the year after its edition.
        allowed_difference = 1 if field == "ends" else 0
        if day and edition.year and abs(day.year - edition.year) > allowed_difference:
            message = f"{edition.id} has the year {edition.year}, but {field} in {day.year}"
            yield record_problem(subject, "W351", message, "Correct the year or the date.", "editions", index, field)


def dates_are_in_order(content: Content) -> Iterator[Problem]:
    """A paper is not corrected or withdrawn before it is added, and its publication date fits its edition's year."""
    years = {edition.id: edition.year for series in content.series for edition in series.editions}
    kinds = {edition.id: series.kind for series in content.series for edition in series.editions}
    for paper in content.papers:
        for location, day in _days_after_added(paper):
            if day < paper.added:
                message = f"{day} is before {paper.added}, when the paper was added"
                yield paper_problem(paper, "W352", message, "Correct the date.", *location)
        year = years.get(paper.venue)
        # For a preprint server, W602 compares the edition with the arXiv id.
        if not (year and paper.published) or kinds[paper.venue] is VenueKind.PREPRINT:
            continue
        if not -_MAX_YEARS_BEFORE_EDITION <= paper.published.year - year <= _MAX_YEARS_AFTER_EDITION:
            message = f"the edition's year is {year}, but the paper was published in {paper.published.year}"
            yield paper_problem(paper, "W353", message, "Correct the date or the venue.", "published")


def _days_after_added(paper: Paper) -> Iterator[tuple[Location, date]]:
    """Yield each date that must not precede ``added``, with its location."""
    if paper.status_date:
        yield ("status_date",), paper.status_date
    for index, correction in enumerate(paper.corrections):
        yield ("corrections", index, "date"), correction.date


def statuses_are_explained(content: Content) -> Iterator[Problem]:
    """A status other than ``published`` has a note. Only such a status has a note or a date."""
    for paper in content.papers:
        is_published = paper.status is Status.PUBLISHED
        if not is_published and not paper.status_note:
            hint = "Add a status_note of one sentence."
            yield paper_problem(paper, "W361", f"nothing says why the paper is {paper.status.value}", hint, "status")
        if is_published and (paper.status_note or paper.status_date):
            field = "status_note" if paper.status_note else "status_date"
            hint = "Add status: corrected, withdrawn, retracted or removed."
            yield paper_problem(paper, "W362", f"{field} without a status", hint, field)
