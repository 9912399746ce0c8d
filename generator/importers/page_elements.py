"""The lines on a page of papers that are not papers: navigation, counts, buttons, and the parts of a card.

The words are those of huggingface.co/papers in 2024 to 2026, on single pages and in its search.
"""

import re
from enum import Enum

from generator.importers.dates import page_date

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


class Row(Enum):
    """The kind of a line."""

    MENU = "menu item"
    NUMBER = "number"
    SUBMITTED = "submitter"
    AUTHORS = "number of authors"
    PUBLISHED = "day of publication"
    UPVOTE = "button to vote"
    END = "button of a card"
    TEXT = "text"


def kind_of(line: str) -> Row:
    """Classify a single line; ``TEXT`` if it may belong to a paper."""
    if _UPVOTE.fullmatch(line):
        return Row.UPVOTE
    if _NUMBER.fullmatch(line):
        return Row.NUMBER
    for pattern, row in (
        (_AUTHORS, Row.AUTHORS),
        (_PUBLISHED, Row.PUBLISHED),
        (_SUBMITTED, Row.SUBMITTED),
        (_CARD_END, Row.END),
    ):
        if len(line) <= 90 and pattern.fullmatch(line) and (row is not Row.PUBLISHED or _names_day(line)):
            return row
    if line.lower() in _MENU or (len(line) <= 90 and _PATTERNS.fullmatch(line)):
        return Row.MENU
    return Row.TEXT


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
