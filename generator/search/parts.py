"""The search record of a paper, and the division of the papers into parts that are indexed separately."""

import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from string import ascii_lowercase
from typing import NamedTuple

from generator.build.inputs import fingerprint_of

LARGE = 4000
"""Papers from which on an index has larger parts, ranges of words, and less in its first file."""
# Starting Pagefind for each small part of a large digest would take longer than indexing large parts.
MIN_PAPERS, MIN_PAPERS_OF_LARGE = 48, 192  # papers in a part, except the last one
ONE_IN, ONE_IN_OF_LARGE = 32, 64
_MAX_TIMES = 8  # a part has at most MIN_PAPERS + _MAX_TIMES * ONE_IN papers
_HASH_BYTES = 4
# Digests with more papers than the first number have the second number in a fragment.
_PAPERS_PER_FRAGMENT = ((4000, 12), (400, 2))
_RANGES_OF_LARGE = ("", *ascii_lowercase)


FIELDS = ("asked", "authors", "institutions", "keywords", "more", "scope", "title", "tldr", "topics", "venue")
"""The fields of a record that the ranking weights separately, beside its ``content``; in the order of the index."""


class SearchRecord(NamedTuple):
    """One paper in the index: ``fields`` and ``content`` are searched, ``meta`` is shown.

    ``titles`` and ``people`` are the names that readers who look for a known paper type; the ranking weights them
    separately.
    """

    url: str
    content: str
    fields: dict[str, str]
    language: str
    meta: dict[str, str]
    titles: tuple[str, ...]
    people: tuple[str, ...]


def records_hash(records: Sequence[SearchRecord]) -> str:
    """A hash of the records of a part and their order."""
    return fingerprint_of(records).hex()


def short_hash(*hashes: str) -> str:
    """A short hash of ``hashes``, for file names: a browser must not combine files of different builds."""
    return blake2b("".join(hashes).encode(), digest_size=_HASH_BYTES).hexdigest()


def papers_per_fragment(papers: int) -> int:
    """The number of papers that share a fragment, so that hosts with a limit accept the number of files."""
    return next((shared for above, shared in _PAPERS_PER_FRAGMENT if papers > above), 1)


def range_starts(papers: int) -> tuple[str, ...]:
    """The first letters of the ranges of words; a digest that is not large has one range.

    A large index takes much memory, so it is joined range by range.
    """
    return _RANGES_OF_LARGE if papers >= LARGE else ("",)


def parts_of(records: Sequence[SearchRecord]) -> Iterator[Sequence[SearchRecord]]:
    """Yield the records of each part."""
    for part in part_slices([record.url for record in records]):
        yield records[part]


def part_slices(urls: Sequence[str]) -> Iterator[slice]:
    """Divide papers, by URL, into consecutive parts of some 80 papers, in large digests of some 250.

    A hash of the URL decides where a part ends, so that adding or removing a paper changes its own part only.
    """
    is_large = len(urls) >= LARGE
    fewest, one_in = (MIN_PAPERS_OF_LARGE, ONE_IN_OF_LARGE) if is_large else (MIN_PAPERS, ONE_IN)
    begin = 0
    for end, url in enumerate(urls, 1):
        papers = end - begin
        # CRC-32 is the same on every machine; ``hash`` differs from process to process.
        if papers >= fewest and (zlib.crc32(url.encode()) % one_in == 0 or papers == fewest + _MAX_TIMES * one_in):
            yield slice(begin, end)
            begin = end
    if begin < len(urls):
        yield slice(begin, len(urls))
