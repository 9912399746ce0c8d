"""Hugging Face's Daily Papers, a web page that lists new papers on arXiv each day, as JSON.

The addresses are ``/api/daily_papers`` and ``/api/papers/ID``, see
https://huggingface.co/docs/hub/api
"""

from typing import Any

from generator.importers.dates import iso_day
from generator.importers.documents import LineFinder, first_text, json_value, mapping, mappings
from generator.importers.people import RecordAuthor
from generator.importers.public_record import (
    PublicRecord,
    add_record,
    arxiv_edition,
    note_if_empty,
    unread_fields,
    unreadable,
)
from generator.importers.raw_paper import Options, Parsed
from generator.text.identifiers import identifier

NAME = "daily-papers-json"

_IMPORTED = frozenset(
    {"id", "title", "authors", "publishedAt", "githubRepo", "projectPage", "submittedOnDailyAt", "summary", "paper"}
)
_PAGE_FIELDS = frozenset(
    "upvotes upvoterList numComments comments thumbnail mediaUrls githubStars githubRepoAddedBy isAuthorParticipating "
    "discussionId submittedBy submittedOnDailyBy _id".split()
)
"""Fields that describe the entry on the web page and not the paper: counts, submitter and pictures."""
_OUTER_FIELDS = ("title", "authors", "summary", "submittedOnDailyAt")
"""Fields that are beside ``paper`` in some responses and inside it in others.

Not ``publishedAt``: beside ``paper``, it is the time at which Daily Papers listed the paper.
"""
_PAPER_FIELDS = frozenset({"id", "title", "authors", "publishedAt", "upvotes"})
"""Fields by which an object is recognized as a paper itself, not as an object with a ``paper``."""


def recognizes(text: str) -> bool:
    """Whether ``text`` is a paper or an object with a ``paper``, a list of these, or an object with such a list."""
    return bool(_items(json_value(text, '"title"')))


def read(text: str, options: Options) -> Parsed:
    """Read the papers. ``added`` is the day on which Daily Papers listed them."""
    items = _items(json_value(text))
    parsed = Parsed() if items else unreadable(NAME)
    lines = LineFinder(text)
    for ordinal, item in enumerate(items, 1):
        paper = {
            **item["paper"],
            **{name: item[name] for name in _OUTER_FIELDS if item.get(name) and not item["paper"].get(name)},
        }
        line = lines.line_of(f'"{first_text(paper.get("id"))}"') if first_text(paper.get("id")) else 1
        add_record(parsed, _record(paper, f"{options.origin}:{ordinal}", line), NAME, options)
        known = _IMPORTED | _PAGE_FIELDS
        parsed.unread += unread_fields(paper, known if options.abstract else known - {"summary"}, line)
        # Fields that the paper has too are not reported again. A ``publishedAt`` is reported if only ``item`` has it:
        # it is not imported, see `_OUTER_FIELDS`.
        parsed.unread += unread_fields(item, (known - {"publishedAt"}) | set(paper), line)
    return note_if_empty(parsed)


def _items(value: Any) -> list[dict[str, Any]]:
    """The objects of a document, each with its paper under ``paper``."""
    items = mappings(value) or [mapping(value)]
    if len(items) == 1 and "paper" not in items[0]:  # ``{"papers": [{"paper": …}]}``: the first list with papers
        items = next((inner for inner in map(mappings, items[0].values()) if any(map(_paper, inner))), items)
    return [{**item, "paper": paper} for item in items if (paper := _paper(item))]


def _paper(item: dict[str, Any]) -> dict[str, Any]:
    """The paper in an object, or the object if it is a paper itself; else {}."""
    return mapping(item.get("paper")) or (item if item.keys() >= _PAPER_FIELDS else {})


def _record(paper: dict[str, Any], fallback_key: str, line: int) -> PublicRecord:
    arxiv_id = first_text(paper.get("id"))  # Daily Papers lists only papers on arXiv, by their arXiv id
    published = _day(paper.get("publishedAt"))
    links = {"code": first_text(paper.get("githubRepo")), "project": first_text(paper.get("projectPage"))}
    return PublicRecord(
        key=arxiv_id or fallback_key,
        title=first_text(paper.get("title")),
        line=line,
        authors=[RecordAuthor(name=name) for name in _names(paper.get("authors"))],
        venue=arxiv_edition(identifier("arxiv", arxiv_id), published),
        added=_day(paper.get("submittedOnDailyAt")),
        published=published,
        identifiers=[identifier("arxiv", arxiv_id)],
        links=links,
        abstract=first_text(paper.get("summary")),
    )


def _names(authors: Any) -> list[str]:
    """The names in a list of authors, which are objects with a name, or texts."""
    if not isinstance(authors, list):
        return []
    return [first_text(author.get("name") if isinstance(author, dict) else author) for author in authors]


def _day(time: Any) -> str:
    """The ISO date of a time such as ``2025-09-03T08:00:00.000Z``, or ''."""
    return iso_day(*first_text(time)[:10].split("-"))
