"""The id of each author of each paper. Namesakes have different ids; a person with several names has one id.

The first of these that applies decides: the ``id`` that a paper gives an author; a person's file that lists the paper;
an ORCID iD, with or without a file; the only file that claims the name; the name alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.entities import Person
from generator.model.joined_names import name_ids
from generator.model.paper import Author, Paper
from generator.text.slug import MAX_SLUG

_SHOWN = 4  # characters of the ORCID iD in the suffix of a namesake's id


class _Key(NamedTuple):
    """What identifies an author: the ``kind`` is ``id``, ``orcid`` or ``name``."""

    kind: str
    value: str


def author_ids(papers: Iterable[Paper], people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Return the ids of each paper's authors, in author order."""
    # The oldest entry claims an address first, so that a new entry never changes the id of a known author.
    oldest = sorted(papers, key=lambda paper: (paper.added, paper.id))
    register = _Register(people)
    keys = {paper.id: [register.key(paper, author) for author in paper.authors] for paper in oldest}
    ids = _ids_of(oldest, keys)
    return {paper_id: tuple(ids[key] for key in keys_of_paper) for paper_id, keys_of_paper in keys.items()}


class _Register:
    """Indexes of the people who have a file: by name, by listed paper and by ORCID iD."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._named: dict[str, list[Person]] = defaultdict(list)
        self._listed: dict[tuple[str, str], str] = {}
        self._orcids: dict[str, str] = {}
        for person in people:
            for name in dict.fromkeys((person.name, *person.aliases)):
                self._named[name].append(person)
                self._listed |= {(name, paper): person.id for paper in person.papers}
            if person.orcid:
                self._orcids[person.orcid] = person.id

    def key(self, paper: Paper, author: Author) -> _Key:
        author_id = author.id or self._listed.get((author.name, paper.id)) or self._orcids.get(author.orcid or "")
        if author_id:
            return _Key("id", author_id)
        candidates = [person for person in self._named.get(author.name, ()) if _may_be(person, author)]
        # A file without an iD claims the name in general; one with an iD is only a fallback.
        candidates = [person for person in candidates if not person.orcid] or candidates
        if len(candidates) == 1:
            return _Key("id", candidates[0].id)
        return _Key("orcid", author.orcid) if author.orcid else _Key("name", author.name)


def _may_be(person: Person, author: Author) -> bool:
    return not person.papers and not (person.orcid and author.orcid)


def _ids_of(papers: Sequence[Paper], keys: Mapping[str, Sequence[_Key]]) -> dict[_Key, str]:
    """Return an id for each key. Among namesakes, the first ORCID iD gets the plain id; others get a suffix."""
    first_names: dict[_Key, str] = {}
    names: dict[str, None] = {}
    for paper in papers:
        for author, key in zip(paper.authors, keys[paper.id], strict=True):
            first_names.setdefault(key, author.name)
            if key.kind != "id":
                names[author.name] = None
    plain = name_ids(names)
    owners: dict[str, str] = {}
    ids: dict[_Key, str] = {}
    for key, name in first_names.items():
        if key.kind == "orcid":
            owner = owners.setdefault(plain[name], key.value)
            ids[key] = plain[name] if owner == key.value else _told_apart(plain[name], key.value)
        else:  # a bare name shares the plain id with the first ORCID iD of that name
            ids[key] = key.value if key.kind == "id" else plain[name]
    return ids


def _told_apart(plain: str, orcid: str) -> str:
    return f"{plain[: MAX_SLUG - _SHOWN - 1].rstrip('-')}-{orcid[-_SHOWN:].lower()}"
