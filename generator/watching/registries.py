"""The current public records of papers: a table of registries, each with its addresses and a reader for its responses.

If the registry allows it, one request covers many papers:
https://info.arxiv.org/help/api/user-manual.html, https://www.crossref.org/documentation/retrieve-metadata/rest-api/,
https://docs.openreview.net/reference/api-v2.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
# the URL of a repository, without the full stop of the sentence around it
_CODE = re.compile(r"https?://(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[\w.-]+/[\w.-]*[\w-]")


@dataclass(frozen=True)
class Notice:
    """A notice about a published work.

    ``kind`` is Crossref's, with hyphens: ``retraction``, ``new-version``. ``doi`` is that of the notice, ``source`` who
    registered it: ``publisher`` or ``retraction-watch``.
    """

    kind: str
    day: date | None = None
    doi: str = ""
    source: str = ""


@dataclass(frozen=True)
class RegistryState:
    """What one registry currently records about one paper. Missing values are None or empty.

    ``version``, ``updated`` and the authors' ``comment`` belong to the newest version. ``venue`` is the registry's text
    for the place of publication. ``decision`` is OpenReview's: ``accepted``, ``rejected`` or ``withdrawn``.
    ``published_as`` is the DOI of the published version of a preprint, and ``code`` the URL of a repository.
    """

    version: int | None = None
    updated: date | None = None
    comment: str = ""
    title: str = ""
    doi: str = ""
    venue: str = ""
    year: int | None = None
    decision: str = ""
    published_as: str = ""
    code: str = ""
    notices: tuple[Notice, ...] = ()


class BadResponse(Exception):
    """The text is not a response of the registry, or it was cut. The message says which."""


@dataclass(frozen=True)
class Registry:
    """A registry of papers with one kind of identifier.

    In ``address_pattern``, ``{}`` stands for the identifiers, each formatted by ``item_pattern`` and joined by commas.
    ``read`` reads a response: it returns states by identifier and raises `BadResponse`. ``pause`` is the number of
    seconds between requests, and ``batch_size`` the number of papers in one request.
    """

    name: str
    identifier_kind: str
    address_pattern: str
    read: Callable[[str], dict[str, RegistryState]]
    pause: float
    batch_size: int
    item_pattern: str = "{}"

    def address(self, identifiers: Iterable[str]) -> str:
        """Return the address of a request for the identifiers."""
        items = (self.item_pattern.format(quote(identifier, safe="/")) for identifier in identifiers)
        return self.address_pattern.format(",".join(items))


def read_arxiv(text: str) -> dict[str, RegistryState]:
    """Read an Atom feed of arXiv. Returns the states by arXiv id. Raises BadResponse."""
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise BadResponse("the response is not complete XML") from None
    if root.tag != f"{_ATOM}feed":
        raise BadResponse("the response is not a feed of arXiv")
    states = {}
    for entry in root.findall(f"{_ATOM}entry"):
        # ``http://arxiv.org/abs/2301.00017v2``: the id and its version
        match = re.search(r"/abs/(.+?)(?:v(\d+))?$", _text(entry, f"{_ATOM}id"))
        if match:
            states[match[1]] = _arxiv_state(entry, int(match[2]) if match[2] else None)
    return states


def _arxiv_state(entry: Element, version: int | None) -> RegistryState:
    comment, venue = _text(entry, f"{_ARXIV}comment"), _text(entry, f"{_ARXIV}journal_ref")
    code = _CODE.search(f"{comment} {_text(entry, f'{_ATOM}summary')}")
    # A reference may begin with a page or volume that looks like a year, so the last number counts.
    years = re.findall(r"\b(?:19|20)\d\d\b", venue)
    return RegistryState(
        version=version,
        updated=_day(_text(entry, f"{_ATOM}updated")[:10]),
        comment=comment,
        title=_text(entry, f"{_ATOM}title"),
        doi=_text(entry, f"{_ARXIV}doi"),
        venue=venue,
        year=int(years[-1]) if years else None,
        code=code[0].removesuffix(".git").replace("http://", "https://") if code else "",
    )


def read_crossref(text: str) -> dict[str, RegistryState]:
    """Read a list of works. Returns the states by DOI in lower case. Raises BadResponse."""
    return {str(work["DOI"]).lower(): _crossref_state(work) for work in _works(text)}


def read_notices(text: str) -> dict[str, RegistryState]:
    """Read a list of notices. Returns states by the DOI of the work that a notice is about. Raises BadResponse."""
    notices_by_doi: dict[str, list[Notice]] = {}
    for notice_work in _works(text):  # Crossref registers a notice as a work of its own
        for update in _mappings(notice_work.get("update-to")):
            work_doi = str(update.get("DOI", "")).lower()
            notices_by_doi.setdefault(work_doi, []).append(replace(_notice(update), doi=str(notice_work["DOI"])))
    return {doi: RegistryState(notices=tuple(notices)) for doi, notices in notices_by_doi.items()}


def _crossref_state(work: dict[str, Any]) -> RegistryState:
    published_versions = _mappings(_mapping(work.get("relation")).get("is-preprint-of"))
    published_as = published_versions[0].get("id", "") if published_versions else ""
    date_parts = _date_parts(work.get("published"))
    year = date_parts[0] if date_parts else None
    return RegistryState(
        title=_first(work.get("title")),
        venue=_first(work.get("container-title")),
        year=year if isinstance(year, int) else None,
        published_as=str(published_as).lower(),
        notices=tuple(map(_notice, _mappings(work.get("updated-by")))),
    )


def _notice(update: dict[str, Any]) -> Notice:
    # Year and month without a day do not form an ISO date, so `_day` returns None.
    iso_date = "-".join(f"{part:02}" if isinstance(part, int) else "" for part in _date_parts(update.get("updated")))
    kind = str(update.get("type", "")).replace("_", "-").replace(" ", "-").lower()
    return Notice(kind, _day(iso_date), str(update.get("DOI", "")), str(update.get("source", "")))


def _date_parts(value: object) -> list[Any]:
    """Return year, month and day of ``{"date-parts": [[2025, 4, 2]]}``. The later parts, or all, may be missing."""
    dates = _mapping(value).get("date-parts")
    return dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []


def _works(text: str) -> list[dict[str, Any]]:
    """Return the works with a DOI in a response of Crossref. Raises BadResponse."""
    message = _mapping(_json(text).get("message"))
    if not isinstance(message.get("items"), list):
        raise BadResponse("the response is not a list of works")
    return [work for work in _mappings(message["items"]) if isinstance(work.get("DOI"), str)]


def read_openreview(text: str) -> dict[str, RegistryState]:
    """Read a list of notes. Returns the states by the id of the forum. Raises BadResponse."""
    notes = _json(text).get("notes")
    if not isinstance(notes, list):
        raise BadResponse("the response is not a list of notes")
    states = {}
    for note in _mappings(notes):
        if "id" not in note or note.get("forum") != note["id"]:  # a review or a comment
            continue
        content = {name: _value(field) for name, field in _mapping(note.get("content")).items()}
        venue = str(content.get("venue") or "")
        decision = _decision(f"{venue} {content.get('venueid') or ''}")
        years = re.findall(r"\b20\d\d\b", venue)
        states[str(note["id"])] = RegistryState(
            title=str(content.get("title") or ""),
            venue=venue if decision == "accepted" else "",
            year=int(years[-1]) if years else None,
            decision=decision,
            updated=_day_of_time(note.get("mdate")),
        )
    return states


def _decision(venue_text: str) -> str:
    """Derive ``accepted``, ``rejected``, ``withdrawn`` or '' (undecided) from the name and id of a venue.

    https://docs.openreview.net/getting-started/venue-ids
    """
    words = venue_text.replace("_", " ").lower()
    # The order matters: the names of withdrawn and rejected papers also contain "Submission".
    for word, decision in (("withdrawn", "withdrawn"), ("reject", "rejected"), ("submi", ""), ("under review", "")):
        if word in words:
            return decision
    return "accepted" if words.strip() else ""


def _text(entry: Element, tag: str) -> str:
    """Return the text of a child element on one line, or ''."""
    return " ".join((entry.findtext(tag) or "").split())


def _day(iso_date: str) -> date | None:
    try:
        return date.fromisoformat(iso_date)
    except ValueError:
        return None


def _day_of_time(milliseconds: object) -> date | None:
    """Return the UTC day of a time in milliseconds since 1970; None for any other value."""
    try:
        return datetime.fromtimestamp(float(str(milliseconds)) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise BadResponse("the response is not complete JSON") from None
    return _mapping(value)


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _first(value: object) -> str:
    """Return the first item of a list as text, or ''."""
    return str(value[0]) if isinstance(value, list) and value else ""


def _value(field: object) -> object:
    # Version 2 of OpenReview's API wraps each field in an object with ``value``.
    return field["value"] if isinstance(field, dict) and "value" in field else field


# ``rows`` and ``max_results`` exceed the size of a batch, because a work may have several notices. By default, Crossref
# returns 20 records and arXiv 10. arXiv's terms require three seconds between requests.
_ARXIV_API = "https://export.arxiv.org/api/query?max_results=100&id_list={}"
_CROSSREF_API = "https://api.crossref.org/works?rows=100&filter={}"
_OPENREVIEW_API = "https://api2.openreview.net/notes?id={}"
REGISTRIES = (
    Registry("arXiv", "arxiv", _ARXIV_API, read_arxiv, pause=3, batch_size=50),
    Registry("Crossref", "doi", _CROSSREF_API, read_crossref, pause=1, batch_size=20, item_pattern="doi:{}"),
    Registry(
        "Crossref's notices", "doi", _CROSSREF_API, read_notices, pause=1, batch_size=20, item_pattern="updates:{}"
    ),
    Registry("OpenReview", "openreview", _OPENREVIEW_API, read_openreview, pause=1, batch_size=1),
)
