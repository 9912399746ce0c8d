"""What search knows of one paper, and into which parts the papers are cut."""

import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from generator.build.inputs import fingerprint_of

_LARGE = 4000  # papers, from which on starting Pagefind for each part costs more than an edit of a larger one
FEWEST, FEWEST_OF_LARGE = 48, 192  # papers in a part, but for the last one
ONE_IN, ONE_IN_OF_LARGE = 32, 64
_MOST = 8  # times one in so many, beyond the fewest, after which a part ends in any case
_SHORT = 4  # bytes
_TOGETHER = ((4000, 8), (400, 2))  # from so many papers on so many share a file


FIELDS = ("asked", "authors", "institutions", "keywords", "more", "scope", "title", "tldr", "topics", "venue")
"""The fields of a record that the ranking weights apart, beside its ``content``; in this order in the index."""


class SearchRecord(NamedTuple):
    """One paper in the index: ``fields`` and ``content`` are searched, ``meta`` is shown.

    ``titles`` and ``people`` are what a reader who has the paper in mind types most; the ranking weights them apart.
    """

    url: str
    content: str
    fields: dict[str, str]
    language: str
    meta: dict[str, str]
    titles: tuple[str, ...]
    people: tuple[str, ...]


def hash_of(records: Sequence[SearchRecord]) -> str:
    """What tells exactly these records, a part of them, in this order from all others."""
    return fingerprint_of(records).hex()


def digest_of(*hashes: str) -> str:
    """A short name for the records with these hashes: files that were made of others do not go with them."""
    return blake2b("".join(hashes).encode(), digest_size=_SHORT).hexdigest()


def papers_in_a_file(papers: int) -> int:
    """How many of so many papers share a file of what is shown of them. Hosts limit the number of files."""
    return next((together for least, together in _TOGETHER if papers > least), 1)


def parts_of(records: Sequence[SearchRecord]) -> Iterator[Sequence[SearchRecord]]:
    """The records in their parts."""
    for part in cut([record.url for record in records]):
        yield records[part]


def cut(urls: Sequence[str]) -> Iterator[slice]:
    """Papers with these addresses in parts that follow each other: of some 80 papers, in large digests of some 250.

    A part ends where a paper's address says so, not after so many: one paper more or less changes its own part alone.
    """
    is_large = len(urls) >= _LARGE
    fewest, one_in = (FEWEST_OF_LARGE, ONE_IN_OF_LARGE) if is_large else (FEWEST, ONE_IN)
    begin = 0
    for end, url in enumerate(urls, 1):
        papers = end - begin
        if papers >= fewest and (zlib.crc32(url.encode()) % one_in == 0 or papers == fewest + _MOST * one_in):
            yield slice(begin, end)
            begin = end
    if begin < len(urls):
        yield slice(begin, len(urls))
