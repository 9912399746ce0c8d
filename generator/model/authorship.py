"""Who wrote what: the id of each author of each paper. Two people of one name have two ids, one of two names has one.

What decides, from the strongest on: the ``id`` that a paper gives an author; a person's file that lists the paper; an
ORCID iD, with or without a file; the one file that claims the name; the name alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.model.joined_names import name_ids
from generator.model.paper import Author, Paper
from generator.model.person import Person
from generator.text.slug import MOST

_SHOWN = 4  # characters of an ORCID iD that tell namesakes apart in an address


class _Key(NamedTuple):
    """What an author is known by: the ``kind`` is ``id``, ``orcid`` or ``name``."""

    kind: str
    value: str


def author_ids(papers: Iterable[Paper], people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """The ids of each paper's authors, in their order."""
    oldest = sorted(papers, key=lambda paper: (paper.added, paper.id))
    register = _Register(people)
    keys = {paper.id: [register.key(paper, author) for author in paper.authors] for paper in oldest}
    ids = _ids_of(oldest, keys)
    return {paper_id: tuple(ids[key] for key in here) for paper_id, here in keys.items()}


class _Register:
    """The people who have a file, by what they are found by."""

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
        named = author.id or self._listed.get((author.name, paper.id)) or self._orcids.get(author.orcid or "")
        if named:
            return _Key("id", named)
        open_ = [person for person in self._named.get(author.name, ()) if _may_be(person, author)]
        bare = [person for person in open_ if not person.orcid] or open_
        if len(bare) == 1:
            return _Key("id", bare[0].id)
        return _Key("orcid", author.orcid) if author.orcid else _Key("name", author.name)


def _may_be(person: Person, author: Author) -> bool:
    return not person.papers and not (person.orcid and author.orcid)


def _ids_of(papers: Sequence[Paper], keys: Mapping[str, Sequence[_Key]]) -> dict[_Key, str]:
    """An id for each key. Of people with one name, the one whose ORCID iD came first has the name's own address."""
    first: dict[_Key, str] = {}
    names: dict[str, None] = {}
    for paper in papers:
        for author, key in zip(paper.authors, keys[paper.id], strict=True):
            first.setdefault(key, author.name)
            if key.kind != "id":
                names[author.name] = None
    plain = name_ids(names)
    owners: dict[str, str] = {}
    ids: dict[_Key, str] = {}
    for key, name in first.items():
        if key.kind == "orcid":
            owner = owners.setdefault(plain[name], key.value)
            ids[key] = plain[name] if owner == key.value else _told_apart(plain[name], key.value)
        else:  # a name without more is that of whoever has its address
            ids[key] = key.value if key.kind == "id" else plain[name]
    return ids


def _told_apart(plain: str, orcid: str) -> str:
    return f"{plain[: MOST - _SHOWN - 1].rstrip('-')}-{orcid[-_SHOWN:].lower()}"
