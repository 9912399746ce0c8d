"""Link glossary terms in HTML to their explanations: each at its first use, outside links, code and formulas.

A term is matched at word boundaries. The endings of nouns may follow. Terms with capitals inside, such as LoRA, and
German nouns are matched with their capitals; the first letter of other terms may be of either case.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.text.escape import for_html

Names = tuple[tuple[str, str], ...]
"""Spellings of terms in one language, each with the id of its term."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {"en": ("", "s", "es"), "de": ("", "e", "en", "n", "s", "es", "er", "ern")}
_TAG = re.compile(r"<(/?)([a-z]+)[^<>]*>")
_WORD = re.compile(r"\w+")
_UNLINKED_ELEMENTS = frozenset({"a", "code", "math"})
"""Elements in which terms are not linked."""


_WORD_JOINERS = frozenset("-&#")
"""Characters before a word that make it part of another word, or of a character reference."""


class _Spelling(NamedTuple):
    """A spelling of a term: the pattern to match where its first word occurs."""

    pattern: re.Pattern[str]
    term: str


def link_terms(texts: Sequence[str], names: Names, language: str, address: Callable[[str], str]) -> list[str]:
    """Link the first use of each term in the HTML ``texts`` of one page, in their order.

    ``address`` returns the URL at which a term is explained.
    """
    spellings = _spellings(names, language)
    linked: set[str] = set()
    return ["".join(_linked(text, spellings, linked, address)) for text in texts] if spellings else list(texts)


def _linked(
    html: str, spellings: Mapping[str, Sequence[_Spelling]], linked: set[str], address: Callable[[str], str]
) -> Iterator[str]:
    open_elements, start = 0, 0  # ``open_elements`` counts those in which terms are not linked
    for tag in _TAG.finditer(html):
        text = html[start : tag.start()]
        yield text if open_elements else _linked_text(text, spellings, linked, address)
        yield tag[0]
        open_elements += (-1 if tag[1] else 1) * (tag[2] in _UNLINKED_ELEMENTS)
        start = tag.end()
    yield _linked_text(html[start:], spellings, linked, address)


def _linked_text(
    text: str, spellings: Mapping[str, Sequence[_Spelling]], linked: set[str], address: Callable[[str], str]
) -> str:
    parts, start = [], 0
    for word in _WORD.finditer(text):
        if word.start() < start or text[max(0, word.start() - 1) : word.start()] in _WORD_JOINERS:
            continue
        for spelling in spellings.get(word[0].casefold(), ()):
            match = spelling.pattern.match(text, word.start()) if spelling.term not in linked else None
            if match:
                linked.add(spelling.term)
                link = f'<a href="{for_html(address(spelling.term))}">{match[0]}</a>'
                parts += [text[start : match.start()], link]
                start = match.end()
                break
    return "".join((*parts, text[start:])) if parts else text


@lru_cache(maxsize=16)
def _spellings(names: Names, language: str) -> dict[str, list[_Spelling]]:
    """The spellings by their first word, the longest first."""
    endings = _ENDINGS.get(language, ("",))
    spellings: dict[str, list[_Spelling]] = {}
    for name, term in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
        escaped = for_html(name)
        first = _WORD.search(escaped)
        if not first or first.start():
            continue  # a term such as "†" has no word to look up
        is_case_sensitive = any(map(str.isupper, name[1:])) or (language == "de" and name[:1].isupper())
        ending = "|".join(sorted(filter(None, endings), key=len, reverse=True))
        tail = f"(?:{ending})?" if ending and escaped[-1].isalpha() else ""
        pattern = re.compile(rf"{re.escape(escaped)}{tail}(?![\w-])", 0 if is_case_sensitive else re.IGNORECASE)
        first_words = (first[0],) if first.end() < len(escaped) else tuple(first[0] + ending for ending in endings)
        for first_word in dict.fromkeys(map(str.casefold, first_words)):
            spellings.setdefault(first_word, []).append(_Spelling(pattern, term))
    return spellings
