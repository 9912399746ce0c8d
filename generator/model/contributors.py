"""Authors and institutions across all papers: the id of each, the spellings of its name, and its papers.

Namesakes can have different ids, and a person with several names one id. The first of these that exists identifies an
author:

1. the ``id`` in the paper's author list
2. a person's file that lists the name and the paper
3. a person's file with the author's ORCID iD
4. the only person's file with the name that may be the author's
5. the ORCID iD
6. the name
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from generator.model.entities import Institution, Person
from generator.model.paper import Author, Paper
from generator.model.record import record
from generator.text.names import sort_key
from generator.text.slug import MAX_SLUG, WINDOWS_DEVICES, name_key, slugify

_SUFFIX_LENGTH = 4  # characters of the ORCID iD in a namesake's id


@record
class AuthorEntry:
    """One author across all papers: ``name`` for display, and other spellings in papers (``variants``).

    ``person`` is the author's file, if there is one. ``papers`` are ids, newest first. ``orcid`` is the iD of the file,
    else the one that papers state. ``namesakes`` are the ids of other authors of the same name.
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
    """One institution across all papers: ``name`` for display, and other spellings in papers (``variants``).

    ``institution`` is the institution's file, if there is one. ``papers`` are ids, newest first.
    """

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
    # The oldest entries get their ids first, so that a new entry never changes the id of a known author.
    oldest_first = sorted(papers, key=lambda paper: (paper.added, paper.id))
    people_index = _PeopleIndex(people)
    keys = {paper.id: [people_index.key(paper, author) for author in paper.authors] for paper in oldest_first}
    ids = _ids_by_key(oldest_first, keys)
    return {paper_id: tuple(ids[key] for key in paper_keys) for paper_id, paper_keys in keys.items()}


class _PeopleIndex:
    """Indexes of the people who have a file: by name, by listed paper and by ORCID iD."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people_by_name: dict[str, list[Person]] = defaultdict(list)
        self._ids_by_name_and_paper: dict[tuple[str, str], str] = {}
        self._ids_by_orcid: dict[str, str] = {}
        for person in people:
            for name in dict.fromkeys((person.name, *person.aliases)):
                self._people_by_name[name].append(person)
                self._ids_by_name_and_paper |= {(name, paper_id): person.id for paper_id in person.papers}
            if person.orcid:
                self._ids_by_orcid[person.orcid] = person.id

    def key(self, paper: Paper, author: Author) -> _Key:
        """Return the key of one author of a paper, by the rules at the top of this module."""
        listed_id = self._ids_by_name_and_paper.get((author.name, paper.id))
        if author_id := author.id or listed_id or self._ids_by_orcid.get(author.orcid or ""):
            return _Key("id", author_id)
        candidates = [person for person in self._people_by_name.get(author.name, ()) if _may_be_person(person, author)]
        # A file without an ORCID iD takes precedence: its person may be any author of the name.
        candidates = [person for person in candidates if not person.orcid] or candidates
        if len(candidates) == 1:
            return _Key("id", candidates[0].id)
        return _Key("orcid", author.orcid) if author.orcid else _Key("name", author.name)


def _may_be_person(person: Person, author: Author) -> bool:
    """Whether a file may be the author's, if it has the author's name, but neither the paper nor the same ORCID iD."""
    # A file with a list of papers is about these only, and two ORCID iDs are two people.
    return not person.papers and not (person.orcid and author.orcid)


def _ids_by_key(papers: Sequence[Paper], keys: Mapping[str, Sequence[_Key]]) -> dict[_Key, str]:
    """Return an id for each key, given the keys of each paper's authors.

    Among namesakes, the first ORCID iD gets the plain id; others get a suffix.
    """
    name_by_key: dict[_Key, str] = {}
    names_without_id: dict[str, None] = {}
    for paper in papers:
        for author, key in zip(paper.authors, keys[paper.id], strict=True):
            name_by_key.setdefault(key, author.name)
            if key.kind != "id":
                names_without_id[author.name] = None
    plain_ids = name_ids(names_without_id)
    first_orcids: dict[str, str] = {}  # by plain id
    ids: dict[_Key, str] = {}
    for key, name in name_by_key.items():
        if key.kind == "id":
            ids[key] = key.value
        elif key.kind == "orcid":
            first_orcid = first_orcids.setdefault(plain_ids[name], key.value)
            ids[key] = plain_ids[name] if first_orcid == key.value else _with_suffix(plain_ids[name], key.value)
        else:  # a bare name shares the plain id with the first ORCID iD of that name
            ids[key] = plain_ids[name]
    return ids


def _with_suffix(plain_id: str, orcid: str) -> str:
    """The id of a namesake: ``ada-byron-0097`` for an ORCID iD that ends with 0097."""
    return f"{plain_id[: MAX_SLUG - _SUFFIX_LENGTH - 1].rstrip('-')}-{orcid[-_SUFFIX_LENGTH:].lower()}"


def join_authors(
    papers: Iterable[Paper], people: Iterable[Person], ids: Mapping[str, tuple[str, ...]]
) -> dict[str, AuthorEntry]:
    """Return the authors of all papers by id, ordered by family name.

    ``papers`` are newest first. ``ids`` has the author ids of each paper.
    """
    people_by_id = {person.id: person for person in people}
    names: dict[str, set[str]] = defaultdict(set)
    orcids: dict[str, set[str]] = defaultdict(set)
    paper_ids: dict[str, dict[str, None]] = defaultdict(dict)
    for paper in papers:
        for author_id, author in zip(ids[paper.id], paper.authors, strict=True):
            names[author_id].add(author.name)
            paper_ids[author_id][paper.id] = None  # a dict, since one paper may list an author twice
            if author.orcid:
                orcids[author_id].add(author.orcid)
    ids_by_name: dict[str, list[str]] = defaultdict(list)
    for author_id in sorted(names):
        for name in names[author_id]:
            ids_by_name[name].append(author_id)
    entries = []
    for author_id, spellings in names.items():
        person = people_by_id.get(author_id)
        display_name = person.name if person else _fullest(spellings)
        # Two iDs under one id are two people or an error (W323), so neither is shown.
        stated_orcid = next(iter(orcids[author_id])) if len(orcids[author_id]) == 1 else None
        entries.append(
            AuthorEntry(
                id=author_id,
                name=display_name,
                variants=tuple(sorted(spellings - {display_name})),
                person=person,
                papers=tuple(paper_ids[author_id]),
                orcid=(person.orcid if person else None) or stated_orcid,
                namesakes=tuple(sorted({other for name in spellings for other in ids_by_name[name]} - {author_id})),
            )
        )
    entries.sort(key=lambda entry: (sort_key(entry.name), entry.id))
    return {entry.id: entry for entry in entries}


def join_institutions(
    papers: Iterable[Paper], institutions: Iterable[Institution]
) -> tuple[dict[str, InstitutionEntry], dict[str, str]]:
    """Return the institutions that papers name, by id and ordered by name; and the id for each spelling in papers.

    ``papers`` are newest first.
    """
    institutions_by_name = {
        name.casefold(): institution
        for institution in institutions
        for name in (institution.name, *institution.aliases)
    }
    all_papers = list(papers)
    # As for authors, the oldest entries get their ids first, so that addresses never change.
    oldest_first = sorted(all_papers, key=lambda paper: (paper.added, paper.id))
    all_names = dict.fromkeys(name for paper in oldest_first for name in paper_affiliations(paper))
    plain_ids = name_ids(name for name in all_names if name.casefold() not in institutions_by_name)
    ids: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    paper_ids: dict[str, list[str]] = defaultdict(list)
    for paper in all_papers:
        for name in paper_affiliations(paper):
            institution = institutions_by_name.get(name.casefold())
            institution_id = ids[name] = institution.id if institution else plain_ids[name]
            names[institution_id].add(name)
            if paper_ids[institution_id][-1:] != [paper.id]:  # one paper may name it in two spellings
                paper_ids[institution_id].append(paper.id)
    entries = []
    for institution_id, spellings in names.items():
        institution = next(
            (
                institutions_by_name[name.casefold()]
                for name in sorted(spellings)
                if name.casefold() in institutions_by_name
            ),
            None,
        )
        display_name = institution.name if institution else _fullest(spellings)
        entries.append(
            InstitutionEntry(
                id=institution_id,
                name=display_name,
                variants=tuple(sorted(spellings - {display_name})),
                institution=institution,
                papers=tuple(paper_ids[institution_id]),
            )
        )
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.id))
    return {entry.id: entry for entry in entries}, ids


def paper_affiliations(paper: Paper) -> tuple[str, ...]:
    """Return every affiliation that a paper names, of its authors or of the paper as a whole, each once."""
    author_affiliations = [name for author in paper.authors for name in author.affiliation]
    return tuple(dict.fromkeys((*author_affiliations, *paper.affiliations)))


def name_id(name: str) -> str:
    """Return the plain id of an author or institution without a file: the slug of the name, if it has one.

    Names that differ only in accents share an id. Different names can also have the same slug; ``name_ids`` then gives
    all but the first another id.
    """
    slug = slugify(name)
    if slug in WINDOWS_DEVICES:
        return f"name-{slug}"
    # A name without letters or digits, such as "†", has the code points of its characters as its id.
    return slug if slug else "name-" + "-".join(f"{ord(c):x}" for c in name[:12])


def name_ids(names: Iterable[str]) -> dict[str, str]:
    """Return the id of each name. A new name at the end of ``names`` never changes the id of an earlier one."""
    first_keys: dict[str, str] = {}  # by plain id
    ids: dict[str, str] = {}
    for name in names:
        plain_id, key = name_id(name), name_key(name)
        if first_keys.setdefault(plain_id, key) == key:
            ids[name] = plain_id
        else:
            # A hash, not a number: a number would depend on which other names came before.
            suffix = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
            ids[name] = f"{plain_id[: MAX_SLUG - len(suffix) - 1].rstrip('-')}-{suffix}"
    return ids


def _fullest(names: Iterable[str]) -> str:
    """The spelling with the most characters beyond ASCII. Of equal ones, the longest, then the first by alphabet."""
    return min(names, key=lambda name: (-_count_beyond_ascii(name), -len(name), name))


def _count_beyond_ascii(name: str) -> int:
    return 0 if name.isascii() else sum(c > "\x7f" for c in name)
