"""The words of the digest in small files: whether a word is one, what near it is, and whose title or name has it.

``search/words/ad.json`` holds the words that begin with ``ad``, each with how many papers have it, and the papers (by
number, as steps from one to the next) that have it in a title and in a name: ``{"adam": [9, [2, 5], [0]]}``, or the
number alone. A word with a colon (``dada:``) is the name before a title's colon. ``search/words/ends/am.json`` holds
the words that end so with their counts: one with a mistake in its first letters is looked for there. One mistake
spoils the beginning or the end, never both. ``search/index.json`` tells what every search needs: the digest of the
records, how many words each title has (a digit in base 36 a paper), and which files of words there are.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.exports.search_folding import words_of
from generator.model.page import Page
from generator.model.search_record import SearchRecord, digest_of

_SHORTEST_AT_END = 4
_CUT = 2
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def word_files(records: Sequence[SearchRecord]) -> Iterator[Page]:
    """The files of words, by the two letters of their names, and the index."""
    counts: Counter[str] = Counter()
    titles: dict[str, list[int]] = defaultdict(list)
    people: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in sorted({word for title in record.titles for word in words_of(title)} | set(_heads(record))):
            titles[word].append(number)
        for word in sorted({word for name in record.people for word in words_of(name)}):
            people[word].append(number)
        told = "\n".join((record.content, *record.titles, *record.people))
        counts.update({word for word in words_of(told) if not _is_number(word)})
    beginnings: dict[str, dict[str, Any]] = defaultdict(dict)
    endings: dict[str, dict[str, int]] = defaultdict(dict)
    for word in sorted({*counts, *titles, *people}):
        if len(word) < _CUT:
            continue
        places = [_steps(titles.get(word, ())), _steps(people.get(word, ()))]
        while places and not places[-1]:
            places.pop()
        beginnings[word[:_CUT]][word] = [counts[word], *places] if places else counts[word]
        if len(word) >= _SHORTEST_AT_END and word.isalnum():
            endings[word[-_CUT:]][word] = counts[word]
    lengths = [min(len(words_of(record.titles[0])), len(_DIGITS) - 1) for record in records]
    yield _file(
        "search/index.json",
        {
            "digest": digest_of(records),
            "lengths": "".join(_DIGITS[length] for length in lengths),
            "words": " ".join(map(file_name, sorted(beginnings))),
            "ends": " ".join(map(file_name, sorted(endings))),
        },
    )
    for folder, held in (("search/words", beginnings), ("search/words/ends", endings)):
        for key, words in sorted(held.items()):
            yield _file(f"{folder}/{file_name(key)}.json", words)


def _heads(record: SearchRecord) -> Iterator[str]:
    for title in record.titles:
        head, colon, _ = title.partition(":")
        if colon and len(words := head.split()) == 1:
            yield f"{words_of(words[0])[0]}:" if words_of(words[0]) else ":"


def _is_number(word: str) -> bool:
    return (
        not word.isalpha() and sum(letter.isdigit() for letter in word) > 4
    )  # identifiers and long numbers are no words


def _steps(numbers: Iterable[int]) -> list[int]:
    found, last = [], 0
    for number in numbers:
        found.append(number - last)
        last = number
    return found


def _file(path: str, told: Mapping[str, Any]) -> Page:
    return Page(path=path, text=f"{json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n")


def file_name(key: str) -> str:
    """The two letters of a file of words as a name that every file system takes: others than a-z and 0-9 by number."""
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in key)
