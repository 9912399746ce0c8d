"""From what an export is made, told in a few bytes: a file whose fingerprint is that of the last build serves again.

Settings, theme and program are not part of it; whoever keeps files tells those apart.
"""

from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b

from generator.model.catalog import Catalog
from generator.model.made_from import as_bytes
from generator.model.paper import Paper

_LENGTH = 16  # bytes


class Fingerprints:
    """The fingerprints of one catalogue's papers and lists, each taken once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._papers: dict[str, bytes] = {}
        self._editions = {key: as_bytes((entry.edition, entry.series)) for key, entry in catalog.editions.items()}
        self._topics = {key: as_bytes((key, topic.name)) for key, topic in catalog.topics.items()}

    def paper(self, paper_id: str) -> bytes:
        """Everything that an export says of a paper: its record, its edition and series, its topics, whose names."""
        if paper_id not in self._papers:
            self._papers[paper_id] = self._of(self._catalog.papers[paper_id])
        return self._papers[paper_id]

    def listed(self, title: str, paper_ids: Iterable[str]) -> bytes:
        """A list with a title and its papers in order."""
        return _hashed(title.encode(), *map(self.paper, paper_ids))

    @cached_property
    def whole(self) -> bytes:
        """The whole catalogue."""
        catalog = self._catalog
        people = (entry.person for entry in catalog.authors.values() if entry.person)
        institutions = (entry.institution for entry in catalog.institutions.values() if entry.institution)
        others = (*catalog.series.values(), *catalog.topics.values(), *people, *institutions)
        return _hashed(*map(self.paper, catalog.papers), *map(as_bytes, others))

    def _of(self, paper: Paper) -> bytes:
        catalog = self._catalog
        parts = (
            as_bytes(paper),
            self._editions[paper.venue],
            *(self._topics[topic_id] for topic_id in paper.topics),
            *(catalog.author_ids[name].encode() for name in paper.author_names),
        )
        return _hashed(*parts)


def _hashed(*parts: bytes) -> bytes:
    whole = blake2b(digest_size=_LENGTH)
    for part in parts:
        whole.update(len(part).to_bytes(4, "big"))
        whole.update(part)
    return whole.digest()
