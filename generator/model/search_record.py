"""What search knows of one paper."""

from typing import NamedTuple


class SearchRecord(NamedTuple):
    """One paper in the index: ``meta`` is shown and weighted, ``content`` searched, ``filters`` offered."""

    url: str
    content: str
    language: str
    meta: dict[str, str]
    filters: dict[str, list[str]]
    sort: dict[str, str]
