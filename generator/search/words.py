"""The words of the digest in small files: whether a word is one, what near it is, and whose title or name has it.

``search/words/ad.json`` holds the words that begin with ``ad``, each with how many papers have it, and the papers (by
number, as steps from one to the next) that have it in a title and in a name: ``{"adam": [9, [2, 5], [0]]}``, or the
number alone. A word with a colon (``dada:``) is the name before a title's colon. ``search/words/ends/am.json`` holds
the words that end so with their counts: one with a mistake in its first letters is looked for there. One mistake
spoils the beginning or the end, never both. What would be large is cut by one letter more (``ada.json``), and then the
file holds itself only the words that have no more letters. What is small stands in one file with others, which is named
by the first letters in it.

``search/index.json`` tells what every search needs: the digest of the records, the parts that they are in (the digest
and size of each; a paper's file is named by them), how many papers share a file, how many words each title has (a
digit in base 36 a paper), which letters there are (a bar between those of different files), and the words that most of
many papers have: their lists are the heaviest to fetch and narrow nothing.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.build.task import File, text_file
from generator.search.folding import words_of
from generator.search.parts import SearchRecord, digest_of, papers_in_a_file

_SHORTEST_AT_END = 4
_CUT, _DEEPEST = 2, 4  # letters of a file's name
_LARGEST = 12_000  # signs in a file that could be cut further
_SMALL, _FULL = 700, 2_000  # signs of what shares a file with others, and of them all
_SMALL_END, _FULL_END = 2_000, 4_000  # the same of endings, which are fetched for few words
_MANY = 4000  # papers; with fewer no list of them is heavy
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


_Named = tuple[str, list[str]]
_File = tuple[list[str], list[str]]
"""The letters that a file is for, and what it tells of their words."""

_Steps = tuple[int, int, str]
"""The papers of a part that have a word: the numbers of the first and the last, and the steps, each after a comma."""


class PartWords(NamedTuple):
    """The words of a part of the papers: how many have each, which in a title and a name, and how long titles are."""

    counts: dict[str, int]
    titles: dict[str, _Steps]
    people: dict[str, _Steps]
    lengths: str


def word_files(parts: Sequence[PartWords], hashes: Sequence[str]) -> Iterator[File]:
    """The files of words, by the letters of their names, and the index. ``hashes`` are those of the parts' records."""
    counts: dict[str, int] = {}
    for part in parts:
        for word, number in part.counts.items():
            counts[word] = counts.get(word, 0) + number
    sizes = [len(part.lengths) for part in parts]
    titles, people = (_joined([getattr(part, kind) for part in parts], sizes) for kind in ("titles", "people"))
    files = _files(counts, titles, people)
    index = {
        "digest": digest_of(*hashes),
        "parts": [[digest_of(name), size] for name, size in zip(hashes, sizes, strict=True)],
        "together": papers_in_a_file(sum(sizes)),
        "lengths": "".join(part.lengths for part in parts),
        **{kind: "|".join(" ".join(map(file_name, letters)) for letters, _ in held) for kind, held in files.items()},
        "common": sorted(word for word, count in counts.items() if count > max(_MANY, sum(sizes) // 2)),
    }
    yield text_file("search/index.json", f"{_json(index)}\n")
    for folder, kind in (("search/words", "words"), ("search/words/ends", "ends")):
        for letters, words in files[kind]:
            yield text_file(f"{folder}/{file_name(letters[0])}.json", f"{{{','.join(words)}}}\n")


def counted(records: Sequence[SearchRecord]) -> PartWords:
    """The words of a part."""
    counts: Counter[str] = Counter()
    titles: dict[str, list[int]] = defaultdict(list)
    people: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in {word for title in record.titles for word in words_of(title)} | set(_heads(record)):
            titles[word].append(number)
        for word in {word for name in record.people for word in words_of(name)}:
            people[word].append(number)
        told = "\n".join((record.content, *record.titles, *record.people))
        counts.update({word for word in words_of(told) if not _is_number(word)})
    lengths = "".join(_DIGITS[min(len(words_of(record.titles[0])), len(_DIGITS) - 1)] for record in records)
    in_titles, in_names = ({word: _steps(at) for word, at in held.items()} for held in (titles, people))
    return PartWords(counts, in_titles, in_names, lengths)


def _steps(numbers: Sequence[int]) -> _Steps:
    return numbers[0], numbers[-1], "".join(f",{then - first}" for first, then in pairwise(numbers))


def _joined(held: Sequence[Mapping[str, _Steps]], sizes: Sequence[int]) -> dict[str, str]:
    """The papers of each word, as steps from one to the next, of all parts."""
    found: dict[str, tuple[int, str]] = {}
    begin = 0
    for steps_of, size in zip(held, sizes, strict=True):
        for word, (first, last, steps) in steps_of.items():
            before, told = found.get(word, (0, ""))
            found[word] = begin + last, f"{told},{begin + first - before}{steps}"
        begin += size
    return {word: told[1:] for word, (_, told) in found.items()}


def _files(counts: Mapping[str, int], titles: Mapping[str, str], people: Mapping[str, str]) -> dict[str, list[_File]]:
    """What is told of each word, in files; words hold no sign that JSON would mask."""
    beginnings: dict[str, str] = {}
    endings: dict[str, str] = {}
    for word in sorted({*counts, *titles, *people}):
        if len(word) < _CUT:
            continue
        count, title, name = counts.get(word, 0), titles.get(word, ""), people.get(word)
        lists = f",[{title}],[{name}]" if name else f",[{title}]" if title else ""
        beginnings[word] = f'"{word}":[{count}{lists}]' if lists else f'"{word}":{count}'
        if len(word) >= _SHORTEST_AT_END and word.isalnum():
            endings[word] = f'"{word}":{count}'
    return {
        "words": list(
            _put_together(_cut(beginnings, lambda word, letters: word.removesuffix(":")[:letters]), _SMALL, _FULL)
        ),
        "ends": list(_put_together(_cut(endings, lambda word, letters: word[-letters:]), _SMALL_END, _FULL_END)),
    }


def _put_together(cut: Iterable[_Named], small: int, full: int) -> Iterator[_File]:
    """What is small in one file with others, what is not in one of its own: that is what readers type most."""
    letters: list[str] = []
    words: list[str] = []
    for key, held in cut:
        size = sum(map(len, held))
        if size > small:
            yield [key], held
            continue
        if letters and sum(map(len, words)) + size > full:
            yield letters, words
            letters, words = [], []
        letters.append(key)
        words += held
    if letters:
        yield letters, words


def _cut(told: Mapping[str, str], name: Callable[[str, int], str], letters: int = _CUT) -> Iterator[_Named]:
    """What is ``told`` of words, in files by so many letters of each, more where a file would be large."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for word, text in told.items():
        files[name(word, letters)][word] = text
    for key, held in sorted(files.items()):
        if len(key) == letters < _DEEPEST and sum(map(len, held.values())) > _LARGEST:
            yield from _cut(held, name, letters + 1)
        else:
            yield key, list(held.values())


def _heads(record: SearchRecord) -> Iterator[str]:
    for title in record.titles:
        head, colon, _ = title.partition(":")
        if colon and len(words := head.split()) == 1:
            yield f"{words_of(words[0])[0]}:" if words_of(words[0]) else ":"


def _is_number(word: str) -> bool:
    return (
        not word.isalpha() and sum(letter.isdigit() for letter in word) > 4
    )  # identifiers and long numbers are no words


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def file_name(key: str) -> str:
    """The letters of a file of words as a name that every file system takes: others than a-z and 0-9 by number."""
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in key)
