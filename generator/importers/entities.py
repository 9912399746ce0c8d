"""HTML entities in the text of strangers."""

import html
import html.entities
import re

# Python refuses to read a number of over 4,300 digits. No character has a number of more than seven.
_NO_CHARACTER = re.compile(r"&#[0-9]{100,};?")
_CAPITAL = re.compile(r"&([A-Z][A-Za-z]{1,9});")


def decoded(text: str) -> str:
    """``text`` with its entities as characters; U+FFFD for a number that is no character's."""
    return html.unescape(_CAPITAL.sub(_lowered, _NO_CHARACTER.sub("\ufffd", text)))


def _lowered(match: re.Match[str]) -> str:
    """An entity whose name somebody gave a capital: ``&Amp;``. One that HTML knows with its capital stays."""
    name = match[1]
    known = f"{name};" in html.entities.html5 or f"{name.lower()};" not in html.entities.html5
    return match[0] if known else f"&{name.lower()};"
