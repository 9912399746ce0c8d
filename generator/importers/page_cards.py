"""Papers on a page of cards: votes, submitter, title, sometimes an abstract, number of authors, comments, buttons.

Hugging Face has such pages. On those for a day, week or month, a card begins with the submitter or the vote button. On
the page of trending papers, it begins with the title and ends with the buttons. In a copy as Markdown, a title is a
link to its paper.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.importers.page_lines import MAX_TITLE_LENGTH, NumberedLine, looks_like_title
from generator.importers.page_rows import PageRow, RowKind, day_in_line, published_on, submitter
from generator.importers.raw_paper import Note, Options, Parsed, Unread
from generator.model.values import quoted
from generator.text.identifiers import Identifier, read_identifier

_OPENING = frozenset({RowKind.SUBMITTED, RowKind.UPVOTE})  # rows with which a card may begin
_CARD_PARTS = _OPENING | {RowKind.AUTHORS, RowKind.PUBLISHED}
# rows with which a card ends if it begins with its title
_CLOSING = frozenset({RowKind.UPVOTE, RowKind.BUTTON, RowKind.PUBLISHED})
_TWO_SENTENCES = re.compile(r"[a-z0-9)][.!?] [A-Z]")  # ``… boils. The pot …``: a title has no second sentence
_BUTTONS = {"github": "code", "project page": "project"}  # labels of buttons, and the kinds of link
_MIN_ABSTRACT_WORDS = 10  # words; a shorter text below a title may be the name of an organization


@dataclass
class PageEntry:
    """A paper on a page. ``links`` are URLs by kind.

    ``day`` is the ISO date of the page or section, and ``published`` that of publication; they may be ''.
    ``is_closed`` becomes true at a row of a card that comes below the abstract: later text is not part of the abstract.
    """

    title: NumberedLine
    day: str
    abstract: list[NumberedLine] = field(default_factory=list)
    published: str = ""
    identifier: Identifier | None = None
    links: dict[str, str] = field(default_factory=dict)
    is_closed: bool = False


def has_cards(rows: Sequence[PageRow]) -> bool:
    """Whether rows are parts of cards: submitters, numbers of authors, buttons to vote, days of publication."""
    return any(row.kind in _CARD_PARTS for row in rows)


def has_linked_titles(rows: Sequence[PageRow]) -> bool:
    """Whether titles are links to papers."""
    return any(_linked_paper(row) for row in rows)


def read_cards(rows: Sequence[PageRow], options: Options, parsed: Parsed) -> list[PageEntry]:
    """Read the papers of a page of cards. Other lines are added to ``parsed.unread``."""
    has_links = has_linked_titles(rows)
    title_first = not has_links and _is_title_first(rows)
    # A title is expected after rows of these kinds. Without such rows, each card ends with the number of authors.
    kinds_before_title = (_CLOSING if title_first else _OPENING) & {row.kind for row in rows}
    kinds_before_title = kinds_before_title or frozenset({RowKind.AUTHORS})
    entries: list[PageEntry] = []
    expects_title = title_first or kinds_before_title == {RowKind.AUTHORS}
    card_rows = list(_without_submitters(rows, parsed))
    for index, row in enumerate(card_rows):
        current = entries[-1] if entries else None
        if row.kind is not RowKind.TEXT:
            _read_part(row, current, options, parsed)
            expects_title = expects_title or row.kind in kinds_before_title
            continue
        next_row = card_rows[index + 1] if index + 1 < len(card_rows) else None
        next_text = next_row.text if next_row and next_row.kind is RowKind.TEXT else ""
        is_title = bool(_linked_paper(row)) if has_links else expects_title and _is_title(row.text, next_text)
        # The picture of a card links to the same paper as its title, and is not another title.
        if is_title and not (current and has_links and current.title.target == row.line.target):
            entries.append(PageEntry(row.line, row.day, identifier=paper_of_url(row.line.target)))
            expects_title = False
        elif current and not expects_title and not current.is_closed and _is_abstract(row.text, current):
            current.abstract.append(row.line)
        else:
            parsed.unread.append(Unread(row.line.number, "text outside of papers", row.text))
            # If cards begin with titles, text above the first title is the head of the page, not a missed title.
            if expects_title and not has_links and (entries or not title_first):
                message = f"left out: {quoted(row.text)} is where a title is expected; is it one?"
                parsed.notes.append(Note(row.line.number, message))
    return entries


def _read_part(row: PageRow, current: PageEntry | None, options: Options, parsed: Parsed) -> None:
    """Read a row that is not text, and report it as unread. ``current`` is the paper to which it belongs, if any."""
    parsed.unread.append(Unread(row.line.number, row.kind.value, row.text))
    if current is None:
        return
    if row.kind is RowKind.PUBLISHED:
        current.published = day_in_line(row.line._replace(text=published_on(row.text)), options, parsed)
    if kind := link_kind_of_button(row.line):
        current.links.setdefault(kind, row.line.target)
    if row.kind in _CARD_PARTS | {RowKind.BUTTON}:
        current.is_closed = True


def _without_submitters(rows: Sequence[PageRow], parsed: Parsed) -> Iterator[PageRow]:
    """The rows without names of submitters, which may be below ``Submitted by`` and *avatar*."""
    expects_name = False
    for row in rows:
        if expects_name and row.text.lower() != "avatar":
            expects_name = False
            if row.kind in (RowKind.TEXT, RowKind.MENU) and len(row.text.split()) == 1:
                parsed.unread.append(Unread(row.line.number, RowKind.SUBMITTED.value, row.text))
                continue
        if row.kind is RowKind.SUBMITTED or (row.kind is RowKind.PUBLISHED and "submitted by" in row.text.lower()):
            expects_name = row.text.lower().endswith("submitted by") and not submitter(row.text)
        yield row


def _is_title_first(rows: Sequence[PageRow]) -> bool:
    """Whether cards begin with titles: the page has days of publication, or an abstract before submitters and votes."""
    if any(row.kind is RowKind.PUBLISHED for row in rows):
        return True
    for row in rows:
        if row.kind in _OPENING:
            return False
        if row.kind is RowKind.TEXT and not looks_like_title(row.text):
            return True
    return False


def _is_title(text: str, next_text: str) -> bool:
    """Whether a text may be the expected title. Below one or two words, ``next_text`` must be an abstract."""
    if len(text) > MAX_TITLE_LENGTH or (text.endswith((".", ";", ",")) and len(text.split()) > 3):
        return False
    return len(text.split()) > 2 or (bool(next_text) and not looks_like_title(next_text))


def _is_abstract(text: str, entry: PageEntry) -> bool:
    """Whether a text below a title belongs to the abstract. An organization's name may come before the abstract."""
    if entry.abstract or not looks_like_title(text) or len(text.split()) >= _MIN_ABSTRACT_WORDS:
        return True
    return bool(_TWO_SENTENCES.search(text))


def _linked_paper(row: PageRow) -> Identifier | None:
    """The identifier of the paper to which a row links, if the row may be the paper's title; else None."""
    if row.kind is not RowKind.TEXT or len(row.text.split()) < 2:
        return None
    return paper_of_url(row.line.target)


def link_kind_of_button(line: NumberedLine) -> str:
    """The kind of link of a line that is a button with a URL, or ''. Only copies as Markdown contain the URLs."""
    if not line.target.startswith("http"):
        return ""
    return next((kind for label, kind in _BUTTONS.items() if line.text.lower().startswith(label)), "")


def paper_of_url(target: str) -> Identifier | None:
    """The identifier of the paper to which a URL on a page leads, or None. URLs on Hugging Face may lack the host."""
    if target.startswith("/"):
        target = f"https://huggingface.co{target}"
    return read_identifier(target) if target.startswith("http") and "#" not in target else None
