"""The current public records of papers: a table of registries, each with its addresses and a reader for its answers.

One request asks for many papers, if the registry allows it, so that a run needs few requests:
https://info.arxiv.org/help/api/user-manual.html, https://www.crossref.org/documentation/retrieve-metadata/rest-api/,
https://docs.openreview.net/reference/api-v2.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
# The address of a repository, without the full stop of a sentence.
_CODE = re.compile(r"https?://(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)/[\w.-]+/[\w.-]*[\w-]")


@dataclass(frozen=True)
class Notice:
    """A notice about a published work: its ``kind`` (such as ``retraction``), day, DOI and source."""

    kind: str
    day: date | None = None
    doi: str = ""
    source: str = ""


@dataclass(frozen=True)
class State:
    """The record of one paper in one registry. Missing values are None or empty.

    ``version``, ``updated`` and the authors' ``comment`` belong to the newest version. ``venue`` is the text that names
    where the paper was published, ``decision`` that of OpenReview, ``published_as`` the DOI of the published version.
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


States: TypeAlias = Mapping[str, State]
"""States by identifier."""


class BadAnswer(Exception):
    """The text is not an answer of the registry, or it was cut. The message says which."""


@dataclass(frozen=True)
class Registry:
    """A registry: its kind of identifier, the seconds between requests, and the number of papers per request.

    In ``pattern``, ``{}`` stands for the identifiers, each formatted by ``item_pattern`` and joined by commas.
    """

    name: str
    kind: str
    pattern: str
    read: Callable[[str], dict[str, State]]
    pause: float
    batch_size: int
    item_pattern: str = "{}"

    def address(self, identifiers: Iterable[str]) -> str:
        """Return the address of a request for the identifiers."""
        names = (self.item_pattern.format(quote(name, safe="/")) for name in identifiers)
        return self.pattern.format(",".join(names))


def read_arxiv(text: str) -> dict[str, State]:
    """Read an Atom feed of arXiv. Returns the states by arXiv id. Raises BadAnswer."""
    try:
        root: Element = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        raise BadAnswer("the answer is not complete XML") from None
    if root.tag != f"{_ATOM}feed":
        raise BadAnswer("the answer is not a feed of arXiv")
    states = {}
    for entry in root.findall(f"{_ATOM}entry"):
        match = re.search(r"/abs/(.+?)(?:v(\d+))?$", _text(entry, f"{_ATOM}id"))
        if match:
            states[match[1]] = _arxiv_state(entry, int(match[2]) if match[2] else None)
    return states


def _arxiv_state(entry: Element, version: int | None) -> State:
    comment, venue = _text(entry, f"{_ARXIV}comment"), _text(entry, f"{_ARXIV}journal_ref")
    code = _CODE.search(f"{comment} {_text(entry, f'{_ATOM}summary')}")
    # A reference may start with a page or volume that looks like a year, so the last one counts.
    years = re.findall(r"\b(?:19|20)\d\d\b", venue)
    return State(
        version=version,
        updated=_day(_text(entry, f"{_ATOM}updated")[:10]),
        comment=comment,
        title=_text(entry, f"{_ATOM}title"),
        doi=_text(entry, f"{_ARXIV}doi"),
        venue=venue,
        year=int(years[-1]) if years else None,
        code=code[0].removesuffix(".git").replace("http://", "https://") if code else "",
    )


def read_crossref(text: str) -> dict[str, State]:
    """Read a list of works. Returns the states by DOI in lower case. Raises BadAnswer."""
    return {str(work["DOI"]).lower(): _crossref_state(work) for work in _works(text)}


def read_notices(text: str) -> dict[str, State]:
    """Read a list of notices. Returns the states by the DOI of the work concerned (``update-to``). Raises BadAnswer."""
    notices_by_doi: dict[str, list[Notice]] = {}
    for work in _works(text):
        for update in _mappings(work.get("update-to")):
            concerned_doi = str(update.get("DOI", "")).lower()
            notices_by_doi.setdefault(concerned_doi, []).append(replace(_notice(update), doi=str(work["DOI"])))
    return {doi: State(notices=tuple(notices)) for doi, notices in notices_by_doi.items()}


def _crossref_state(work: dict[str, Any]) -> State:
    published = (_mappings(_mapping(work.get("relation")).get("is-preprint-of")) or [{}])[0].get("id", "")
    parts = _mapping(work.get("published")).get("date-parts") or [[None]]
    year = parts[0][0] if isinstance(parts[0], list) and parts[0] else None
    return State(
        title=_first(work.get("title")),
        venue=_first(work.get("container-title")),
        year=year if isinstance(year, int) else None,
        published_as=str(published).lower(),
        notices=tuple(map(_notice, _mappings(work.get("updated-by")))),
    )


def _notice(update: dict[str, Any]) -> Notice:
    # ``date-parts`` is a list of dates, each a list of year, month and day. Without a day there is no date.
    parts = _mapping(update.get("updated")).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    day = "-".join(f"{part:02}" if isinstance(part, int) else "" for part in first)
    kind = str(update.get("type", "")).replace("_", "-").replace(" ", "-").lower()
    return Notice(kind, _day(day), str(update.get("DOI", "")), str(update.get("source", "")))


def _works(text: str) -> list[dict[str, Any]]:
    message = _mapping(_json(text).get("message"))
    if not isinstance(message.get("items"), list):
        raise BadAnswer("the answer is not a list of works")
    return [work for work in _mappings(message["items"]) if isinstance(work.get("DOI"), str)]


def read_openreview(text: str) -> dict[str, State]:
    """Read a list of notes. Returns the states by the id of the forum. Raises BadAnswer."""
    notes = _json(text).get("notes")
    if not isinstance(notes, list):
        raise BadAnswer("the answer is not a list of notes")
    states = {}
    for note in _mappings(notes):
        if note.get("forum") != note.get("id"):  # a review or a comment
            continue
        content = {name: _value(field) for name, field in _mapping(note.get("content")).items()}
        venue = str(content.get("venue") or "")
        decision = _decision(f"{venue} {content.get('venueid') or ''}")
        years = re.findall(r"\b20\d\d\b", venue)
        states[str(note["id"])] = State(
            title=str(content.get("title") or ""),
            venue=venue if decision == "accepted" else "",
            year=int(years[-1]) if years else None,
            decision=decision,
            updated=_moment(note.get("mdate")),
        )
    return states


def _decision(venue_text: str) -> str:
    """Derive the decision from the names of a venue: https://docs.openreview.net/getting-started/venue-ids."""
    plain = venue_text.replace("_", " ").lower()
    # The order matters: the names of withdrawn and rejected papers also contain "Submission".
    for word, decision in (("withdrawn", "withdrawn"), ("reject", "rejected"), ("submi", ""), ("under review", "")):
        if word in plain:
            return decision
    return "accepted" if plain.strip() else ""


def _text(entry: Element, tag: str) -> str:
    return " ".join((entry.findtext(tag) or "").split())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _moment(milliseconds: object) -> date | None:
    try:
        return datetime.fromtimestamp(float(str(milliseconds)) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise BadAnswer("the answer is not complete JSON") from None
    return _mapping(value)


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[dict[str, Any]]:
    return [item_pattern for item_pattern in value if isinstance(item_pattern, dict)] if isinstance(value, list) else []


def _first(value: object) -> str:
    return str(value[0]) if isinstance(value, list) and value else ""


def _value(field: object) -> object:
    # Version 2 of OpenReview's API wraps each field in an object with ``value``.
    return field["value"] if isinstance(field, dict) and "value" in field else field


# ``rows`` and ``max_results`` exceed the batch: by default, these servers return only 20 and 10 records, and a work may
# have several notices. arXiv's terms ask for three seconds between requests.
_CROSSREF = "https://api.crossref.org/works?rows=100&filter={}"
REGISTRIES = (
    Registry("arXiv", "arxiv", "https://export.arxiv.org/api/query?max_results=100&id_list={}", read_arxiv, 3, 50),
    Registry("Crossref", "doi", _CROSSREF, read_crossref, 1, 20, item_pattern="doi:{}"),
    Registry("Crossref's notices", "doi", _CROSSREF, read_notices, 1, 20, item_pattern="updates:{}"),
    Registry("OpenReview", "openreview", "https://api2.openreview.net/notes?id={}", read_openreview, 1, 1),
)
