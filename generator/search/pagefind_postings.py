"""Postings (the papers that contain a word) as the bytes of a Pagefind index: read them from parts, and join them.

A ``.pf_index`` file is gzip of the signature ``pagefind_dcd`` and CBOR (RFC 8949): ``[[[word, papers, variants], …]]``,
with papers as ``[step, positions, positions in fields]`` and variants as ``[form, papers]``. A step is the difference
between the numbers of consecutive papers. When parts are joined, only the first step of each part changes; all other
bytes are copied without decoding. The bytes come from Pagefind itself, so an item can be recognized by its first byte:
below 0x40 for a number, 0x80 to 0x9a for a list, 0x60 to 0x7b for a text.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import cbor2

# A CBOR item begins with its kind (three bits) and its size or value (five bits). The values 24, 25 and 26 mean that
# the size or value is in the following byte, two bytes or four bytes.
_NUMBER = rb"(?:[\x00-\x17]|\x18.|\x19..|\x1a....)"
_NEGATIVE = rb"(?:[\x20-\x37]|\x38.|\x39..|\x3a....)"
_LIST_HEAD = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_SIGNED_NUMBER = rb"(?:" + _NUMBER + rb"|" + _NEGATIVE + rb")"
# Of a paper, the groups are the step, the weights (negative numbers) before the first position, the first position,
# and the positions in fields.
_PAPER = re.compile(
    rb"\x83(" + _NUMBER + rb")" + _LIST_HEAD + rb"(" + _NEGATIVE + rb"*)(" + _NUMBER + rb"?)" + _SIGNED_NUMBER + rb"*"
    rb"(" + _LIST_HEAD + _SIGNED_NUMBER + rb"*)",
    re.DOTALL,
)  # fmt: skip
_ANY_NUMBER = re.compile(_SIGNED_NUMBER, re.DOTALL)
_NUMBER_KIND, _TEXT_KIND, LIST = 0x00, 0x60, 0x80  # kinds of CBOR items: the three highest bits of the first byte
_TRIPLE = b"\x83"
_NO_FIELDS = b"\x80"  # the word is in no field
_POSITION_ZERO = b"\x00"
_MAX_PAPERS_UNREDUCED = 16  # a word in so few papers of a part keeps all positions, since its postings are small anyway


class Postings(NamedTuple):
    """The papers of a word in one part: how many they are, the first and the last one's number, and the rest as bytes.

    ``whole`` is the CBOR of all papers without the beginning of the first one, which contains its step. ``reduced`` is
    the same with only the first position in each paper; if the word is in no field, this position is 0. A negative
    number among the positions is kept: it is the weight of those after it. For words in few papers, ``reduced`` is
    None.
    """

    papers: int
    first: int
    last: int
    whole: bytes
    reduced: bytes | None


class Word(NamedTuple):
    """A word of a part: the bytes of its stem, its papers, and its forms with accents, each with its own papers."""

    stem: bytes
    papers: Postings
    variants: tuple[tuple[bytes, Postings], ...]


def words_in(chunk: bytes) -> Iterator[Word]:
    """Yield the words of a chunk, given decompressed and without its signature."""
    offset = 1  # after the head of the outer list, which has one item
    word_count, offset = _read_head(chunk, offset)
    for _ in range(word_count):
        # One byte is the head of the list ``[word, papers, variants]``.
        stem, offset = _read_text(chunk, offset + 1)
        papers, offset = _read_postings(chunk, offset)
        form_count, offset = _read_head(chunk, offset)
        variants = []
        for _ in range(form_count):
            form, offset = _read_text(chunk, offset + 1)
            postings, offset = _read_postings(chunk, offset)
            variants.append((form, postings))
        yield Word(stem, papers, tuple(sorted(variants)))


def join_postings(parts: Iterable[tuple[int, Postings]], *, reduced: bool) -> bytes:
    """Return the postings of a word in several parts as CBOR. Each part comes with the number of its first paper.

    If ``reduced`` is true, only first positions are included, where the parts have them.
    """
    items = [b""]  # the head of the list, once its length is known
    previous = count = 0
    for part_start, (papers, first, last, whole, reduced_bytes) in parts:
        if papers:
            count += papers
            rest = reduced_bytes if reduced and reduced_bytes is not None else whole
            items += (_TRIPLE, cbor_number(part_start + first - previous), rest)
            previous = part_start + last
    items[0] = cbor_head(LIST, count)
    return b"".join(items)


def cbor_head(kind: int, size: int) -> bytes:
    """The first bytes of a CBOR item of a ``kind``, such as ``LIST``. ``size`` is its size, or a number itself."""
    if size < 24:
        return bytes((kind | size,))
    length = 1 if size < 1 << 8 else 2 if size < 1 << 16 else 4
    return bytes((kind | {1: 24, 2: 25, 4: 26}[length],)) + size.to_bytes(length, "big")


@lru_cache(maxsize=1 << 14)
def cbor_number(value: int) -> bytes:
    """A number as CBOR."""
    return cbor_head(_NUMBER_KIND, value)


def cbor_text(data: bytes) -> bytes:
    """UTF-8 text as CBOR."""
    return cbor_head(_TEXT_KIND, len(data)) + data


def _read_postings(chunk: bytes, offset: int) -> tuple[Postings, int]:
    """Read postings at ``offset``. Returns them and the offset after them, as all ``_read`` functions do."""
    count, offset = _read_head(chunk, offset)
    if not count:  # no paper writes the word without its accents
        return Postings(0, 0, 0, b"", None), offset
    papers = list(islice(_PAPER.finditer(chunk, offset), count))
    steps = [_decoded_number(paper[1]) for paper in papers]
    end = papers[-1].end()
    replaced_bytes = len(_TRIPLE) + len(papers[0][1])  # ``join_postings`` writes the beginning with another step
    whole = chunk[offset + replaced_bytes : end]
    reduced = None
    if count > _MAX_PAPERS_UNREDUCED:
        reduced_papers = [_TRIPLE + paper[1] + _reduced_paper(paper[2], paper[3], paper[4]) for paper in papers]
        reduced = b"".join(reduced_papers)[replaced_bytes:]
    return Postings(count, steps[0], sum(steps), whole, reduced), end


@lru_cache(maxsize=1 << 10)
def _reduced_paper(weights: bytes, first: bytes, fields: bytes) -> bytes:
    """A paper after its step: the first position with the weights before it, and the positions in fields."""
    # Positions outside fields hardly affect the ranking, and equal bytes compress best.
    if fields == _NO_FIELDS and first:
        first = _POSITION_ZERO
    return cbor_head(LIST, len(_ANY_NUMBER.findall(weights)) + bool(first)) + weights + first + fields


@lru_cache(maxsize=1 << 10)
def _decoded_number(data: bytes) -> int:
    number: int = cbor2.loads(data)
    return number


def _read_text(chunk: bytes, offset: int) -> tuple[bytes, int]:
    size, offset = _read_head(chunk, offset)
    return chunk[offset : offset + size], offset + size


def _read_head(chunk: bytes, offset: int) -> tuple[int, int]:
    """Read the head of an item. Returns the item's size or value, and the offset after the head."""
    size = chunk[offset] & 0x1F
    offset += 1
    if size < 24:
        return size, offset
    length: int = 1 << (size - 24)
    return int.from_bytes(chunk[offset : offset + length], "big"), offset + length
