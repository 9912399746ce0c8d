"""What words mean in the field: abbreviations with their long forms, and German words with English ones.

Long forms are mined from the digest's own texts after Schwartz and Hearst (2003), and come from tables in
``theme/search/``, which a digest may replace by its own: ``abbreviations.tsv``, ``synonyms.tsv`` and ``german.tsv``.
Only what can lead to a paper of the digest goes into ``search/meanings.json`` and ``search/german.json``.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.search.folding import parts_of_text

_SHORT_FORM = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9})\)")
_MOST_LONGER = 5  # words of a long form beyond the letters of the short one, as Schwartz and Hearst allow
_MOST_MEANINGS = 4
_MANY = 5000


class Synonyms(NamedTuple):
    """Phrases that lead to other phrases; where all mean the same, both are equal."""

    typed: tuple[str, ...]
    meanings: tuple[str, ...]


class Tables(NamedTuple):
    """What the theme's tables say: long forms of abbreviations, English words for German ones, synonyms."""

    short: Mapping[str, tuple[str, ...]]
    german: Mapping[str, tuple[str, ...]]
    synonyms: tuple[Synonyms, ...] = ()


def mined(text: str) -> Iterator[tuple[str, str]]:
    """The abbreviations that ``text`` explains, each with its long form: ``large language models (LLMs)``."""
    for match in _SHORT_FORM.finditer(text):
        short = match[1].removesuffix("s") if match[1][:-1].isupper() else match[1]
        if sum(letter.isupper() for letter in short) < 2:
            continue
        before = re.findall(r"[^\s()]+", text[max(0, match.start() - 120) : match.start()])
        words = before[-min(len(short) + _MOST_LONGER, 2 * len(short)) :]
        if long := _long_form(short, " ".join(words)):
            yield short.lower(), long


def _long_form(short: str, before: str) -> str:
    """The shortest end of ``before`` that has the letters of ``short`` in order, the first at a word's beginning."""
    start = len(before)
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        start -= 1
        while start >= 0 and (
            before[start].lower() != letter or (place == 0 and start > 0 and before[start - 1].isalnum())
        ):
            start -= 1
        if start < 0:
            return ""
    long = before[start:].strip(" ,;:.")
    return "" if len(long.split()) < 2 or short.lower() in parts_of_text(long) else " ".join(parts_of_text(long))


def read_table(path: Path) -> dict[str, tuple[str, ...]]:
    """A table of words, each with its meanings: the word, a tab, the meanings with semicolons between them.

    The word is folded as the browser folds what is typed (``t-SNE``: ``tsne``). A missing file is an empty table.
    """
    rows = (line.partition("\t") for line in _rows(path))
    return {_as_typed(word): _phrases(meanings) for word, tab, meanings in rows if tab}


def read_synonyms(path: Path) -> tuple[Synonyms, ...]:
    """Groups of phrases with semicolons between them. Phrases before a tab lead to those after it, not back."""
    groups = []
    for line in _rows(path):
        first, tab, second = line.partition("\t")
        groups.append(Synonyms(_phrases(first), _phrases(second if tab else first)))
    return tuple(groups)


def _rows(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8") if path.is_file() else ""
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(parts_of_text(phrase)) for phrase in text.split(";"))


def _as_typed(text: str) -> str:
    return " ".join("".join(parts_of_text(piece)) for piece in text.split())


def meanings_files(
    counts: Mapping[str, int],
    explained: Iterable[tuple[str, str]],
    tables: Tables,
    papers: int,
) -> Iterator[File]:
    """``search/meanings.json`` and ``search/german.json``: what leads to words that the digest has.

    ``counts`` says how many of the ``papers`` have each word, ``explained`` which abbreviations their texts explain.
    """

    def leads(meaning: str) -> bool:
        return all(word in counts or f"{word}s" in counts for word in meaning.split())

    own = Counter(explained)
    least = 1 + papers // _MANY  # what few papers of many explain is found in their own texts
    table: dict[str, dict[str, None]] = {}
    for (word, long), count in sorted(own.items(), key=lambda row: (-row[1], row[0])):
        if count >= least:
            table.setdefault(word, {})[long] = None
    for word, phrases in tables.short.items():
        for long in filter(leads, phrases):
            table.setdefault(word, {})[long] = None
        if word in counts and word not in table:
            table[word] = dict.fromkeys(phrases)
    meanings = {
        "short": {word: list(longs)[:_MOST_MEANINGS] for word, longs in sorted(table.items())},
        "same": list(_leading_groups(tables.synonyms, leads)),
    }
    german = {word: kept for word, phrases in sorted(tables.german.items()) if (kept := _kept(phrases, leads))}
    yield _json_file("search/meanings.json", meanings)
    yield _json_file("search/german.json", german)


def _json_file(path: str, document: object) -> File:
    return text_file(path, json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def _leading_groups(groups: Iterable[Synonyms], leads: Callable[[str], bool]) -> Iterator[list[object]]:
    """The groups with the meanings that lead to papers; a group of equal phrases that all do stands there once."""
    for typed, meanings in groups:
        kept = _kept(meanings, leads)
        if kept:
            yield [*typed] if kept == [*typed] else [typed, kept]


def _kept(meanings: Iterable[str], leads: Callable[[str], bool]) -> list[str]:
    return [meaning for meaning in meanings if leads(meaning)]
