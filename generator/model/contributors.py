"""Authors and institutions across all papers: the id of each, the spellings of its name, and its papers.

Namesakes have different ids; a person with several names has one id. The first of these that applies decides who an
author is: the ``id`` that a paper gives; a person's file that lists the paper; an ORCID iD, with or without a file; the
only file that claims the name; the name alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from generator.model.entities import Institution, Person
from generator.model.paper import Author, Paper
from generator.model.record import record
from generator.text.names import sort_key
from generator.text.slug import DEVICES, MAX_SLUG, identity, slugify

_SUFFIX = 4  # characters of the ORCID iD in a namesake's id


@record
class AuthorEntry:
    """One author across all papers: ``name`` for display, ``variants`` are other spellings, ``papers`` newest first.

    ``orcid`` is the iD of the person's file, else the one that papers state. ``namesakes`` are the ids of other authors
    of the same name.
    """

    id: str
    name: str
    variants: tuple[str, ...]
    person: Person | None
    papers: tuple[str, ...]
    orcid: str | None = None
    namesakes: tuple[str, ...] = ()


@record
class InstitutionEntry:
    """One institution across all papers, with the spellings that papers use."""

    id: str
    name: str
    variants: tuple[str, ...]
    institution: Institution | None
    papers: tuple[str, ...]


class _Key(NamedTuple):
    """What identifies an author: the ``kind`` is ``id``, ``orcid`` or ``name``."""

    kind: str
    value: str


def author_ids(papers: Iterable[Paper], people: Iterable[Person]) -> dict[str, tuple[str, ...]]:
    """Return the ids of each paper's authors, in author order."""
    # The oldest entry claims an id first, so that a new entry never changes the id of a known author.
    oldest = sorted(papers, key=lambda paper: (paper.added, paper.id))
    people_index = _PeopleIndex(people)
    keys = {paper.id: [people_index.key(paper, author) for author in paper.authors] for paper in oldest}
    ids = _ids_of(oldest, keys)
    return {paper_id: tuple(ids[key] for key in keys_of_paper) for paper_id, keys_of_paper in keys.items()}


class _PeopleIndex:
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
        candidates = [person for person in self._named.get(author.name, ()) if _may_be_person(person, author)]
        # A file without an iD claims the name in general; one with an iD is only a fallback.
        candidates = [person for person in candidates if not person.orcid] or candidates
        if len(candidates) == 1:
            return _Key("id", candidates[0].id)
        return _Key("orcid", author.orcid) if author.orcid else _Key("name", author.name)


def _may_be_person(person: Person, author: Author) -> bool:
    # A file with a list of papers claims only these. Two iDs that were equal would have matched above.
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
            ids[key] = plain[name] if owner == key.value else _with_suffix(plain[name], key.value)
        else:  # a bare name shares the plain id with the first ORCID iD of that name
            ids[key] = key.value if key.kind == "id" else plain[name]
    return ids


def _with_suffix(plain: str, orcid: str) -> str:
    return f"{plain[: MAX_SLUG - _SUFFIX - 1].rstrip('-')}-{orcid[-_SUFFIX:].lower()}"


def join_authors(
    papers: Iterable[Paper], people: Iterable[Person], ids: Mapping[str, tuple[str, ...]]
) -> dict[str, AuthorEntry]:
    """Return the authors of all papers by id, ordered by family name. ``ids`` has the author ids of each paper."""
    people_by_id = {person.id: person for person in people}
    names: dict[str, set[str]] = defaultdict(set)
    orcids: dict[str, set[str]] = defaultdict(set)
    papers_of: dict[str, dict[str, None]] = defaultdict(dict)
    for paper in papers:
        for author_id, author in zip(ids[paper.id], paper.authors, strict=True):
            names[author_id].add(author.name)
            papers_of[author_id][paper.id] = None  # a dict, since one paper may list an author twice
            if author.orcid:
                orcids[author_id].add(author.orcid)
    bearers: dict[str, list[str]] = defaultdict(list)
    for author_id in sorted(names):
        for name in names[author_id]:
            bearers[name].append(author_id)
    entries = []
    for author_id, spellings in names.items():
        person = people_by_id.get(author_id)
        best = person.name if person else _best_name(spellings)
        # Two iDs under one id are two people or an error (W323), so neither is shown.
        stated = next(iter(orcids[author_id])) if len(orcids[author_id]) == 1 else None
        entries.append(
            AuthorEntry(
                id=author_id,
                name=best,
                variants=tuple(sorted(spellings - {best})),
                person=person,
                papers=tuple(papers_of[author_id]),
                orcid=(person.orcid if person else None) or stated,
                namesakes=tuple(sorted({other for name in spellings for other in bearers[name]} - {author_id})),
            )
        )
    entries.sort(key=lambda entry: (sort_key(entry.name), entry.id))
    return {entry.id: entry for entry in entries}


def join_institutions(
    papers: Iterable[Paper], institutions: Iterable[Institution]
) -> tuple[dict[str, InstitutionEntry], dict[str, str]]:
    """Return the institutions that papers name, by id and ordered by name; and the id of each written name."""
    listed = {name.casefold(): item for item in institutions for name in (item.name, *item.aliases)}
    all_papers = list(papers)
    # As for authors, older entries choose their ids first, so that addresses never change.
    oldest = sorted(all_papers, key=lambda paper: (paper.added, paper.id))
    plain = name_ids(
        dict.fromkeys(name for paper in oldest for name in paper_affiliations(paper) if name.casefold() not in listed)
    )
    ids: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    papers_of: dict[str, list[str]] = defaultdict(list)
    for paper in all_papers:
        for name in paper_affiliations(paper):
            item = listed.get(name.casefold())
            institution_id = ids[name] = item.id if item else plain[name]
            names[institution_id].add(name)
            if papers_of[institution_id][-1:] != [paper.id]:  # one paper may name it in two spellings
                papers_of[institution_id].append(paper.id)
    entries = []
    for institution_id, spellings in names.items():
        item = next((listed[name.casefold()] for name in sorted(spellings) if name.casefold() in listed), None)
        best = item.name if item else _best_name(spellings)
        variants = tuple(sorted(spellings - {best}))
        entries.append(
            InstitutionEntry(
                id=institution_id,
                name=best,
                variants=variants,
                institution=item,
                papers=tuple(papers_of[institution_id]),
            )
        )
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.id))
    return {entry.id: entry for entry in entries}, ids


def paper_affiliations(paper: Paper) -> tuple[str, ...]:
    """Every affiliation a paper names, of its authors or of the paper as a whole, each once."""
    author_affiliations = [name for author in paper.authors for name in author.affiliation]
    return tuple(dict.fromkeys((*author_affiliations, *paper.affiliations)))


def name_id(name: str) -> str:
    """The id of an author or institution without a file; names that differ only in accents share it.

    Different names (by ``identity``) can have the same slug. ``name_ids`` gives all but the first another id.
    """
    slug = slugify(name)
    if slug in DEVICES:  # Windows cannot create a folder of this name
        return f"name-{slug}"
    # A name without letters or digits, such as "†", has the code points of its characters as its id.
    return slug if slug else "name-" + "-".join(f"{ord(c):x}" for c in name[:12])


def name_ids(names: Iterable[str]) -> dict[str, str]:
    """The id of each name. Earlier names choose first, so that a new name never changes an existing id."""
    meanings: dict[str, str] = {}
    ids: dict[str, str] = {}
    for name in names:
        plain, meaning = name_id(name), identity(name)
        if meanings.setdefault(plain, meaning) != meaning:
            # A hash, not a number: a number would depend on which other names came before.
            suffix = blake2b(meaning.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
            plain = f"{plain[: MAX_SLUG - len(suffix) - 1].rstrip('-')}-{suffix}"
        ids[name] = plain
    return ids


def _best_name(names: Iterable[str]) -> str:
    """The fullest spelling: most letters beyond ASCII, then longest, then first in order."""
    return min(names, key=lambda name: (-_beyond_ascii(name), -len(name), name))


def _beyond_ascii(name: str) -> int:
    return 0 if name.isascii() else sum(c > "\x7f" for c in name)
