"""The lines of a page dump: cleaned of what copying brought in, with their numbers, and told apart."""

import re
from collections import Counter
from typing import NamedTuple

from generator.importers.markdown_lines import Reduced, is_markdown, parts_of
from generator.importers.plain import decoded
from generator.text.characters import without_forbidden

TITLE_MOST = 250
# Not in ``Kettles vs. Pots``, ``St. Ives`` or ``Kettle 2.0``.
_SENTENCE_END = re.compile(r"[a-z]{4}\. [A-Z][a-z]* [a-z]")


class NumberedLine(NamedTuple):
    """One line that is not blank: its number in the file, from 1, its text, and where it leads if it is a link."""

    number: int
    text: str
    target: str = ""


def clean_lines(text: str, repairs: Counter[str]) -> list[NumberedLine]:
    """The lines that are not blank, in NFC, without control characters, HTML entities and Markdown."""
    lines = []
    markdown = is_markdown(text)
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        plain = decoded(line)
        repairs["entities"] += plain != line
        for shown in parts_of(plain) if markdown else [Reduced(plain, "")]:
            repairs["markdown"] += bool(shown.text) and shown.text != plain.strip()
            cleaned = " ".join(without_forbidden(shown.text).split())
            if cleaned:
                lines.append(NumberedLine(number, cleaned, shown.target))
    return lines


def looks_like_title(line: str) -> bool:
    """Whether a line is a title rather than (part of) an abstract."""
    if len(line) > TITLE_MOST or line.endswith((".", ";", ",")) or "http" in line or _SENTENCE_END.search(line):
        return False
    return not line[0].islower() or bool(re.match(r"[a-zα-ω]{1,3}(?:-|[A-Z0-9])|mixup\b|diff[A-Z]", line))
