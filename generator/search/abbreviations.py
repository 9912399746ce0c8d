"""Meanings of search words: long forms of abbreviations, English words for German ones, and synonyms.

Long forms are extracted from the digest's own texts by the algorithm of Schwartz and Hearst (2003). They are also read
from a table in ``theme/search/``, as are the other meanings: ``abbreviations.tsv``, ``german.tsv`` and
``synonyms.tsv``. A digest may replace these files. ``search/meanings.json`` and ``search/german.json`` contain only
meanings whose words occur in the digest, and all long forms of an abbreviation that occurs without any of them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.search.folding import split_words

_SHORT_FORM = re.compile(r"\(([A-Za-z][A-Za-z0-9-]{1,9})\)")  # an abbreviation in brackets after its long form
_MAX_EXTRA_WORDS = 5  # Schwartz and Hearst: a long form has at most so many words more than the short form has letters
_MAX_DISTANCE = 120  # characters before the bracket that may belong to the long form
_MAX_MEANINGS = 4  # per abbreviation; a query with more alternatives finds unrelated papers
_PAPERS_PER_EXPLANATION = 5000
"""To be listed, an abbreviation needs one explanation, and one more for each so many papers."""


class Synonyms(NamedTuple):
    """Phrases that a reader types, and the phrases to search as well. Both are equal if all phrases mean the same."""

    typed: tuple[str, ...]
    meanings: tuple[str, ...]


class Tables(NamedTuple):
    """The tables of the theme: long forms of abbreviations, English words for German ones, synonyms."""

    abbreviations: Mapping[str, tuple[str, ...]]
    german: Mapping[str, tuple[str, ...]]
    synonyms: tuple[Synonyms, ...] = ()


def explained_abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation that ``text`` explains, in lower case, and its long form.

    ``large language models (LLMs)`` gives ``("llm", "large language models")``.
    """
    for match in _SHORT_FORM.finditer(text):
        short = match[1].removesuffix("s") if match[1][:-1].isupper() else match[1]
        if sum(letter.isupper() for letter in short) < 2:  # a remark in brackets, such as ``(ours)``
            continue
        preceding = re.findall(r"[^\s()]+", text[max(0, match.start() - _MAX_DISTANCE) : match.start()])
        max_words = min(len(short) + _MAX_EXTRA_WORDS, 2 * len(short))
        if long := _long_form(short, " ".join(preceding[-max_words:])):
            yield short.lower(), long


def _long_form(short: str, preceding: str) -> str:
    """The shortest end of ``preceding`` with the letters of ``short`` in order, the first at the start of a word.

    Returns '' if there is none, or if it has fewer than two words or contains ``short`` itself.
    """
    start = len(preceding)
    # Both texts are read backwards, so that the end of ``preceding`` is the shortest possible.
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
    words = split_words(preceding[start:])
    has_two_words = len(preceding[start:].strip(" ,;:.").split()) > 1
    return " ".join(words) if has_two_words and short.lower() not in words else ""


def read_table(path: Path) -> dict[str, tuple[str, ...]]:
    """Read a table of words with their meanings, and return the meanings by word.

    Each line is the word, a tab, and the meanings, separated by ``;``. Words are folded in the same way as queries in
    the browser (``t-SNE`` becomes ``tsne``). A missing file is an empty table.
    """
    rows = (line.partition("\t") for line in _table_lines(path))
    return {_folded_key(word): _phrases(meanings) for word, tab, meanings in rows if tab}


def read_synonyms(path: Path) -> tuple[Synonyms, ...]:
    """Read a table of synonyms. A line has phrases with the same meaning, separated by ``;``.

    If a line has a tab, queries for the phrases before it also search for the phrases after it, but not vice versa.
    """
    groups = []
    for line in _table_lines(path):
        first, tab, second = line.partition("\t")
        groups.append(Synonyms(_phrases(first), _phrases(second if tab else first)))
    return tuple(groups)


def _table_lines(path: Path) -> Iterator[str]:
    """The lines of a table, without empty lines and comments."""
    text = path.read_text("utf-8") if path.is_file() else ""
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(split_words(phrase)) for phrase in text.split(";"))


def _folded_key(text: str) -> str:
    """The words of a text as the browser looks them up: folded, and each joined if it has a hyphen or sign."""
    return " ".join("".join(split_words(piece)) for piece in text.split())


def meanings_files(
    counts: Mapping[str, int],
    explained: Iterable[tuple[str, str]],
    tables: Tables,
    papers: int,
) -> Iterator[File]:
    """Yield ``search/meanings.json`` and ``search/german.json``.

    In ``meanings.json``, ``short`` has the long forms of each abbreviation, and ``same`` the synonyms.

    ``counts`` has the number of papers with each word. ``explained`` are the results of ``explained_abbreviations``.
    ``papers`` is the number of all papers.
    """

    def occurs(meaning: str) -> bool:
        # The browser searches stems, so the plural counts as well.
        return all(word in counts or f"{word}s" in counts for word in meaning.split())

    counts_of_explanations = Counter(explained)
    # A rare abbreviation needs no entry: its papers contain it beside its long form, so that both queries find them.
    min_count = 1 + papers // _PAPERS_PER_EXPLANATION
    long_forms: dict[str, dict[str, None]] = {}  # the inner dictionary is an ordered set
    for (word, long), count in sorted(counts_of_explanations.items(), key=lambda item: (-item[1], item[0])):
        if count >= min_count:
            long_forms.setdefault(word, {})[long] = None
    for word, phrases in tables.abbreviations.items():
        for long in filter(occurs, phrases):
            long_forms.setdefault(word, {})[long] = None
        if word in counts and word not in long_forms:
            long_forms[word] = dict.fromkeys(phrases)
    meanings = {
        "short": {word: list(longs)[:_MAX_MEANINGS] for word, longs in sorted(long_forms.items())},
        "same": list(_occurring_synonyms(tables.synonyms, occurs)),
    }
    german = {
        word: occurring for word, phrases in sorted(tables.german.items()) if (occurring := _occurring(phrases, occurs))
    }
    yield _json_file("search/meanings.json", meanings)
    yield _json_file("search/german.json", german)


def _json_file(path: str, document: object) -> File:
    return text_file(path, json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def _occurring_synonyms(groups: Iterable[Synonyms], occurs: Callable[[str], bool]) -> Iterator[list[object]]:
    """Yield the groups of synonyms with meanings that occur in the digest.

    A group is a pair of the typed phrases and the occurring meanings. If both are equal, it is a list of the phrases.
    """
    for typed, meanings in groups:
        occurring = _occurring(meanings, occurs)
        if occurring:
            yield [*typed] if occurring == [*typed] else [typed, occurring]


def _occurring(meanings: Iterable[str], occurs: Callable[[str], bool]) -> list[str]:
    return [meaning for meaning in meanings if occurs(meaning)]
