"""Entries of feeds: each added paper, and each correction of the digest's own text.

The id of an entry is a tag URI (RFC 4151) with the first id of the paper, so that edits, renamings and rebuilds never
show an entry as new again.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.citation.reference import Reference
from generator.exports.records import RecordWriter
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.localized import in_language
from generator.model.own_text import DIGITAL_SOURCES, digital_source, disclosure, written_by
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.text.maths import to_plain
from generator.text.words import Words, day_name


class Category(NamedTuple):
    """A topic of an entry, or how its text was written."""

    term: str
    label: str
    scheme: str


class EntryContent(NamedTuple):
    """The values for the content template of an entry, by name."""

    notice: str
    version: dict[str, str]
    corrections: tuple[tuple[str, str], ...]
    written_by: str
    license: str
    address: str


class FeedItem(NamedTuple):
    """One entry of a feed without its content; ``paper`` is the URL of a public copy or ''."""

    id: str
    title: str
    url: str
    paper: str
    published: date
    updated: date
    authors: tuple[str, ...]
    categories: tuple[Category, ...]
    summary: str


class FeedItems:
    """The entries of one catalog."""

    def __init__(self, catalog: Catalog, settings: Settings, records: RecordWriter) -> None:
        self._catalog, self._settings, self._records = catalog, settings, records

    def paper(self, paper: Paper, reference: Reference) -> FeedItem:
        """A paper with its ``tldr`` as the summary."""
        # A retraction comes before what the paper claims.
        notice = f"{reference.notice} " if reference.notice else ""
        return FeedItem(
            id=entry_id(self._settings, paper),
            title=_title(paper, reference, self._settings.words),
            url=f"{self._settings.site_url}{site_paths.paper(paper.id)}/",
            paper=_address(reference),
            published=paper.added,
            updated=paper.changed,
            authors=paper.author_names,
            categories=(
                *(self._category(topic_id) for topic_id in paper.topics),
                *self._digital_source(paper),
            ),
            summary=notice + to_plain(self._text(paper.tldr)),
        )

    def content(self, paper: Paper, reference: Reference) -> EntryContent:
        """The digest's full text on a paper."""
        fields = {name: self._text(getattr(paper, name)) for name in ("tldr", "summary", "significance", "limitations")}
        return EntryContent(
            notice=reference.notice,
            version=fields,
            corrections=tuple((day_name(c.date, self._settings.words), self._text(c.note)) for c in paper.corrections),
            written_by=written_by(paper, self._settings.words),
            license=self._settings.license,
            address=_address(reference),
        )

    def corrections(self, paper: Paper, reference: Reference) -> Iterator[FeedItem]:
        """Yield the corrections of the text on a paper."""
        if not paper.corrections:
            return
        number_on_day: Counter[date] = Counter()
        # Several corrections on one day get numbers, so that each keeps its id when another one is added.
        entry = self.paper(paper, reference)
        for correction in paper.corrections:
            number_on_day[correction.date] += 1
            note = to_plain(self._text(correction.note))
            yield entry._replace(
                id=f"{entry.id}/corrections/{correction.date.isoformat()}/{number_on_day[correction.date]}",
                title=self._settings.words.say("Corrected: {title}", title=entry.title),
                published=correction.date,
                updated=correction.date,
                authors=(),  # the feed's own author corrects, not the authors of the paper
                summary=note,
            )

    def _category(self, topic_id: str) -> Category:
        return Category(topic_id, self._records.topic(topic_id), f"{self._settings.site_url}topics/")

    def _digital_source(self, paper: Paper) -> Iterator[Category]:
        """How the text was written: the IPTC code, with its meaning as the label."""
        if code := digital_source(paper.summary_by):
            yield Category(code, disclosure(paper.summary_by, self._settings.words), DIGITAL_SOURCES)

    def _text(self, value: object) -> str:
        language = self._settings.language
        return in_language(value, language, language) if value else ""  # type: ignore[arg-type]


def entry_id(settings: Settings, paper: Paper) -> str:
    """The permanent id of a paper in feeds."""
    # The first alias is the id under which the paper was first published (decision 20).
    return f"tag:{settings.tag_authority}:{site_paths.paper((*paper.aliases, paper.id)[0])}"


def _address(reference: Reference) -> str:
    return next(iter(reference.addresses), "")


def _title(paper: Paper, reference: Reference, words: Words) -> str:
    name = words.say(STATUS_NAMES[reference.status]) if reference.notice else ""
    return (f"[{name[:1].upper()}{name[1:]}] " if name else "") + to_plain(paper.title)
