"""In which papers a word stands, as the bytes of a Pagefind index: read from one part, joined with those of others.

A ``.pf_index`` file is gzip over the mark ``pagefind_dcd`` and CBOR (RFC 8949): ``[[[word, papers, variants], …]]``,
with papers as ``[step, places, places in fields]`` and variants as ``[form, papers]``. A step leads from one paper's
number to the next. So of the papers of a part nothing changes among those of all but the first step, and they are
joined as they stand, without being read again. What is read here was made by Pagefind a moment ago, and is read by
its form: a number begins with a byte below 0x40, a list with 0x80 to 0x99, a text with 0x60 to 0x7b.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import cbor2

_NUMBER = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
_NEGATIVE = rb"(?:[\x20-\x37]|\x38.|\x39..|\x3a....)"
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_ANY = rb"(?:" + _NUMBER + rb"|" + _NEGATIVE + rb")"
_PAPER = re.compile(
    rb"\x83(" + _NUMBER + rb")" + _LIST + rb"(" + _NEGATIVE + rb"*)(" + _NUMBER + rb"?)" + _ANY + rb"*"
    rb"(" + _LIST + _ANY + rb"*)",
    re.DOTALL,
)  # fmt: skip
_EACH = re.compile(_ANY, re.DOTALL)
_TRIPLE = b"\x83"
_NOWHERE = b"\x80"  # in no field
_ANYWHERE = b"\x00"
_FEW = 16  # papers of a word in a part, up to which its later places weigh too little to be counted


class Postings(NamedTuple):
    """The papers of a word in one part: how many, the first and last one's number in it, and the rest as bytes.

    ``whole`` begins after the first step; ``light`` is the same with the first place of each paper alone, and that only
    if the word is in its title or another field; else 0 stands for it. A negative number among the places is the weight
    of those after it, and stays with the place that is kept. Of few papers ``whole`` alone is told.
    """

    papers: int
    first: int
    last: int
    whole: bytes
    light: bytes | None


class Word(NamedTuple):
    """A word of a part, as the bytes of its stem, and the forms of it that differ in their accents."""

    stem: bytes
    papers: Postings
    variants: tuple[tuple[bytes, Postings], ...]


def words_in(chunk: bytes) -> Iterator[Word]:
    """The words of a file of words, unpacked and without its mark."""
    position = 1
    total, position = _head(chunk, position)
    for _ in range(total):
        stem, position = _text(chunk, position + 1)
        papers, position = _postings(chunk, position)
        forms, position = _head(chunk, position)
        variants = []
        for _ in range(forms):
            form, position = _text(chunk, position + 1)
            postings, position = _postings(chunk, position)
            variants.append((form, postings))
        yield Word(stem, papers, tuple(sorted(variants)))


def joined(parts: Iterable[tuple[int, Postings]], *, light: bool) -> bytes:
    """The papers of a word in several parts as one list. Each part comes with the number of its first paper."""
    items = [b""]
    last = count = 0
    for begin, (papers, first, last_in_part, rest, light_rest) in parts:
        if papers:
            count += papers
            items += (_TRIPLE, number(begin + first - last), light_rest if light and light_rest is not None else rest)
            last = begin + last_in_part
    items[0] = head(0x80, count)
    return b"".join(items)


def head(kind: int, size: int) -> bytes:
    """The beginning of a CBOR item of a ``kind`` (its three highest bits) and ``size``."""
    if size < 24:
        return bytes((kind | size,))
    length = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
    return bytes((kind | {1: 24, 2: 25, 4: 26}[length],)) + size.to_bytes(length, "big")


@lru_cache(maxsize=1 << 14)
def number(value: int) -> bytes:
    """``value`` as CBOR."""
    return head(0, value)


def text(data: bytes) -> bytes:
    """UTF-8 as CBOR."""
    return head(0x60, len(data)) + data


def _postings(chunk: bytes, position: int) -> tuple[Postings, int]:
    count, position = _head(chunk, position)
    if not count:  # nobody writes it without its accents
        return Postings(0, 0, 0, b"", None), position
    papers = list(islice(_PAPER.finditer(chunk, position), count))
    steps = [_value(paper[1]) for paper in papers]
    end = papers[-1].end()
    whole = chunk[position + 1 + len(papers[0][1]) : end]
    light = None
    if count > _FEW:
        lighter = [_TRIPLE + paper[1] + _light(paper[2], paper[3], paper[4]) for paper in papers]
        light = b"".join(lighter)[1 + len(papers[0][1]) :]
    return Postings(count, steps[0], sum(steps), whole, light), end


@lru_cache(maxsize=1 << 16)
def _light(weights: bytes, first: bytes, fields: bytes) -> bytes:
    if fields == _NOWHERE:
        first = _ANYWHERE[: len(first)]
    return head(0x80, len(_EACH.findall(weights)) + bool(first)) + weights + first + fields


@lru_cache(maxsize=1 << 16)
def _value(data: bytes) -> int:
    number_value: int = cbor2.loads(data)
    return number_value


def _text(chunk: bytes, position: int) -> tuple[bytes, int]:
    size, position = _head(chunk, position)
    return chunk[position : position + size], position + size


def _head(chunk: bytes, position: int) -> tuple[int, int]:
    size = chunk[position] & 0x1F
    position += 1
    if size < 24:
        return size, position
    length: int = 1 << (size - 24)
    return int.from_bytes(chunk[position : position + length], "big"), position + length
