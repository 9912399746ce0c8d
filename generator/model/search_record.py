"""What search knows of one paper, and into which parts the papers are cut."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_FEWEST = 512  # papers in a part, but for the last one
_MOST = 2048
_ONE_IN = 512


class SearchRecord(NamedTuple):
    """One paper in the index: ``meta`` is shown and weighted, ``content`` searched, ``text`` the part to quote from.

    ``titles`` and ``people`` are what a reader who has the paper in mind types most; the ranking holds them apart.
    """

    url: str
    content: str
    text: str
    language: str
    meta: dict[str, str]
    titles: tuple[str, ...]
    people: tuple[str, ...]


def digest_of(records: Iterable[SearchRecord]) -> str:
    """A short name for exactly these records in this order: files that were made of others do not go with them."""
    state = hashlib.sha256()
    for record in records:  # all of a large digest as one text would take gigabytes
        state.update(json.dumps(record).encode())
    return state.hexdigest()[:8]


def parts_of(records: Sequence[SearchRecord]) -> Iterator[Sequence[SearchRecord]]:
    """The records in parts of about a thousand that follow each other.

    A part ends where a paper's address says so, not after so many: one paper more or less changes its own part alone.
    """
    begin = 0
    for end, record in enumerate(records, 1):
        held = end - begin
        if held >= _FEWEST and (zlib.crc32(record.url.encode()) % _ONE_IN == 0 or held == _MOST):
            yield records[begin:end]
            begin = end
    if begin < len(records):
        yield records[begin:]
