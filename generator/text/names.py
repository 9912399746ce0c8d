"""People's names: which part is the family name. Order is never guessed for scripts where it is unknown."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Lower-case words that begin a family name in European languages.
_PARTICLES = frozenset(
    "al af am auf 'd ben bin da dal dalla das de dei del della den der des di do dos du el 'n la las le los ibn "
    "t 't te ten ter tot und van vom von y zu zum zur".split()
)
# What a group's name ends in; such a name has no parts, and its comma (``Google, Inc.``) turns nothing round.
_GROUP = re.compile(
    r".*[^ ,] (?:team|group|collaboration|consortium|committee|community|foundation|initiative|network|alliance|"
    r"project|association|society|institute|university|laborator(?:y|ies)|corporation|contributors)|"
    r".*[ ,](?:inc|corp|ltd|llc|gmbh)\.?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
# Scripts whose names are written without spaces or family name first: the name stays whole.
_WHOLE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Name(NamedTuple):
    """The parts of a name. ``family`` includes particles; ``given`` and ``suffix`` may be empty."""

    given: str
    family: str
    suffix: str = ""


@lru_cache(maxsize=1 << 14)  # each form of citation splits the same names
def split_name(name: str) -> Name:
    """Split a written name: ``Gido M. van de Ven`` gives family ``van de Ven``; ``Ven, Gido`` is understood too."""
    text = " ".join(name.split())
    if _WHOLE.search(text) or _GROUP.fullmatch(text):
        return Name("", text)
    if "," in text:
        return _from_commas([part.strip() for part in text.split(",")])
    words = text.split(" ")
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and (_is_particle(words[start - 1]) or _joins_family(words, start)):
        start -= 1
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix)


def _is_particle(word: str) -> bool:
    return word.replace("’", "'") in _PARTICLES


def _joins_family(words: Sequence[str], start: int) -> bool:
    """Whether a ``y`` stands at ``start``, as in ``Ramón y Cajal``: the word before it is of the family name too."""
    return words[start] == "y" and start < len(words) - 1


def _from_commas(parts: list[str]) -> Name:
    family, rest = parts[0], [part for part in parts[1:] if part]
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "")
    given = " ".join(part for part in rest if part != suffix)
    if not given and suffix:  # "Ken Perlin, Jr."
        return split_name(family)._replace(suffix=suffix)
    return Name(given, family, suffix)


def natural_order(name: str) -> str:
    """A name as it is spoken: ``van de Ven, Gido M.`` is ``Gido M. van de Ven``. Without a comma it stays as it is."""
    if "," not in name:
        return " ".join(name.split())
    parts = split_name(name)
    return " ".join(filter(None, (parts.given, parts.family, parts.suffix)))


def sort_key(name: str) -> str:
    """The text by which a list of people is ordered: family name without particles, then given name."""
    parts = split_name(name)
    words = parts.family.split(" ")
    while len(words) > 1 and _is_particle(words[0].lower()):
        words = words[1:]
    return f"{' '.join(words)} {parts.given}".casefold()
