"""Divide lines of data into small files by the first or last letters of their keys, so that a browser fetches little.

Keys with the same letters are in one file. A large file is divided by one more letter; keys without a further letter
remain in it. Small files are joined. A joined file is named after the letters of its first file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.build.task import File, text_file

_MIN_LETTERS, _MAX_LETTERS = 2, 4  # by which files are divided


class Shard(NamedTuple):
    """A file with lines of data.

    ``letter_groups`` are the letters that its keys share, such as ``ab``: one group, or several if files were joined.
    """

    letter_groups: list[str]
    lines: list[str]


class Sizes(NamedTuple):
    """Limits of files in characters.

    Files above ``largest`` are divided. Files up to ``small`` are joined, up to a size of ``full``.
    """

    largest: int = 12_000
    small: int = 1_200
    full: int = 3_000


def divide_lines(
    lines: Mapping[str, str],
    letters_of: Callable[[str, int], str],
    sizes: Sizes = Sizes(),  # noqa: B008 - immutable
) -> list[Shard]:
    """Divide ``lines``, given by their keys, into files.

    ``letters_of(key, count)`` returns the letters of a key: ``first_letters`` or ``last_letters``.
    """
    return list(_join_small(_divided(lines, letters_of, sizes.largest), sizes))


def shard_files(folder: str, shards: Iterable[Shard], opening: str, closing: str) -> Iterator[File]:
    """Yield the shards as JSON files. The lines of each are between the brackets ``opening`` and ``closing``."""
    for letter_groups, lines in shards:
        yield text_file(f"{folder}/{file_name(letter_groups[0])}.json", f"{opening}{','.join(lines)}{closing}\n")


def shard_names(shards: Iterable[Shard]) -> str:
    """The letters of all shards, as in file names: ``aa ab|ac`` for two shards, the first with two joined files."""
    return "|".join(" ".join(map(file_name, letter_groups)) for letter_groups, _ in shards)


def first_letters(key: str, count: int) -> str:
    """The letters at the beginning of a key."""
    return key[:count]


def last_letters(key: str, count: int) -> str:
    """The letters at the end of a key."""
    return key[-count:]


def file_name(letters: str) -> str:
    """Letters as a name for any file system. Characters other than ASCII letters and digits are written as code points.

    For example, ``aβ`` gives ``a-3b2``.
    """
    return "".join(letter if letter.isascii() and letter.isalnum() else f"-{ord(letter):x}" for letter in letters)


def _join_small(divided: Iterable[Shard], sizes: Sizes) -> Iterator[Shard]:
    """Join small files with the following small ones."""
    letter_groups: list[str] = []
    lines: list[str] = []
    for shard in divided:
        size = sum(map(len, shard.lines))
        if size > sizes.small:
            # It may precede the small files that are joined later: the order of shards does not matter to browsers.
            yield shard
            continue
        if letter_groups and sum(map(len, lines)) + size > sizes.full:
            yield Shard(letter_groups, lines)
            letter_groups, lines = [], []
        letter_groups += shard.letter_groups
        lines += shard.lines
    if letter_groups:
        yield Shard(letter_groups, lines)


def _divided(
    lines: Mapping[str, str], letters_of: Callable[[str, int], str], largest: int, count: int = _MIN_LETTERS
) -> Iterator[Shard]:
    """Divide ``lines`` by ``count`` letters, and large files by more letters."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    for key, line in lines.items():
        files[letters_of(key, count)][key] = line
    for letters, file_lines in sorted(files.items()):
        # A shorter key has no further letter to divide by.
        if len(letters) == count < _MAX_LETTERS and sum(map(len, file_lines.values())) > largest:
            yield from _divided(file_lines, letters_of, largest, count + 1)
        else:
            yield Shard([letters], list(file_lines.values()))
