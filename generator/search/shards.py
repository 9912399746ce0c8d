"""Divide lines of data into small files by the first or last letters of their keys, so that a reader fetches little.

A file that would be large is divided by one more letter, and then contains only the keys that have no more letters.
Small files are joined, and named by the first letters in them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.build.task import File, text_file

_MIN_LETTERS, _MAX_LETTERS = 2, 4  # letters of a file's name, at least and at most


class Shard(NamedTuple):
    """The letters of the keys in a file, and its lines."""

    letters: list[str]
    lines: list[str]


class Sizes(NamedTuple):
    """Sizes in characters: files above ``largest`` are divided, those up to ``small`` joined to at most ``full``."""

    largest: int = 12_000
    small: int = 1_200
    full: int = 3_000


def shards(
    lines: Mapping[str, str],
    letters_of: Callable[[str, int], str],
    sizes: Sizes = Sizes(),  # noqa: B008 - immutable
) -> list[Shard]:
    """Divide ``lines`` by letters of their keys. ``letters_of`` returns the given number of letters of a key."""
    return list(_join_small(_divide(lines, letters_of, sizes.largest), sizes))


def shard_files(folder: str, shards: Iterable[Shard], opening: str, closing: str) -> Iterator[File]:
    """Yield the shards as JSON files: their lines between two brackets."""
    for letters, lines in shards:
        yield text_file(f"{folder}/{file_name(letters[0])}.json", f"{opening}{','.join(lines)}{closing}\n")


def shard_names(shards: Iterable[Shard]) -> str:
    """The letters in each shard as one text: a space between letters of one shard, a bar between shards."""
    return "|".join(" ".join(map(file_name, letters)) for letters, _ in shards)


def first_letters(key: str, count: int) -> str:
    """The letters at the beginning of a key."""
    return key[:count]


def last_letters(key: str, count: int) -> str:
    """The letters at the end of a key."""
    return key[-count:]


def file_name(letters: str) -> str:
    """Letters as a name for any file system: characters other than a-z and 0-9 by their code point."""
    return "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in letters)


def _join_small(divided: Iterable[Shard], sizes: Sizes) -> Iterator[Shard]:
    """Join small files with their neighbors."""
    letters: list[str] = []
    lines: list[str] = []
    for shard in divided:
        size = sum(map(len, shard.lines))
        if size > sizes.small:
            yield shard  # before small ones that are not joined yet: readers find a shard by its letters in any order
            continue
        if letters and sum(map(len, lines)) + size > sizes.full:
            yield Shard(letters, lines)
            letters, lines = [], []
        letters += shard.letters
        lines += shard.lines
    if letters:
        yield Shard(letters, lines)


def _divide(
    lines: Mapping[str, str], letters_of: Callable[[str, int], str], largest: int, count: int = _MIN_LETTERS
) -> Iterator[Shard]:
    """Divide ``lines`` by ``count`` letters, and large files by more."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for key, line in lines.items():
        files[letters_of(key, count)][key] = line
    for letters, lines_of_file in sorted(files.items()):
        # A shorter key has no further letter to divide by.
        if len(letters) == count < _MAX_LETTERS and sum(map(len, lines_of_file.values())) > largest:
            yield from _divide(lines_of_file, letters_of, largest, count + 1)
        else:
            yield Shard([letters], list(lines_of_file.values()))
