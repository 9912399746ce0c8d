"""The lines of a page of papers as rows: each with its kind and the date of the heading above it.

Rows that are not text are navigation, counts, buttons, and parts of a card. They are recognized by the wording that
huggingface.co/papers used from 2024 to 2026 in lists of papers and in search results.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from generator.importers.dates import is_period, page_date
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
    abstract|read more|more|view|no comments yet|be the first to comment|edit preview|
    upload images, audio, and videos by dragging in the text input, pasting, or clicking here.|
    tap or paste here to upload images|
    weiter|zurück|anmelden|registrieren|suche|suchen|startseite|impressum|datenschutz|kontakt|mehr anzeigen|mehr laden
    """.replace("\n    ", "").split("|")
)
# Texts of menus and buttons with numbers and names.
_MENU_PATTERN = re.compile(
    r"new|get trending papers\b.*|by\s?(?:ak|@?_?akhaliq)\b.*|©.*|copyright .*|© ?[0-9]{4}.*|\W+|"
    r"#[0-9]+ paper of the (?:day|week|month)|read by [0-9].*|page [0-9]+(?: of [0-9]+)?|"
    r"(?:[0-9][0-9.,]*[km]? )?(?:upvotes?|comments?|likes?|stars?|replies|views?|results?|papers? found|papers)|"
    r"showing [0-9].*|(?:[0-9]+|an?) (?:minute|hour|day|week|month|year)s? ago|back to .{0,30}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[#+-]?[0-9][0-9.,]*\s?[km]?", re.IGNORECASE)
# ``Submitted by ada``; the name may be on the next line
_SUBMITTED = re.compile(r"[·•\s]*submitted by(?: (?P<user>\S+))?(?: on .+)?", re.IGNORECASE)
_AUTHORS = re.compile(r"[·•\s]*[0-9]+ authors?", re.IGNORECASE)
# ``Published on Sep 3 · Submitted by ada``
_PUBLISHED = re.compile(r"[·•\s]*published (?:on )?(?P<day>[^·•]+?)(?:[·•\s]+submitted by.*)?", re.IGNORECASE)
_UPVOTE = re.compile(r"upvote(?: [0-9][0-9.,]*[km]?)?", re.IGNORECASE)  # ``Upvote 12``, ``Upvote 1.2k``
_BUTTON = re.compile(
    r"github(?: [0-9][0-9.,]*[km]?)?|arxiv page|view arxiv page|view pdf|project page|hf demo|demo", re.IGNORECASE
)
_BANNER_END = "Subscribe"  # the last word of the banner, to which copying may attach the first title
_PAGE_LINKS = frozenset({"previous", "next"})  # links to the pages of other days
MAX_LABEL_LENGTH = 90
"""Characters; longer lines are neither menu items nor parts of a card."""
# headings with the names of pages; other headings are dates
_PAGE_TITLES = frozenset({"daily papers", "trending papers"})


class RowKind(Enum):
    """The kind of a line."""

    MENU = "menu item"
    NUMBER = "number"
    SUBMITTED = "submitter"
    AUTHORS = "number of authors"
    PUBLISHED = "day of publication"
    UPVOTE = "button to vote"
    BUTTON = "button of a card"
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
    """The rows of a page without its date headings. ``parsed`` gets a note for each date that cannot be used."""
    rows: list[PageRow] = []
    day = ""
    # Consecutive lines with dates, *Previous* or *Next* are one heading.
    for is_date_heading, group in groupby(
        _detach_banner(lines), key=lambda line: _is_day_or_period(line) or line.text.lower() in _PAGE_LINKS
    ):
        if is_date_heading:
            day = _read_heading(list(group), day, options, parsed)
            continue
        for line in group:
            if line.text.lower() in _PAGE_TITLES:  # another page begins, to which the date above does not apply
                day = ""
            rows.append(PageRow(kind_of(line.text), line, day))
    return rows


def _detach_banner(lines: Sequence[NumberedLine]) -> Iterator[NumberedLine]:
    """Remove the last word of the banner from the first title: ``SubscribeKettles and Pots``."""
    after_banner = True  # in the first lines, and after lines of the menu
    for index, line in enumerate(lines):
        if after_banner and is_attached_to_banner(line.text):
            yield line._replace(text=line.text.removeprefix(_BANNER_END).strip())
        else:
            yield line
        after_banner = index < 3 or kind_of(line.text) is RowKind.MENU


def is_attached_to_banner(line: str) -> bool:
    """Whether a line begins with the banner's last word joined to a title."""
    return line.startswith(_BANNER_END) and len(line) > len(_BANNER_END) and not line[len(_BANNER_END)].islower()


def _is_day_or_period(line: NumberedLine) -> bool:
    return page_date(line.text) is not None or is_period(line.text)


def _read_heading(lines: list[NumberedLine], previous_day: str, options: Options, parsed: Parsed) -> str:
    """The ISO date of a heading: lines with dates, *Previous* or *Next*; '' if it is not one day.

    Returns ``previous_day``, the day that applied before, if the lines only link to other pages.
    """
    days = [line for line in lines if page_date(line.text)]
    periods = [line for line in lines if is_period(line.text)]
    has_page_links = len(lines) > len(days) + len(periods)
    # *Previous* and *Next* have dates too: of three dates, the second is that of the page.
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
    """The ISO date of a line, completed with ``options.year``; '' if it is no date, or has no year (with a note)."""
    date = page_date(line.text)
    if date is None:
        return ""
    day = date.iso(options.year)
    if not day:
        why = "is not in the calendar" if date.year or options.year else "needs a year: give --year"
        parsed.notes.append(Note(line.number, f"the date {line.text!r} {why}"))
    return day


def kind_of(line: str) -> RowKind:
    """Classify a single line; ``TEXT`` if it may belong to a paper."""
    # Buttons are tested before the menu, which contains some of their words.
    if _UPVOTE.fullmatch(line):
        return RowKind.UPVOTE
    if _NUMBER.fullmatch(line):
        return RowKind.NUMBER
    if len(line) <= MAX_LABEL_LENGTH:
        if page_date(published_on(line)):
            return RowKind.PUBLISHED
        for pattern, kind in (
            (_AUTHORS, RowKind.AUTHORS),
            (_SUBMITTED, RowKind.SUBMITTED),
            (_BUTTON, RowKind.BUTTON),
            (_MENU_PATTERN, RowKind.MENU),
        ):
            if pattern.fullmatch(line):
                return kind
    return RowKind.MENU if line.lower() in _MENU else RowKind.TEXT


def submitter(line: str) -> str:
    """The submitter in a ``Submitted by …`` line, or '' if the name is on the next line."""
    match = _SUBMITTED.fullmatch(line)
    return (match["user"] or "") if match else ""


def published_on(line: str) -> str:
    """The date in a ``Published on …`` line, as written, or ''."""
    match = _PUBLISHED.fullmatch(line)
    return match["day"].strip() if match else ""
