"""The vocabulary of the digest in small files: for spelling, completion, and matches of titles and names.

``search/words/ad.json`` has the words that begin with ``ad``, each with the number of papers, and the papers (by
number, as differences from one to the next) that have it in a title and in a name: ``{"adam": [9, [2, 5], [0]]}``, or
only the number. A word with a colon (``dada:``) is the name before a title's colon. ``search/words/ends/am.json`` has
the words that end with ``am`` and their numbers of papers, to correct mistakes in the first letters.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.build.task import File
from generator.search.folding import words_of
from generator.search.parts import SearchRecord
from generator.search.shards import Shard, Sizes, divide_lines, first_letters, last_letters, shard_files

_MIN_WORD = 2  # letters; the files are divided by the first two
_MIN_WORD_AT_END = 4  # letters; shorter words are not corrected
_ENDS = Sizes(small=4_000, full=8_000)  # files of endings, which are rarely fetched
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_Steps = tuple[int, int, str]
"""The papers of a part with a word: the first and the last number, and the differences, each after a comma."""


class PartWords(NamedTuple):
    """The words of a part: how many papers have each, and which papers have it in a title and in a name."""

    counts: dict[str, int]
    titles: dict[str, _Steps]
    people: dict[str, _Steps]


class Vocabulary(NamedTuple):
    """The words of all parts: the files by first letters, and the number of papers with each word.

    The number is 0 for words of names that no text contains.
    """

    shards: list[Shard]
    counts: dict[str, int]


def divided_words(words: PartWords, starts: Sequence[str]) -> Iterator[PartWords]:
    """Divide the words of a part into ranges. ``starts`` are the first letters of each range, in order."""
    ranges = [PartWords({}, {}, {}) for _ in starts]
    for part, kind in ((words.counts, "counts"), (words.titles, "titles"), (words.people, "people")):
        for word, value in part.items():
            getattr(ranges[bisect_right(starts, word) - 1], kind)[word] = value
    yield from ranges


def vocabulary(parts: Sequence[PartWords], sizes: Sequence[int]) -> Vocabulary:
    """Join the words of all parts. ``sizes`` are the numbers of papers in each part."""
    counts: dict[str, int] = {}
    for part in parts:
        for word, number in part.counts.items():
            counts[word] = counts.get(word, 0) + number
    titles, people = (_joined([getattr(part, kind) for part in parts], sizes) for kind in ("titles", "people"))
    for word in (*titles, *people):
        counts.setdefault(word, 0)
    return Vocabulary(divide_lines(dict(_lines(counts, titles, people)), _beginning), counts)


def word_files(shards: Iterable[Shard]) -> Iterator[File]:
    """Yield the files of words by their first letters."""
    return shard_files("search/words", shards, "{", "}")


def ending_shards(counts: Mapping[str, int]) -> list[Shard]:
    """Divide the words by their last letters, to correct mistakes in the first ones."""
    words = (word for word in sorted(counts) if len(word) >= _MIN_WORD_AT_END and word.isalnum())
    return divide_lines({word: f'"{word}":{counts[word]}' for word in words}, last_letters, _ENDS)


def ending_files(shards: Iterable[Shard]) -> Iterator[File]:
    """Yield the files of words by their last letters."""
    return shard_files("search/words/ends", shards, "{", "}")


def count_words(records: Sequence[SearchRecord]) -> PartWords:
    """Count the words of a part."""
    counts: Counter[str] = Counter()
    titles: dict[str, list[int]] = defaultdict(list)
    people: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in {word for title in record.titles for word in words_of(title)} | set(_names_before_colon(record)):
            titles[word].append(number)
        for word in {word for name in record.people for word in words_of(name)}:
            people[word].append(number)
        # Joined with line feeds, so that no word spans two fields.
        text = "\n".join((record.content, *record.fields.values()))
        counts.update({word for word in words_of(text) if not _is_number(word)})
    in_titles, in_names = (
        {word: _steps(numbers) for word, numbers in papers_of_words.items()} for papers_of_words in (titles, people)
    )
    return PartWords(counts, in_titles, in_names)


def title_lengths(records: Sequence[SearchRecord]) -> str:
    """The number of words in each paper's title, as one digit in base 36."""
    return "".join(_DIGITS[min(len(words_of(record.titles[0])), len(_DIGITS) - 1)] for record in records)


def _steps(numbers: Sequence[int]) -> _Steps:
    return numbers[0], numbers[-1], "".join(f",{then - first}" for first, then in pairwise(numbers))


def _joined(parts: Sequence[Mapping[str, _Steps]], sizes: Sequence[int]) -> dict[str, str]:
    """The papers of each word in all parts, as differences from one to the next."""
    joined: dict[str, tuple[int, str]] = {}
    begin = 0
    for steps_of, size in zip(parts, sizes, strict=True):
        for word, (first, last, steps) in steps_of.items():
            before, text = joined.get(word, (0, ""))
            joined[word] = begin + last, f"{text},{begin + first - before}{steps}"
        begin += size
    return {word: text[1:] for word, (_, text) in joined.items()}


def _lines(
    counts: Mapping[str, int], titles: Mapping[str, str], people: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each word and its line. Words contain no character that JSON would escape."""
    for word, count in sorted(counts.items()):
        if len(word) >= _MIN_WORD:
            title, name = titles.get(word, ""), people.get(word)
            lists = f",[{title}],[{name}]" if name else f",[{title}]" if title else ""
            yield word, f'"{word}":[{count}{lists}]' if lists else f'"{word}":{count}'


def _beginning(word: str, letters: int) -> str:
    return first_letters(word.removesuffix(":"), letters)


def _names_before_colon(record: SearchRecord) -> Iterator[str]:
    for title in record.titles:
        head, colon, _ = title.partition(":")
        if colon and len(words := head.split()) == 1:
            yield f"{words_of(words[0])[0]}:" if words_of(words[0]) else ":"


def _is_number(word: str) -> bool:
    """Whether a word is an identifier or a long number. These are not part of the vocabulary for corrections."""
    return not word.isalpha() and sum(letter.isdigit() for letter in word) > 4
