"""What search knows of one paper."""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple


class SearchRecord(NamedTuple):
    """One paper in the index: ``meta`` is shown and weighted, ``content`` searched.

    ``titles`` and ``people`` are what a reader who has the paper in mind types most; the ranking holds them apart.
    """

    url: str
    content: str
    language: str
    meta: dict[str, str]
    titles: tuple[str, ...]
    people: tuple[str, ...]


def digest_of(records: Iterable[SearchRecord]) -> str:
    """A short name for exactly these records in this order: files that were made of others do not go with them."""
    told = json.dumps([tuple(record) for record in records], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:8]
