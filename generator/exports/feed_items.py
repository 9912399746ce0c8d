"""Entries of feeds: each added paper, and each correction of the digest's own text.

The id of an entry is a tag URI (RFC 4151) with the first id of the paper. It never changes, so feed readers show no
entry as new again after an edit or a renaming.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.citation.reference import Reference
from generator.exports.records import RecordWriter
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.localized import in_digest_language
from generator.model.own_text import DIGITAL_SOURCE_VOCABULARY, digital_source, disclosure, writer_line
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.text.maths import to_plain
from generator.text.words import Words, day_name


class Category(NamedTuple):
    """A topic of an entry, or how its text was written: code, name, and the URL of the list of codes."""

    term: str
    label: str
    scheme: str


class EntryContent(NamedTuple):
    """The values for ``entry.html.j2``, the content of an entry.

    ``notice`` is that of ``Reference``, ``texts`` are the digest's texts by field, ``corrections`` are days and notes,
    ``address`` is the URL of the paper.
    """

    notice: str
    texts: dict[str, str]
    corrections: tuple[tuple[str, str], ...]
    written_by: str
    license: str
    address: str


class FeedItem(NamedTuple):
    """One entry of a feed without its content.

    ``url`` is that of the page on this site, ``paper_url`` that of the paper at a registry or publisher, or ''.
    """

    id: str
    title: str
    url: str
    paper_url: str
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
        """The entry of a paper, with its ``tldr`` as the summary."""
        # Readers see that a paper is retracted before they read what it claims.
        notice = f"{reference.notice} " if reference.notice else ""
        return FeedItem(
            id=entry_id(self._settings, paper),
            title=_title(paper, reference, self._settings.words),
            url=f"{self._settings.site_url}{site_paths.paper(paper.id)}/",
            paper_url=_address(reference),
            published=paper.added,
            updated=paper.last_changed,
            authors=paper.author_names,
            categories=(
                *(self._category(topic_id) for topic_id in paper.topics),
                *self._digital_source(paper),
            ),
            summary=notice + to_plain(self._text(paper.tldr)),
        )

    def content(self, paper: Paper, reference: Reference) -> EntryContent:
        """The digest's full text on a paper."""
        texts = {name: self._text(getattr(paper, name)) for name in ("tldr", "summary", "significance", "limitations")}
        return EntryContent(
            notice=reference.notice,
            texts=texts,
            corrections=tuple(
                (day_name(item.date, self._settings.words), self._text(item.note)) for item in paper.corrections
            ),
            written_by=writer_line(paper, self._settings.words),
            license=self._settings.license,
            address=_address(reference),
        )

    def corrections(self, paper: Paper, reference: Reference) -> Iterator[FeedItem]:
        """Yield an entry for each correction of the text on a paper."""
        if not paper.corrections:
            return
        # The corrections of a day are numbered, so that each keeps its id when another one is added.
        number_on_day: Counter[date] = Counter()
        entry = self.paper(paper, reference)
        for correction in paper.corrections:
            number_on_day[correction.date] += 1
            note = to_plain(self._text(correction.note))
            yield entry._replace(
                id=f"{entry.id}/corrections/{correction.date.isoformat()}/{number_on_day[correction.date]}",
                title=self._settings.words.say("Corrected: {title}", title=entry.title),
                published=correction.date,
                updated=correction.date,
                authors=(),  # the digest corrected its text, not the authors of the paper
                summary=note,
            )

    def _category(self, topic_id: str) -> Category:
        return Category(topic_id, self._records.topic_name(topic_id), f"{self._settings.site_url}topics/")

    def _digital_source(self, paper: Paper) -> Iterator[Category]:
        """How the text was written: the IPTC code, with its meaning as the label."""
        if code := digital_source(paper.summary_by):
            yield Category(code, disclosure(paper.summary_by, self._settings.words), DIGITAL_SOURCE_VOCABULARY)

    def _text(self, localized: Mapping[str, str] | None) -> str:
        return in_digest_language(localized, self._settings.language)


def entry_id(settings: Settings, paper: Paper) -> str:
    """The permanent id of a paper in feeds."""
    # The first alias is the id under which the paper was first published (decision 20).
    return f"tag:{settings.tag_authority}:{site_paths.paper((*paper.aliases, paper.id)[0])}"


def _address(reference: Reference) -> str:
    # The first address is the most permanent, such as a DOI.
    return next(iter(reference.addresses), "")


def _title(paper: Paper, reference: Reference, words: Words) -> str:
    """The title of an entry, after the status of a paper that was withdrawn, retracted, removed or corrected."""
    status = words.say(STATUS_NAMES[reference.status]) if reference.notice else ""
    return (f"[{status[:1].upper()}{status[1:]}] " if status else "") + to_plain(paper.title)
