"""Postings (the papers that contain a word) as the bytes of a Pagefind index: read them from parts, and join them.

A ``.pf_index`` file is gzip of the mark ``pagefind_dcd`` and CBOR (RFC 8949): ``[[[word, papers, variants], …]]``, with
papers as ``[step, places, places in fields]`` and variants as ``[form, papers]``. A step is the difference between the
numbers of consecutive papers. When parts are joined, only the first step of each part changes; all other bytes are
copied without decoding. The bytes come from Pagefind itself, so they are matched by their first byte: a number begins
with a byte below 0x40, a list with 0x80 to 0x99, a text with 0x60 to 0x7b.
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
_ITEM = re.compile(_ANY, re.DOTALL)
_TRIPLE = b"\x83"
_NO_FIELDS = b"\x80"  # the word is in no field
_FIRST_PLACE = b"\x00"
_FEW = 16  # papers; a word in fewer papers of a part keeps all places, since its postings are small anyway


class Postings(NamedTuple):
    """The papers of a word in one part: their number, the first and last paper's number, and the rest as bytes.

    ``whole`` begins after the first step. ``light`` is the same with only the first place in each paper, or with 0 for
    it if the word is in no field. A negative number among the places is the weight of those after it, and is kept. For
    words in few papers there is only ``whole``.
    """

    papers: int
    first: int
    last: int
    whole: bytes
    light: bytes | None


class Word(NamedTuple):
    """A word of a part, as the bytes of its stem, and its forms with different accents."""

    stem: bytes
    papers: Postings
    variants: tuple[tuple[bytes, Postings], ...]


def words_in(chunk: bytes) -> Iterator[Word]:
    """Yield the words of a chunk, decompressed and without its mark."""
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
    """Join the postings of a word in several parts. Each part comes with the number of its first paper."""
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
    """The first bytes of a CBOR item of a ``kind`` (its three highest bits) and ``size``."""
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
    if not count:  # no paper writes the word without its accents
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


@lru_cache(maxsize=1 << 10)
def _light(weights: bytes, first: bytes, fields: bytes) -> bytes:
    if fields == _NO_FIELDS:
        first = _FIRST_PLACE[: len(first)]
    return head(0x80, len(_ITEM.findall(weights)) + bool(first)) + weights + first + fields


@lru_cache(maxsize=1 << 10)
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
