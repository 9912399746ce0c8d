"""Split people's names into given and family name. East Asian names are split only at a known family name."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Lower-case words that begin a family name in European languages.
_PARTICLES = frozenset(
    "al af am auf 'd ben bin da dal dalla das de dei del della den der des di do dos du el 'n la las le los ibn "
    "t 't te ten ter tot und van vom von y zu zum zur".split()
)
# Particles that do not occur as given names.
_FAMILY_PARTICLES = frozenset("de del della dei dal dalla das dos du des von vom zu zum zur ter ten".split())
# A group name has no given name, and its comma (``Google, Inc.``) separates no family name.
_GROUP_NAME = re.compile(
    r".*[^ ,] (?:team|group|collaboration|consortium|committee|community|foundation|initiative|network|alliance|"
    r"project|association|society|institute|university|laborator(?:y|ies)|corporation|contributors)|"
    r".*[ ,](?:inc|corp|ltd|llc|gmbh)\.?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
# Chinese, Japanese and Korean characters: names have no spaces, or the family name comes first.
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Name(NamedTuple):
    """The parts of a name. ``family`` includes particles, or is the whole name if ``given`` is ''."""

    given: str
    family: str
    suffix: str = ""


@lru_cache(maxsize=1 << 14)  # every citation format splits the same names
def split_name(name: str, family: str = "") -> Name:
    """Split a name: the family name of ``Gido M. van de Ven`` and of ``van de Ven, Gido M.`` is ``van de Ven``.

    A known ``family`` name is used if the name begins or ends with it.
    """
    text = " ".join(name.split())
    if family and (parts := _split_at_family(text, " ".join(family.split()))):
        return parts
    if _EAST_ASIAN.search(text) or _GROUP_NAME.fullmatch(text):
        return Name("", text)
    if "," in text:
        return _split_at_commas([part.strip() for part in text.split(",")])
    words = text.split(" ")
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and (_is_particle(words[start - 1]) or _joins_family(words, start)):
        start -= 1
    return Name(" ".join(words[:start]), " ".join(words[start:]), suffix)


def _split_at_family(name: str, family: str) -> Name | None:
    """Split a name at its known family name; None if the name neither begins nor ends with it."""
    separator = "" if _EAST_ASIAN.search(family) else " "
    if name == family:
        return Name("", family)
    words = name.split(" ")
    suffix = words[-1] if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    bare = name.removesuffix(f" {suffix}") if suffix else name
    if bare.endswith(separator + family):
        return Name(bare.removesuffix(separator + family).rstrip(), family, suffix)
    if bare.startswith(family + separator):
        return Name(bare.removeprefix(family + separator).lstrip(), family, suffix)
    return None


def contains_family(name: str, family: str) -> bool:
    """Whether ``name`` begins or ends with the family name ``family``."""
    return _split_at_family(" ".join(name.split()), " ".join(family.split())) is not None


def required_family(name: str, family: str) -> str:
    """Return ``family`` if an entry must state it, because ``split_name(name)`` finds another family name; else ''.

    ``family`` is what a source states, or ''.
    """
    family = " ".join(family.split())
    if not family or family == name or _GROUP_NAME.fullmatch(name) or not contains_family(name, family):
        return ""
    return "" if split_name(name).family == family else family


def joined_name(given: str, family: str, suffix: str = "") -> str:
    """Join the parts of a name: given name first, but family name first and no space for East Asian characters."""
    if given and _EAST_ASIAN.search(family) and _EAST_ASIAN.search(given):
        return f"{family}{given}{suffix}"
    return " ".join(filter(None, (given, family, suffix)))


def begins_family(word: str) -> bool:
    """Whether a word begins family names only: ``De`` (``De Prado``), but not ``Van`` (``Van Jacobson``)."""
    return word.lower() in _FAMILY_PARTICLES


def _is_particle(word: str) -> bool:
    return word.replace("’", "'") in _PARTICLES


def _joins_family(words: Sequence[str], start: int) -> bool:
    """Whether the word at ``start`` is ``y`` between two family names, as in ``Ramón y Cajal``."""
    return words[start] == "y" and start < len(words) - 1


def _split_at_commas(parts: list[str]) -> Name:
    """Return the name with the parts ``family, given`` or ``family, suffix, given``."""
    family, rest = parts[0], [part for part in parts[1:] if part]
    suffix = next((part for part in rest if _SUFFIX.fullmatch(part)), "")
    given = " ".join(part for part in rest if part != suffix)
    if not given and suffix:  # "Ken Perlin, Jr."
        return split_name(family)._replace(suffix=suffix)
    return Name(given, family, suffix)


def natural_order(name: str) -> str:
    """Return a name with the given name first: ``Gido M. van de Ven`` for ``van de Ven, Gido M.``."""
    if "," not in name:
        return " ".join(name.split())
    family, _, given = (part.strip() for part in name.partition(","))
    if _EAST_ASIAN.search(family) and given and "," not in given:
        return joined_name(given, family)
    parts = split_name(name)
    return joined_name(parts.given, parts.family, parts.suffix)


def sort_key(name: str) -> str:
    """The key to sort people by: family name without particles, then given name, in lower case."""
    parts = split_name(name)
    words = parts.family.split(" ")
    while len(words) > 1 and _is_particle(words[0].lower()):
        words = words[1:]
    return f"{' '.join(words)} {parts.given}".casefold()


def shown_count(total: int, limit: int) -> int:
    """How many of ``total`` names are shown: up to ``limit``, and one more where only one would be left out."""
    return total if total <= limit + 1 else limit
