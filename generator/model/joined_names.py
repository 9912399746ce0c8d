"""Authors and institutions across all papers: the written names, grouped by id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from generator.model.entities import Institution, Person
from generator.model.paper import Paper
from generator.model.record import record
from generator.text.names import sort_key
from generator.text.slug import DEVICES, MAX_SLUG, identity, slugify


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


def joined_authors(
    papers: Iterable[Paper], people: Iterable[Person], ids: Mapping[str, tuple[str, ...]]
) -> dict[str, AuthorEntry]:
    """Return the authors of all papers by id, ordered by family name. ``ids`` has the author ids of each paper."""
    people_by_id = {person.id: person for person in people}
    names: dict[str, set[str]] = defaultdict(set)
    orcids: dict[str, set[str]] = defaultdict(set)
    written: dict[str, dict[str, None]] = defaultdict(dict)
    for paper in papers:
        for author_id, author in zip(ids[paper.id], paper.authors, strict=True):
            names[author_id].add(author.name)
            written[author_id][paper.id] = None  # a dict, since one paper may list an author twice
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
        stated = next(iter(orcids[author_id])) if len(orcids[author_id]) == 1 else None
        entries.append(
            AuthorEntry(
                id=author_id,
                name=best,
                variants=tuple(sorted(spellings - {best})),
                person=person,
                papers=tuple(written[author_id]),
                orcid=(person.orcid if person else None) or stated,
                namesakes=tuple(sorted({other for name in spellings for other in bearers[name]} - {author_id})),
            )
        )
    entries.sort(key=lambda entry: (sort_key(entry.name), entry.id))
    return {entry.id: entry for entry in entries}


def joined_institutions(
    papers: Iterable[Paper], institutions: Iterable[Institution]
) -> tuple[dict[str, InstitutionEntry], dict[str, str]]:
    """Return the institutions that papers name, by id and ordered by name; and the id of each written name."""
    registered = {name.casefold(): item for item in institutions for name in (item.name, *item.aliases)}
    all_papers = list(papers)
    # As for authors, older entries choose their ids first, so that addresses never change.
    oldest = sorted(all_papers, key=lambda paper: (paper.added, paper.id))
    plain = name_ids(
        dict.fromkeys(
            name for paper in oldest for name in paper_affiliations(paper) if name.casefold() not in registered
        )
    )
    ids: dict[str, str] = {}
    names: dict[str, set[str]] = defaultdict(set)
    papers_of: dict[str, list[str]] = defaultdict(list)
    for paper in all_papers:
        for name in paper_affiliations(paper):
            item = registered.get(name.casefold())
            institution_id = ids[name] = item.id if item else plain[name]
            names[institution_id].add(name)
            if papers_of[institution_id][-1:] != [paper.id]:  # one paper may name it in two spellings
                papers_of[institution_id].append(paper.id)
    entries = []
    for institution_id, spellings in names.items():
        item = next((registered[name.casefold()] for name in sorted(spellings) if name.casefold() in registered), None)
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
    return slug if slug else "name-" + "-".join(f"{ord(c):x}" for c in name[:12])


def name_ids(names: Iterable[str]) -> dict[str, str]:
    """The id of each name. Earlier names choose first, so that a new name never changes an existing id."""
    holders: dict[str, str] = {}
    ids: dict[str, str] = {}
    for name in names:
        plain, meaning = name_id(name), identity(name)
        if holders.setdefault(plain, meaning) != meaning:
            suffix = blake2b(meaning.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
            plain = f"{plain[: MAX_SLUG - len(suffix) - 1].rstrip('-')}-{suffix}"
        ids[name] = plain
    return ids


def _best_name(names: Iterable[str]) -> str:
    """The fullest spelling: most letters beyond ASCII, then longest, then first in order."""
    return min(names, key=lambda name: (-_beyond_ascii(name), -len(name), name))


def _beyond_ascii(name: str) -> int:
    return 0 if name.isascii() else sum(c > "\x7f" for c in name)
