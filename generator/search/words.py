"""The vocabulary of the digest in small files: for spelling, completion, and matches of titles and names.

``search/words/ad.json`` has the words that begin with ``ad``: ``{"adam": [9, [2, 5], [0]], "add": 3}``. Nine papers
contain ``adam``; papers 2 and 7 (as differences from one to the next) have it in a title, and paper 0 in an author's
name. A word with a colon (``dada:``) is the word before a title's colon. ``search/words/ends/am.json`` has the words
that end with ``am`` and their numbers of papers, to correct mistakes in the first letters.
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

_MIN_LENGTH = 2  # letters; the files are divided by the first two
_MIN_LENGTH_AT_END = 4  # letters; shorter words are not corrected
_ENDING_SIZES = Sizes(small=4_000, full=8_000)  # of files of endings, which are rarely fetched
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_PaperNumbers = tuple[int, int, str]
"""The papers of a part with a word: the numbers of the first and the last one, and the differences between them.

Each difference follows a comma: the papers 2, 7 and 8 are ``(2, 8, ",5,1")``.
"""


class PartWords(NamedTuple):
    """The words of a part.

    ``counts`` is the number of papers with each word. ``titles`` and ``people`` are the papers that have it in a title
    and in an author's name.
    """

    counts: dict[str, int]
    titles: dict[str, _PaperNumbers]
    people: dict[str, _PaperNumbers]


class Vocabulary(NamedTuple):
    """The words of all parts: their files by first letters, and the number of papers with each word.

    The number is 0 for words that ``PartWords.counts`` does not contain, such as ``dada:``.
    """

    shards: list[Shard]
    counts: dict[str, int]


def divided_words(words: PartWords, starts: Sequence[str]) -> Iterator[PartWords]:
    """Divide the words of a part into ranges. ``starts`` are the first letters of each range, in order."""
    ranges = [PartWords({}, {}, {}) for _ in starts]
    for name, values in words._asdict().items():
        for word, value in values.items():
            # The last range that starts at the word or before it.
            getattr(ranges[bisect_right(starts, word) - 1], name)[word] = value
    yield from ranges


def vocabulary(parts: Sequence[PartWords], sizes: Sequence[int]) -> Vocabulary:
    """Join the words of all parts, and write them into files. ``sizes`` are the numbers of papers in the parts."""
    counts: dict[str, int] = {}
    for part in parts:
        for word, count in part.counts.items():
            counts[word] = counts.get(word, 0) + count
    titles = _joined([part.titles for part in parts], sizes)
    people = _joined([part.people for part in parts], sizes)
    for word in (*titles, *people):
        counts.setdefault(word, 0)
    return Vocabulary(divide_lines(dict(_lines(counts, titles, people)), _first_letters), counts)


def word_files(shards: Iterable[Shard]) -> Iterator[File]:
    """Yield the files of words by their first letters."""
    return shard_files("search/words", shards, "{", "}")


def ending_shards(counts: Mapping[str, int]) -> list[Shard]:
    """Divide the words by their last letters, to correct mistakes in the first ones."""
    words = (word for word in sorted(counts) if len(word) >= _MIN_LENGTH_AT_END and word.isalnum())
    return divide_lines({word: f'"{word}":{counts[word]}' for word in words}, last_letters, _ENDING_SIZES)


def ending_files(shards: Iterable[Shard]) -> Iterator[File]:
    """Yield the files of words by their last letters."""
    return shard_files("search/words/ends", shards, "{", "}")


def count_words(records: Sequence[SearchRecord]) -> PartWords:
    """Collect the words of the records of a part."""
    counts: Counter[str] = Counter()
    titles: dict[str, list[int]] = defaultdict(list)
    people: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for word in {word for title in record.titles for word in words_of(title)} | set(_words_before_colon(record)):
            titles[word].append(number)
        for word in {word for name in record.people for word in words_of(name)}:
            people[word].append(number)
        # Joined with line feeds, so that no word spans two fields.
        text = "\n".join((record.content, *record.fields.values()))
        counts.update({word for word in words_of(text) if not _is_identifier(word)})
    packed_titles, packed_people = (
        {word: _packed(numbers) for word, numbers in numbers_by_word.items()} for numbers_by_word in (titles, people)
    )
    return PartWords(counts, packed_titles, packed_people)


def title_lengths(records: Sequence[SearchRecord]) -> str:
    """The numbers of words in the papers' titles, as one digit in base 36 for each paper (``z`` also for more)."""
    return "".join(_DIGITS[min(len(words_of(record.titles[0])), len(_DIGITS) - 1)] for record in records)


def _packed(numbers: Sequence[int]) -> _PaperNumbers:
    return numbers[0], numbers[-1], "".join(f",{number - previous}" for previous, number in pairwise(numbers))


def _joined(parts: Sequence[Mapping[str, _PaperNumbers]], sizes: Sequence[int]) -> dict[str, str]:
    """The papers of each word in all parts: ``2,5,1`` for the papers 2, 7 and 8."""
    joined: dict[str, tuple[int, str]] = {}  # for each word, its last paper and the text so far
    part_start = 0
    for numbers_by_word, size in zip(parts, sizes, strict=True):
        for word, (first, last, differences) in numbers_by_word.items():
            previous, text = joined.get(word, (0, ""))
            joined[word] = part_start + last, f"{text},{part_start + first - previous}{differences}"
        part_start += size
    return {word: text.removeprefix(",") for word, (_, text) in joined.items()}


def _lines(
    counts: Mapping[str, int], titles: Mapping[str, str], people: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each word and its line. ``titles`` and ``people`` are papers as ``_joined`` returns them."""
    for word, count in sorted(counts.items()):
        if len(word) >= _MIN_LENGTH:
            in_titles, in_names = titles.get(word, ""), people.get(word)
            lists = f",[{in_titles}],[{in_names}]" if in_names else f",[{in_titles}]" if in_titles else ""
            # Words contain no character that JSON would escape.
            yield word, f'"{word}":[{count}{lists}]' if lists else f'"{word}":{count}'


def _first_letters(word: str, count: int) -> str:
    """The first letters of a word, or of the word before its colon."""
    return first_letters(word.removesuffix(":"), count)


def _words_before_colon(record: SearchRecord) -> Iterator[str]:
    """Yield ``dada:`` for the title ``Dada: A Study of Kites``, of which a single word precedes the colon."""
    for title in record.titles:
        start, colon, _ = title.partition(":")
        if colon and len(start.split()) == 1:
            folded_words = words_of(start)
            yield f"{folded_words[0]}:" if folded_words else ":"


def _is_identifier(word: str) -> bool:
    """Whether a word has more than four digits, as identifiers and long numbers do.

    They are not counted, and mistyped queries are corrected only to words that are counted.
    """
    return not word.isalpha() and sum(letter.isdigit() for letter in word) > 4
