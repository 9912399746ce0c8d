"""The lines of a page dump: cleaned of what copying brought in, with their numbers, and told apart."""

import re
from collections import Counter
from typing import NamedTuple

from generator.importers.entities import decoded
from generator.text.characters import without_forbidden

_BANNER = re.compile(
    r"new|Get trending papers in your email inbox.*|Subscribe|Daily Papers|by\s?AK and the research community",
    re.IGNORECASE,
)
TITLE_MOST = 250


class NumberedLine(NamedTuple):
    """One line that is not blank: its number in the file, from 1, and its text."""

    number: int
    text: str


def clean_lines(text: str, repairs: Counter[str]) -> list[NumberedLine]:
    """The lines that are not blank, in NFC, without control characters, HTML entities decoded."""
    lines = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        told = decoded(line)
        repairs["entities"] += told != line
        cleaned = " ".join(without_forbidden(told).split())
        if cleaned:
            lines.append(NumberedLine(number, cleaned))
    return lines


def is_banner(line: str) -> bool:
    """Whether a line is the site's own furniture."""
    return bool(_BANNER.fullmatch(line))


def looks_like_title(line: str) -> bool:
    """Whether a line is a title rather than (part of) an abstract."""
    if len(line) > TITLE_MOST or line.endswith((".", ";", ",")) or "http" in line:
        return False
    return not line[0].islower() or bool(re.match(r"[a-zα-ω]{1,3}(?:-|[A-Z0-9])|mixup\b|diff[A-Z]", line))
