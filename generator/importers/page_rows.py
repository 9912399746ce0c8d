"""The lines of a page of papers as rows: each with its kind and the date of the heading above it.

Rows that are not text are navigation, counts, buttons, and the parts of a card. Their words are those of
huggingface.co/papers in 2024 to 2026, on single pages and in its search.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from generator.importers.dates import PageDate, is_period, page_date
from generator.importers.page_lines import NumberedLine
from generator.importers.raw_paper import Note, Options, Parsed, Unread

# Texts of menus and buttons, in English and German.
_MENU = frozenset(
    """hugging face|hf|models|datasets|spaces|buckets|community|docs|enterprise|pricing|log in|login|sign up|sign in|
    subscribe|daily papers|trending papers|papers|daily|weekly|monthly|trending|previous|next|load more|show more|
    system theme|light|dark|company|tos|privacy|about|careers|website|press|brand assets|terms|terms of service|
    privacy policy|contact|search|search papers|solutions|tasks|inference providers|inference|storage buckets|
    collections|languages|organizations|blog|posts|articles|learn|discord|forum|github|twitter|linkedin|support|
    help|status|jobs|api|home|menu|skip to content|skip to main content|main navigation|upvote|upvotes|downvote|
    comment|comments|reply|share|see translation|view all|view all papers|avatar|sort by|filter|all|follow|following|
    ai-generated summary|ask ai|copy link|add to collection|new activity|back to top|cookie settings|cookies|
    get trending papers in your email inbox once a day!|get trending papers in your email inbox!|
    by ak and the research community|byak and the research community|changelog|settings|profile|notifications|
    activity feed|inbox|feedback|expand|collapse|close|open|play|pause|video|image|thumbnail|pdf|html|bibtex|
    abstract|read more|more|view|no comments yet|be the first to comment|edit preview|upload images, audio, and videos
    by dragging in the text input, pasting, or clicking here.|tap or paste here to upload images|
    weiter|zurück|anmelden|registrieren|suche|suchen|startseite|impressum|datenschutz|kontakt|mehr anzeigen|mehr laden
    """.replace("\n    ", "").split("|")
)
# Texts of menus and buttons with numbers and names.
_PATTERNS = re.compile(
    r"new|get trending papers\b.*|by\s?(?:ak|@?_?akhaliq)\b.*|©.*|copyright .*|© ?[0-9]{4}.*|\W+|"
    r"#[0-9]+ paper of the (?:day|week|month)|read by [0-9].*|page [0-9]+(?: of [0-9]+)?|"
    r"(?:[0-9][0-9.,]*[km]? )?(?:upvotes?|comments?|likes?|stars?|replies|views?|results?|papers? found|papers)|"
    r"showing [0-9].*|(?:[0-9]+|an?) (?:minute|hour|day|week|month|year)s? ago|back to .{0,30}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[#+-]?[0-9][0-9.,]*\s?[km]?", re.IGNORECASE)
# ``Submitted by user``; the name may be on the next line
_SUBMITTED = re.compile(r"[·•\s]*submitted by(?: (?P<user>\S+))?(?: on .+)?", re.IGNORECASE)
_AUTHORS = re.compile(r"[·•\s]*[0-9]+ authors?", re.IGNORECASE)
_PUBLISHED = re.compile(r"[·•\s]*published (?:on )?(?P<day>[^·•]+?)(?:[·•\s]+submitted by.*)?", re.IGNORECASE)
_UPVOTE = re.compile(r"upvote(?: [0-9][0-9.,]*[km]?)?", re.IGNORECASE)  # ``Upvote 12``, ``Upvote 1.2k``
_CARD_END = re.compile(
    r"github(?: [0-9][0-9.,]*[km]?)?|arxiv page|view arxiv page|view pdf|project page|hf demo|demo", re.IGNORECASE
)
_GLUE = "Subscribe"  # the last word of the banner, to which copying may attach the first title
_PAGE_LINKS = frozenset({"previous", "next"})  # links to other days; their dates are not headings
_HEADINGS = frozenset({"daily papers", "trending papers"})


class RowKind(Enum):
    """The kind of a line."""

    MENU = "menu item"
    NUMBER = "number"
    SUBMITTED = "submitter"
    AUTHORS = "number of authors"
    PUBLISHED = "day of publication"
    UPVOTE = "button to vote"
    END = "button of a card"
    TEXT = "text"


class PageRow(NamedTuple):
    """A line, its kind, and the ISO date of its page or section; '' if it is unknown."""

    kind: RowKind
    line: NumberedLine
    day: str = ""

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text


def page_rows(lines: Sequence[NumberedLine], options: Options, parsed: Parsed) -> list[PageRow]:
    """The rows of a page without its date headings. Unusable dates are noted in ``parsed``."""
    rows: list[PageRow] = []
    day = ""
    for is_heading, group in groupby(
        _unglued(lines), key=lambda line: _is_date(line) or line.text.lower() in _PAGE_LINKS
    ):
        if is_heading:
            day = _heading(list(group), day, options, parsed)
            continue
        for line in group:
            if line.text.lower() in _HEADINGS:  # another page begins, so the date above does not apply any more
                day = ""
            rows.append(PageRow(kind_of(line.text), line, day))
    return rows


def _unglued(lines: Sequence[NumberedLine]) -> Iterator[NumberedLine]:
    """Split the first title from the last word of the banner if they are joined."""
    after_banner = True
    for index, line in enumerate(lines):
        if after_banner and is_glued(line.text):
            yield line._replace(text=line.text.removeprefix(_GLUE).strip())
        else:
            yield line
        after_banner = index < 3 or kind_of(line.text) is RowKind.MENU


def is_glued(line: str) -> bool:
    """Whether the banner's last word and a title are joined to one word."""
    return line.startswith(_GLUE) and len(line) > len(_GLUE) and not line[len(_GLUE)].islower()


def _is_date(line: NumberedLine) -> bool:
    return page_date(line.text) is not None or is_period(line.text)


def _heading(lines: list[NumberedLine], previous_day: str, options: Options, parsed: Parsed) -> str:
    """The day in a heading of dates, *Previous* and *Next*; ``previous_day`` if the lines only link to other pages."""
    days = [line for line in lines if page_date(line.text)]
    periods = [line for line in lines if is_period(line.text)]
    has_page_links = len(lines) > len(days) + len(periods)
    # The links *Previous* and *Next* have dates too: of three dates, the one between them is the page's own.
    if has_page_links and len(days) == 3:
        days = days[1:2]
    elif has_page_links and len(days) != 1:
        parsed.unread += [Unread(line.number, RowKind.MENU.value, line.text) for line in lines]
        return previous_day
    if periods:
        if not options.added:
            message = f"the page covers {periods[0].text!r}, so its papers have no day: give --added"
            parsed.notes.append(Note(periods[0].number, message))
        return ""
    if len({line.text for line in days}) > 1:
        parsed.notes.append(Note(days[0].number, "several dates in a row: the papers below have no day"))
        return ""
    return day_in_line(days[0], options, parsed)


def day_in_line(line: NumberedLine, options: Options, parsed: Parsed) -> str:
    """The day in a line, completed with ``options.year``; '' with a note if it is not a date."""
    date: PageDate | None = page_date(line.text)
    if date is None:
        return ""
    day = date.iso(options.year)
    if not day:
        why = "is not in the calendar" if date.year or options.year else "needs a year: give --year"
        parsed.notes.append(Note(line.number, f"the date {line.text!r} {why}"))
    return day


def kind_of(line: str) -> RowKind:
    """Classify a single line; ``TEXT`` if it may belong to a paper."""
    # The button to vote first: its word is also one of the menu.
    if _UPVOTE.fullmatch(line):
        return RowKind.UPVOTE
    if _NUMBER.fullmatch(line):
        return RowKind.NUMBER
    for pattern, row in (
        (_AUTHORS, RowKind.AUTHORS),
        (_PUBLISHED, RowKind.PUBLISHED),
        (_SUBMITTED, RowKind.SUBMITTED),
        (_CARD_END, RowKind.END),
    ):
        if len(line) <= 90 and pattern.fullmatch(line) and (row is not RowKind.PUBLISHED or _names_day(line)):
            return row
    if line.lower() in _MENU or (len(line) <= 90 and _PATTERNS.fullmatch(line)):
        return RowKind.MENU
    return RowKind.TEXT


def _names_day(line: str) -> bool:
    return page_date(published_on(line)) is not None


def submitter(line: str) -> str:
    """The submitter in a ``Submitted by …`` line, or '' if the name is on the next line."""
    match = _SUBMITTED.fullmatch(line)
    return (match["user"] or "") if match else ""


def published_on(line: str) -> str:
    """The day in a ``Published on …`` line, as written."""
    match = _PUBLISHED.fullmatch(line)
    return match["day"].strip() if match else ""
