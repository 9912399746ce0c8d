"""Author lists in running text: ``Ada Byron, Bo Li (OIST), and Cem Ak study …``."""

import re
from typing import NamedTuple

_LETTERS = r"[^\W\d_]"
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-Ž]{_LETTERS}*(?:['’.-]{_LETTERS}+)*\.?"
_PARTICLE = r"(?:van|von|de|der|den|di|da|del|la|le|bin|ben|al|ten|ter|zu)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )*{_WORD}){{1,3}}"
_PERSON = rf"(?P<name>{_NAME})(?: \((?P<affiliation>[^()]{{2,80}})\))?"
_PERSON_PLAIN = rf"{_NAME}(?: \([^()]{{2,80}}\))?"
_LIST = re.compile(
    rf"(?<![\w“])(?P<people>{_PERSON_PLAIN}(?:, {_PERSON_PLAIN})*,? (?:and|und|&) {_PERSON_PLAIN}"
    rf"|{_PERSON_PLAIN}(?:, {_PERSON_PLAIN})+)(?=,? [a-z])"
)
_SINGLE = re.compile(
    rf"(?P<people>{_PERSON_PLAIN}) (?=(?:stud|investigat|introduc|present|propos|examin|show|analy|develop)\w*)"
)
_EACH = re.compile(_PERSON)


class ProseAuthor(NamedTuple):
    """An author as a sentence names them; ``affiliation`` may be empty."""

    name: str
    affiliation: str


class AuthorList(NamedTuple):
    """The authors named in a stretch of a paragraph, and where the stretch begins and ends."""

    authors: tuple[ProseAuthor, ...]
    start: int
    end: int


def find_authors(paragraph: str) -> AuthorList | None:
    """The first list of people in a paragraph, or a single person at its beginning who does something; else None."""
    match = _LIST.search(paragraph) or _SINGLE.match(paragraph)
    if match is None:
        return None
    authors = tuple(ProseAuthor(each["name"], each["affiliation"] or "") for each in _EACH.finditer(match["people"]))
    return AuthorList(authors, match.start(), match.end("people"))
