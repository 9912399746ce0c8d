"""Compares an entry with the states of its paper in registries: what changed, and what to write into the entry."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from generator.model.entities import Series, VenueKind
from generator.model.paper import Paper, Status
from generator.model.record import RawRecord
from generator.text.words import day_name
from generator.watching.registries import Notice, RegistryState


class FindingKind(StrEnum):
    """The kind of a finding."""

    VERSION = "new version"
    WITHDRAWN = "withdrawn"
    NOTICE = "retraction or correction"
    DECISION = "decision"
    PUBLISHED = "published"
    CODE = "code"


@dataclass(frozen=True)
class Finding:
    """One finding: a ``message`` for a person, and ``changes``, the entry's fields with their new values.

    ``changes`` is empty if a person has to decide. ``venue`` and ``year`` are those of a publication, if known.
    """

    kind: FindingKind
    message: str
    changes: RawRecord = field(default_factory=dict)
    venue: str = ""
    year: int | None = None


# Statements about the paper itself, since comments also mention other withdrawn works: ``Withdrawn by the authors``,
# ``This paper has been withdrawn``, ``We withdraw our submission``.
_WITHDRAWN = re.compile(
    r"^\W*withdrawn\b|\b(?:paper|article|submission|manuscript|preprint|work|version)\s+(?:has been|is|was|being)?\s*"
    r"(?:temporarily )?withdrawn\b|\b(?:withdraw|withdrew|withdrawing) (?:this|the|our) "
    r"(?:paper|article|submission|manuscript|preprint|work)\b",
    re.IGNORECASE,
)
# ``RETRACTED ARTICLE: Kites``, ``[Retracted] Kites``, ``WITHDRAWN – Kites``, but not ``Withdrawn Drugs and Kites``
_TITLE_NOTICE = re.compile(
    r"^\W*(?:(retracted|retraction)|withdrawn)(?: article| paper)?(?:[\]:)]|\s[–—-]\s)", re.IGNORECASE
)
_STATUSES: Mapping[str, Status] = {
    "retraction": Status.RETRACTED, "removal": Status.RETRACTED, "withdrawal": Status.WITHDRAWN,
    "correction": Status.CORRECTED, "corrigendum": Status.CORRECTED, "erratum": Status.CORRECTED,
    "partial-retraction": Status.CORRECTED,
}  # fmt: skip
"""The status for each kind of notice. For other kinds, such as an expression of concern, a person decides."""
# From the least to the most serious.
_SEVERITY = (Status.PUBLISHED, Status.CORRECTED, Status.WITHDRAWN, Status.RETRACTED, Status.REMOVED)
_HARMLESS_NOTICES = frozenset({"new-version", "new-edition", "addendum", "clarification"})
"""Kinds of notices that do not affect the results of a paper."""
_VERSION = re.compile(r"\bv(\d+)\b")  # ``arXiv v2``
_ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_PREPRINT_KINDS = frozenset({VenueKind.PREPRINT, VenueKind.OTHER})


def findings(
    paper: Paper, series: Series | None, states: Mapping[str, RegistryState], today: date
) -> Iterator[Finding]:
    """Yield the findings about a paper.

    ``series`` is the series of the paper's venue, None if no file lists the venue. The keys of ``states`` are the names
    of `REGISTRIES`. ``today`` is the date of a withdrawal whose day the registry does not state.
    """
    arxiv, crossref = states.get("arXiv", RegistryState()), states.get("Crossref", RegistryState())
    openreview = states.get("OpenReview", RegistryState())
    withdrawal = _withdrawal(paper, arxiv, today)
    if withdrawal is not None:
        yield withdrawal
    # The newest version of a withdrawn paper only states the withdrawal.
    elif (new_version := _new_version(paper, arxiv)) is not None:
        yield new_version
    notices = (*crossref.notices, *states.get("Crossref's notices", RegistryState()).notices)
    yield from _notices(paper, crossref, notices)
    yield from _decision(paper, openreview, today)
    # A paper in an edition of a conference or journal is published already.
    if series is None or series.kind in _PREPRINT_KINDS:
        yield from _publication(paper, arxiv, crossref, openreview)
    if arxiv.code and not paper.links.code:
        yield Finding(FindingKind.CODE, f"the authors name code at {arxiv.code}", {"links": {"code": arxiv.code}})


class SummarizedVersion(NamedTuple):
    """What a summary is based on: the ``number`` of the arXiv version, and the ``day`` of the copy that was read.

    If the entry does not date the copy, ``day`` is the day of the summary. Values that are not recorded are None.
    """

    number: int | None
    day: date | None


def summarized_version(paper: Paper) -> SummarizedVersion:
    """Return the version of the paper that its summary is based on."""
    summary_by = paper.summary_by
    if summary_by is None:
        return SummarizedVersion(None, None)
    versions = [reading.version for reading in summary_by.of if reading.version]
    numbers = [int(match[1]) for version in versions if (match := _VERSION.search(version))]
    days = [date.fromisoformat(match[0]) for version in versions if (match := _ISO_DATE.search(version))]
    return SummarizedVersion(max(numbers, default=None), max(days, default=summary_by.date))


def _new_version(paper: Paper, state: RegistryState) -> Finding | None:
    """Return a finding if arXiv has a newer version than the summary is based on, unless the entry notes it."""
    if state.version is None or state.version < 2 or paper.summary_by is None:
        return None
    summarized = summarized_version(paper)
    older_source = ""
    if summarized.number is not None:
        if state.version > summarized.number:
            older_source = f"version {summarized.number}"
    elif summarized.day and state.updated and state.updated > summarized.day:
        older_source = f"a copy of {day_name(summarized.day)}"
    newest = f"v{state.version}"
    if not older_source or paper.summary_by.newer_version == newest:
        return None
    date_text = f" of {day_name(state.updated)}" if state.updated else ""
    message = f"written from {older_source}; version {state.version}{date_text} is available"
    return Finding(FindingKind.VERSION, message, {"summary_by": {"newer_version": newest}})


def _withdrawal(paper: Paper, state: RegistryState, today: date) -> Finding | None:
    """Return a finding if arXiv states a withdrawal and the entry has a less serious status."""
    if not _WITHDRAWN.search(state.comment):
        return None
    message = f"arXiv says: {state.comment}"
    if _SEVERITY.index(paper.status) >= _SEVERITY.index(Status.WITHDRAWN):
        return None
    if paper.status is not Status.PUBLISHED:
        return Finding(FindingKind.WITHDRAWN, f"{message} (the entry says {paper.status.value})")
    note = "Withdrawn from arXiv by its authors."
    return Finding(FindingKind.WITHDRAWN, message, _status_fields(Status.WITHDRAWN, note, state.updated or today))


def _notices(paper: Paper, state: RegistryState, notices: tuple[Notice, ...]) -> Iterator[Finding]:
    """Yield a finding for each kind of notice. Only kinds with the most serious status change the entry."""
    # The first notice of each kind: a dictionary keeps the last value of a key, so the notices are reversed.
    notice_by_kind = {notice.kind: notice for notice in reversed(notices) if notice.kind not in _HARMLESS_NOTICES}
    if not notice_by_kind and (match := _TITLE_NOTICE.match(state.title)):
        title_notice = Notice("retraction" if match[1] else "withdrawal")
        notice_by_kind = {title_notice.kind: title_notice}
    for kind, notice in sorted(notice_by_kind.items()):
        link = f", https://doi.org/{notice.doi}" if notice.doi else ""
        source = ", by Retraction Watch" if notice.source == "retraction-watch" else ""
        message = f"Crossref records: {kind}{source}{link}"
        status = _STATUSES.get(kind)
        if status is None:
            yield Finding(FindingKind.NOTICE, message)
        elif paper.status is Status.PUBLISHED:
            is_outranked = any(
                _SEVERITY.index(_STATUSES.get(other, status)) > _SEVERITY.index(status) for other in notice_by_kind
            )
            note = f"{kind.replace('-', ' ').capitalize()}: https://doi.org/{notice.doi}" if notice.doi else kind
            yield Finding(FindingKind.NOTICE, message, {} if is_outranked else _status_fields(status, note, notice.day))
        elif _SEVERITY.index(status) > _SEVERITY.index(paper.status):
            yield Finding(FindingKind.NOTICE, f"{message} (the entry says {paper.status.value})")


def _decision(paper: Paper, state: RegistryState, today: date) -> Iterator[Finding]:
    if state.decision == "withdrawn" and paper.status is Status.PUBLISHED:
        note = "Withdrawn by its authors from the venue's review."
        changes = (
            _status_fields(Status.WITHDRAWN, note, state.updated or today) if _is_only_on_openreview(paper) else {}
        )
        yield Finding(FindingKind.DECISION, "OpenReview says: withdrawn", changes)
    elif state.decision == "rejected" and paper.status is Status.PUBLISHED:
        yield Finding(FindingKind.DECISION, "OpenReview says: rejected; is the entry's venue right?")


def _is_only_on_openreview(paper: Paper) -> bool:
    return set(paper.identifiers) == {"openreview"}


def _publication(
    paper: Paper, arxiv: RegistryState, crossref: RegistryState, openreview: RegistryState
) -> Iterator[Finding]:
    """Yield where a preprint was published, if a registry names a venue or another DOI.

    A venue at OpenReview comes before one at arXiv, and a DOI at arXiv before one at Crossref.
    """
    doi = next((other_doi for other_doi in (arxiv.doi, crossref.published_as) if other_doi not in ("", paper.doi)), "")
    changes: RawRecord = {"doi": doi} if doi and not paper.doi else {}
    if openreview.venue:
        message = f"OpenReview says: {openreview.venue}"
        yield Finding(FindingKind.PUBLISHED, message, changes, openreview.venue, openreview.year)
    elif arxiv.venue or doi:
        venue = arxiv.venue or f"https://doi.org/{doi}"
        yield Finding(FindingKind.PUBLISHED, f"published as {venue}", changes, arxiv.venue, arxiv.year)


def _status_fields(status: Status, note: str, day: date | None) -> RawRecord:
    record: RawRecord = {"status": status.value, "status_note": note}
    return {**record, "status_date": day.isoformat()} if day else record
