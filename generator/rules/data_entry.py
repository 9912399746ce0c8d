"""Rules for common faults of imported or pasted values: encodings, placeholder authors, years, names of venues."""

import re
from collections.abc import Iterator

from generator.codec.known_venues import find_known_venue
from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Location
from generator.model.values import quoted
from generator.rules.problems import paper_problem, record_problem
from generator.text.data_entry import is_others, is_placeholder, repair_mojibake
from generator.text.slug import folded

_MAX_YEARS_EARLIER = 5
"""The year in an id may be that of a preprint, at most this many years before the edition."""
_YEAR_IN_ID = re.compile(r"[a-z][a-z-]*?([0-9]{4})")  # 2017 in ``vaswani2017attention``


def texts_are_decoded_correctly(content: Content) -> Iterator[Problem]:
    """No text contains UTF-8 that was decoded with another encoding: ``MÃ¤ntylÃ¤``."""
    for paper in content.papers:
        for location, text in _texts(paper):
            if (correct := repair_mojibake(text)) != text:
                yield paper_problem(
                    paper, "W389", f"{quoted(text)} was read in a wrong encoding", f"Write {correct}", *location
                )
    for series in content.series:
        for field, name in (("name", series.name), ("full_name", series.full_name or "")):
            if (correct := repair_mojibake(name)) != name:
                message = f"{quoted(name)} was read in a wrong encoding"
                yield record_problem(f"venues/{series.id}", "W389", message, f"Write {correct}", field)


def _texts(paper: Paper) -> Iterator[tuple[Location, str]]:
    """Yield the texts of an entry that are checked, with their locations: those that importers and writers fill in."""
    yield ("title",), paper.title
    for index, author in enumerate(paper.authors):
        yield ("authors", index), author.name
        for affiliation in author.affiliation:
            yield ("authors", index, "affiliation"), affiliation
    for field in ("other_titles", "keywords", "affiliations", "awards"):
        for index, text in enumerate(getattr(paper, field)):
            yield (field, index), text
    for field in ("tldr", "summary", "significance", "limitations"):
        for language, text in (getattr(paper, field) or {}).items():
            yield (field, language) if language else (field,), text


def authors_are_people(content: Content) -> Iterator[Problem]:
    """No author is a placeholder such as *others*, *Anonymous* or *First Author*."""
    hint = "Delete it, and write authors_incomplete: true if not all authors are named."
    for paper in content.papers:
        for index, name in enumerate(paper.author_names):
            if is_others(name) or is_placeholder(name) or not any(map(str.isalnum, name)):
                yield paper_problem(paper, "W316", f"{quoted(name)} is not an author", hint, "authors", index)


def years_in_ids_match_the_paper(content: Content) -> Iterator[Problem]:
    """A year in an entry's id is that of its edition or publication, or at most five years earlier."""
    edition_years = {edition.id: edition.year for series in content.series for edition in series.editions}
    for paper in content.papers:
        published_year = paper.published.year if paper.published else None
        years = sorted({year for year in (edition_years.get(paper.venue), published_year) if year})
        allowed = {year - difference for year in years for difference in range(_MAX_YEARS_EARLIER + 1)}
        match = _YEAR_IN_ID.match(paper.id)
        # An id that is also an alias of its own entry is kept on purpose: ids of published entries never change.
        if match and years and int(match[1]) not in allowed and paper.id not in paper.aliases:
            message = f"the id contains {match[1]}, but the paper's year is {' or '.join(map(str, years))}"
            hint = "Rename the file; if it is published, keep its id and list it under its own aliases."
            yield paper_problem(paper, "W354", message, hint)


def series_have_their_usual_name(content: Content) -> Iterator[Problem]:
    """A well-known venue has its usual id or name: NeurIPS, not *Advances in Neural Information Processing Systems*."""
    series_ids = {series.id for series in content.series}
    for series in content.series:
        for field, name in (("name", series.name), ("full_name", series.full_name or "")):
            known = find_known_venue(name) if name else None
            if known and known.id != series.id and folded(known.name) != folded(series.name):
                hint = f"Move its editions into content/venues/{known.id}.yaml, and the papers with them."
                if known.id not in series_ids:
                    hint = f"Name it {known.name}, as it is widely known: content/venues/{known.id}.yaml."
                message = f"{quoted(name)} is another name of {known.name}"
                yield record_problem(f"venues/{series.id}", "W327", message, hint, field)
                break  # report a series once, even if both names are known
