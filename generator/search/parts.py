"""The search record of a paper, and the division of the papers into parts that are indexed separately."""

import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from string import ascii_lowercase
from typing import NamedTuple

from generator.build.inputs import fingerprint_of

LARGE = 4000
"""An index of at least this many papers has larger parts, several ranges of words, and a first file without topics."""
# Starting Pagefind for each small part of a large digest would take longer than indexing large parts.
MIN_PAPERS, MIN_PAPERS_OF_LARGE = 48, 192  # papers in a part, except the last one
END_RATE, END_RATE_OF_LARGE = 32, 64  # once a part has the minimum, it ends at one in so many papers
_MAX_RATES = 8  # a part has at most MIN_PAPERS + _MAX_RATES * END_RATE papers
_HASH_BYTES = 4
_RANGES_OF_LARGE = ("", *ascii_lowercase)  # the first range ends before ``a``: it has numbers
_PAPERS_PER_FRAGMENT = ((4000, 12), (400, 2))
"""In a digest with more papers than the first number, a fragment has as many papers as the second number."""

FIELDS = ("asked", "authors", "institutions", "keywords", "more", "scope", "title", "tldr", "topics", "venue")
"""The fields of a record that the ranking weights separately, beside its ``content``; in the order of the index."""


class SearchRecord(NamedTuple):
    """A paper in the index: ``fields`` (by the names in ``FIELDS``) and ``content`` are searched, ``meta`` is shown.

    ``titles`` and ``people`` are also in ``fields``. To find a certain paper, readers type its title or authors, so the
    ranking weights these separately.
    """

    url: str
    content: str
    fields: dict[str, str]
    language: str
    meta: dict[str, str]
    titles: tuple[str, ...]
    people: tuple[str, ...]


def records_hash(records: Sequence[SearchRecord]) -> str:
    """A hash of the records of a part and of their order."""
    return fingerprint_of(records).hex()


def short_hash(*hashes: str) -> str:
    """A short hash of ``hashes`` for file names. Equal names in two builds mean equal contents."""
    return blake2b("".join(hashes).encode(), digest_size=_HASH_BYTES).hexdigest()


def papers_per_fragment(papers: int) -> int:
    """The number of papers in a fragment, in a digest of ``papers`` papers. It keeps the number of files low."""
    return next((per_fragment for above, per_fragment in _PAPERS_PER_FRAGMENT if papers > above), 1)


def range_starts(papers: int) -> tuple[str, ...]:
    """The first letters of the ranges of words, in a digest of ``papers`` papers. Only large digests have several.

    To join a large index takes much memory, so its words are joined range by range.
    """
    return _RANGES_OF_LARGE if papers >= LARGE else ("",)


def part_slices(urls: Sequence[str]) -> Iterator[slice]:
    """Divide papers, given by their URLs, into consecutive parts of about 80 papers (in large digests about 250).

    A hash of its URL decides whether a part ends at a paper. So an added or removed paper usually changes only its own
    part.
    """
    is_large = len(urls) >= LARGE
    fewest, rate = (MIN_PAPERS_OF_LARGE, END_RATE_OF_LARGE) if is_large else (MIN_PAPERS, END_RATE)
    start = 0
    for stop, url in enumerate(urls, 1):
        papers = stop - start
        # CRC-32 is the same on every machine; ``hash`` differs from process to process.
        if papers >= fewest and (zlib.crc32(url.encode()) % rate == 0 or papers == fewest + _MAX_RATES * rate):
            yield slice(start, stop)
            start = stop
    if start < len(urls):
        yield slice(start, len(urls))
