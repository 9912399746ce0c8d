"""HTML entities in the text of strangers."""

import html
import re

# Python refuses to read a number of over 4,300 digits. No character has a number of more than seven.
_NO_CHARACTER = re.compile(r"&#[0-9]{100,};?")


def decoded(text: str) -> str:
    """``text`` with its entities as characters; U+FFFD for a number that is no character's."""
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))
