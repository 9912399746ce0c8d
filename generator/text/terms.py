"""Link glossary terms in HTML to their explanations: each at its first use, outside links, code and formulas.

A term is a whole word or phrase, perhaps with the ending of a noun (``adapters``). Case matters for terms with capitals
after the first letter, such as LoRA, and for German nouns.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.text.escape import for_html

Spellings = tuple[tuple[str, str], ...]
"""Pairs of a spelling of a term in one language and the term's id."""

_ENDINGS: Mapping[str, tuple[str, ...]] = {"en": ("", "s", "es"), "de": ("", "e", "en", "n", "s", "es", "er", "ern")}
_TAG = re.compile(r"<(/?)([a-z]+)[^<>]*>")
_WORD = re.compile(r"\w+")
_UNLINKED_ELEMENTS = frozenset({"a", "code", "math"})
_WORD_JOINERS = frozenset("-&#")  # before a word, they make it part of a compound or of a character reference


class _TermPattern(NamedTuple):
    """A regular expression for a spelling of a term with its endings, and the term's id.

    It is matched only at positions where the first word of the spelling occurs.
    """

    pattern: str
    flags: int
    term_id: str


def link_terms(texts: Sequence[str], spellings: Spellings, language: str, address: Callable[[str], str]) -> list[str]:
    """Return the HTML ``texts`` of one page with a link at the first use of each term.

    ``address`` returns the URL at which the term with an id is explained.
    """
    patterns = _patterns_by_first_word(spellings, language)
    linked: set[str] = set()
    return ["".join(_linked(text, patterns, linked, address)) for text in texts] if patterns else list(texts)


def _linked(
    html: str, patterns: Mapping[str, Sequence[_TermPattern]], linked: set[str], address: Callable[[str], str]
) -> Iterator[str]:
    """The parts of ``html``, with links. ``linked`` are the ids of the terms with a link; it is updated."""
    open_unlinked, start = 0, 0  # the number of open elements in which terms are not linked
    for tag in _TAG.finditer(html):
        text = html[start : tag.start()]
        yield text if open_unlinked else _linked_text(text, patterns, linked, address)
        yield tag[0]
        if tag[2] in _UNLINKED_ELEMENTS:
            open_unlinked += -1 if tag[1] else 1
        start = tag.end()
    yield _linked_text(html[start:], patterns, linked, address)


def _linked_text(
    text: str, patterns: Mapping[str, Sequence[_TermPattern]], linked: set[str], address: Callable[[str], str]
) -> str:
    """Return ``text``, which contains no tags, with links; add the ids of the linked terms to ``linked``."""
    parts, start = [], 0
    for word in _WORD.finditer(text):
        if word.start() < start or text[max(0, word.start() - 1) : word.start()] in _WORD_JOINERS:
            continue
        for pattern, flags, term_id in patterns.get(word[0].casefold(), ()):
            match = _compiled(pattern, flags).match(text, word.start()) if term_id not in linked else None
            if match:
                linked.add(term_id)
                link = f'<a href="{for_html(address(term_id))}">{match[0]}</a>'
                parts += [text[start : match.start()], link]
                start = match.end()
                break
    return "".join((*parts, text[start:])) if parts else text


# A pattern is compiled when the first word of its term occurs: a build after an edit renders few pages, with few terms.
_compiled = lru_cache(maxsize=None)(re.compile)


@lru_cache(maxsize=16)
def _patterns_by_first_word(spellings: Spellings, language: str) -> dict[str, list[_TermPattern]]:
    """The patterns of terms by the first word of the match, in lower case; the longest spelling first."""
    endings = _ENDINGS.get(language, ("",))
    patterns: dict[str, list[_TermPattern]] = {}
    for spelling, term_id in sorted(spellings, key=lambda pair: (-len(pair[0]), pair)):
        escaped = for_html(spelling)
        word = _WORD.search(escaped)
        if not word or word.start():
            continue  # terms are looked up by their first word, so one that begins with a symbol is never linked
        is_case_sensitive = any(map(str.isupper, spelling[1:])) or (language == "de" and spelling[:1].isupper())
        alternatives = "|".join(sorted(filter(None, endings), key=len, reverse=True))
        ending_pattern = f"(?:{alternatives})?" if alternatives and escaped[-1].isalpha() else ""
        pattern = rf"{re.escape(escaped)}{ending_pattern}(?![\w-])"
        # Endings follow the last word, which is the first one too if the term is one word.
        first_words = (word[0],) if word.end() < len(escaped) else tuple(word[0] + ending for ending in endings)
        for first_word in dict.fromkeys(map(str.casefold, first_words)):
            patterns.setdefault(first_word, []).append(
                _TermPattern(pattern, 0 if is_case_sensitive else re.IGNORECASE, term_id)
            )
    return patterns
