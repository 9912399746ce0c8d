"""From what pages and exports are made, told in a few bytes: what was made from the same before serves again.

Settings, theme and program are not part of it; whoever keeps files tells those apart.
"""

from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b

from generator.model.catalog import Catalog, paper_affiliations
from generator.model.made_from import as_bytes
from generator.model.paper import Paper

_LENGTH = 16  # bytes


class Fingerprints:
    """The fingerprints of one catalogue's papers and lists, each taken once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._papers: dict[str, bytes] = {}
        self._people: dict[str, bytes] = {}
        self._editions = {key: as_bytes((entry.edition, entry.series)) for key, entry in catalog.editions.items()}
        self._topics = {key: as_bytes((key, topic.name)) for key, topic in catalog.topics.items()}
        self._by_hand = [page.id for page in catalog.pages]

    def paper(self, paper_id: str) -> bytes:
        """Everything that is said of a paper by itself, on its own page, in lists and in exports.

        That is its record, its edition and series, its topics' names, and where its authors and institutions stand and
        what its authors are called there. Nothing is counted in it.
        """
        if paper_id not in self._papers:
            self._papers[paper_id] = self._of(self._catalog.papers[paper_id])
        return self._papers[paper_id]

    def papers(self, paper_ids: Iterable[str]) -> bytes:
        """The same of several papers in order."""
        return b"".join(map(self.paper, paper_ids))

    def listed(self, title: str, paper_ids: Iterable[str]) -> bytes:
        """A list with a title and its papers in order."""
        return _hashed(title.encode(), self.papers(paper_ids))

    def told(self, kind: str, *values: object, papers: Iterable[str] = ()) -> bytes:
        """What a batch of a ``kind`` is made from: ``values``, and all that is said of ``papers`` by themselves."""
        return as_bytes((kind, self._by_hand, values, self.papers(papers)))

    @cached_property
    def topics(self) -> bytes:
        """The tree of topics, with all that is said of each, but nothing counted."""
        return _hashed(*map(as_bytes, self._catalog.topics.values()))

    @cached_property
    def whole(self) -> bytes:
        """The whole catalogue."""
        catalog = self._catalog
        people = (entry.person for entry in catalog.authors.values() if entry.person)
        institutions = (entry.institution for entry in catalog.institutions.values() if entry.institution)
        others = (*catalog.series.values(), *catalog.topics.values(), *people, *institutions)
        return _hashed(self.papers(catalog.papers), *map(as_bytes, others))

    def _of(self, paper: Paper) -> bytes:
        parts = (
            as_bytes(paper),
            self._editions[paper.venue],
            *(self._topics[topic_id] for topic_id in paper.topics),
            *map(self._person, paper.author_names),
            *(self._catalog.institution_ids[name].encode() for name in paper_affiliations(paper)),
            b"bulk" if paper.id in self._catalog.bulk else b"",
        )
        return _hashed(*parts)

    def _person(self, name: str) -> bytes:
        """Who is meant by a written name, and what their page is called."""
        if name not in self._people:
            author_id = self._catalog.author_ids[name]
            self._people[name] = f"{author_id}\0{self._catalog.authors[author_id].name}".encode()
        return self._people[name]


def _hashed(*parts: bytes) -> bytes:
    whole = blake2b(digest_size=_LENGTH)
    whole.update(b"".join([len(part).to_bytes(4, "big") + part for part in parts]))
    return whole.digest()
