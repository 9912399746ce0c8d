"""Meanings of search words: long forms of abbreviations, English words for German ones, and synonyms.

Long forms are extracted from the digest's own texts (Schwartz and Hearst, 2003), and read from tables in
``theme/search/``, which a digest may replace by its own: ``abbreviations.tsv``, ``synonyms.tsv`` and ``german.tsv``.
``search/meanings.json`` and ``search/german.json`` contain only meanings whose words occur in the digest.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.search.folding import parts_of_text

_SHORT_FORM = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9})\)")  # an abbreviation in brackets after its long form
_MAX_LONGER = 5  # words; Schwartz and Hearst allow a long form this many words more than the short form has letters
_MAX_MEANINGS = 4  # per abbreviation; a query with more alternatives finds unrelated papers
_PAPERS_PER_EXPLANATION = 5000


class Synonyms(NamedTuple):
    """Phrases that a reader types, and the phrases to search as well; both are equal if all mean the same."""

    typed: tuple[str, ...]
    meanings: tuple[str, ...]


class Tables(NamedTuple):
    """The tables of the theme: long forms of abbreviations, English words for German ones, synonyms."""

    short: Mapping[str, tuple[str, ...]]
    german: Mapping[str, tuple[str, ...]]
    synonyms: tuple[Synonyms, ...] = ()


def explained_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that ``text`` explains, each with its long form: ``large language models (LLMs)``."""
    for match in _SHORT_FORM.finditer(text):
        short = match[1].removesuffix("s") if match[1][:-1].isupper() else match[1]
        if sum(letter.isupper() for letter in short) < 2:  # a remark in brackets, such as ``(ours)``
            continue
        preceding = re.findall(r"[^\s()]+", text[max(0, match.start() - 120) : match.start()])
        words = preceding[-min(len(short) + _MAX_LONGER, 2 * len(short)) :]
        if long := _long_form(short, " ".join(words)):
            yield short.lower(), long


def _long_form(short: str, preceding: str) -> str:
    """The shortest end of ``preceding`` with the letters of ``short`` in order, the first at the start of a word."""
    start = len(preceding)
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        start -= 1
        while start >= 0 and (
            preceding[start].lower() != letter or (index == 0 and start > 0 and preceding[start - 1].isalnum())
        ):
            start -= 1
        if start < 0:
            return ""
    long = preceding[start:].strip(" ,;:.")
    return "" if len(long.split()) < 2 or short.lower() in parts_of_text(long) else " ".join(parts_of_text(long))


def read_table(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a table of words with their meanings. Each line is the word, a tab, and the meanings, separated by ``;``.

    Words are folded in the same way as queries in the browser (``t-SNE`` becomes ``tsne``). A missing file is an empty
    table.
    """
    rows = (line.partition("\t") for line in _rows(path))
    return {_as_typed(word): _phrases(meanings) for word, tab, meanings in rows if tab}


def read_synonyms(path: Path) -> tuple[Synonyms, ...]:
    """Read groups of phrases, separated by ``;``. If a line has a tab, the phrases before it mean those after it."""
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
    """Yield ``search/meanings.json`` and ``search/german.json``.

    ``counts`` has the number of papers for each word, ``explained`` the abbreviations that texts explain; ``papers`` is
    the number of papers.
    """

    def occurs(meaning: str) -> bool:
        # The browser searches stems, so the plural counts as well.
        return all(word in counts or f"{word}s" in counts for word in meaning.split())

    explained_counts = Counter(explained)
    min_count = 1 + papers // _PAPERS_PER_EXPLANATION  # rare ones are found in the text itself
    table: dict[str, dict[str, None]] = {}
    for (word, long), count in sorted(explained_counts.items(), key=lambda row: (-row[1], row[0])):
        if count >= min_count:
            table.setdefault(word, {})[long] = None
    for word, phrases in tables.short.items():
        for long in filter(occurs, phrases):
            table.setdefault(word, {})[long] = None
        if word in counts and word not in table:
            table[word] = dict.fromkeys(phrases)
    meanings = {
        "short": {word: list(longs)[:_MAX_MEANINGS] for word, longs in sorted(table.items())},
        "same": list(_occurring_groups(tables.synonyms, occurs)),
    }
    german = {
        word: occurring for word, phrases in sorted(tables.german.items()) if (occurring := _occurring(phrases, occurs))
    }
    yield _json_file("search/meanings.json", meanings)
    yield _json_file("search/german.json", german)


def _json_file(path: str, document: object) -> File:
    return text_file(path, json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def _occurring_groups(groups: Iterable[Synonyms], occurs: Callable[[str], bool]) -> Iterator[list[object]]:
    """The groups with the meanings that occur in the digest; synonyms that all occur are listed once."""
    for typed, meanings in groups:
        occurring = _occurring(meanings, occurs)
        if occurring:
            yield [*typed] if occurring == [*typed] else [typed, occurring]


def _occurring(meanings: Iterable[str], occurs: Callable[[str], bool]) -> list[str]:
    return [meaning for meaning in meanings if occurs(meaning)]
