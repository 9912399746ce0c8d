"""Authors and institutions over all papers: the names that papers write, joined under ids."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from generator.model.paper import Paper
from generator.model.person import Institution, Person
from generator.model.record import record
from generator.text.names import sort_key
from generator.text.slug import DEVICES, MOST, identity, slugify


@record
class AuthorEntry:
    """One author over all papers: ``name`` for display, ``variants`` as papers spell it, ``papers`` newest first."""

    id: str
    name: str
    variants: tuple[str, ...]
    person: Person | None
    papers: tuple[str, ...]


@record
class InstitutionEntry:
    """One institution over all papers, with the spellings under which papers name it."""

    id: str
    name: str
    variants: tuple[str, ...]
    institution: Institution | None
    papers: tuple[str, ...]


def joined_authors(papers: Iterable[Paper], people: Iterable[Person]) -> tuple[dict[str, AuthorEntry], dict[str, str]]:
    """The authors of all papers by id, ordered by family name, and the id of each written name."""
    known = {name: person for person in people for name in (person.name, *person.aliases)}
    ids: dict[str, str] = {}
    entries = []
    for author_id, names, held in _gathered(papers, lambda p: p.author_names, known.get, ids):
        person = next((known[name] for name in names if name in known), None)
        best = person.name if person else _best_name(names)
        variants = tuple(sorted(names - {best}))
        entries.append(AuthorEntry(id=author_id, name=best, variants=variants, person=person, papers=held))
    entries.sort(key=lambda entry: (sort_key(entry.name), entry.id))
    return {entry.id: entry for entry in entries}, ids


def joined_institutions(
    papers: Iterable[Paper], institutions: Iterable[Institution]
) -> tuple[dict[str, InstitutionEntry], dict[str, str]]:
    """The same for the institutions that papers name."""
    known = {name.casefold(): item for item in institutions for name in (item.name, *item.aliases)}
    ids: dict[str, str] = {}
    entries = []
    for institution_id, names, held in _gathered(papers, paper_affiliations, lambda n: known.get(n.casefold()), ids):
        item = next((known[name.casefold()] for name in names if name.casefold() in known), None)
        best = item.name if item else _best_name(names)
        variants = tuple(sorted(names - {best}))
        entries.append(InstitutionEntry(id=institution_id, name=best, variants=variants, institution=item, papers=held))
    entries.sort(key=lambda entry: (entry.name.casefold(), entry.id))
    return {entry.id: entry for entry in entries}, ids


def _gathered(
    papers: Iterable[Paper],
    names_of: Callable[[Paper], Iterable[str]],
    known: Callable[[str], Person | Institution | None],
    ids: dict[str, str],
) -> Iterator[tuple[str, set[str], tuple[str, ...]]]:
    """Names that mean the same, as (id, names, papers). ``ids`` is filled with the id of each written name."""
    used: dict[str, list[str]] = {}
    held: dict[str, list[str]] = {}
    order = list(papers)
    oldest = sorted(order, key=lambda paper: (paper.added, paper.id))
    plain = name_ids(dict.fromkeys(name for paper in oldest for name in names_of(paper) if not known(name)))
    for paper in order:
        for name in names_of(paper):
            named = ids.get(name, "")
            if not named:
                record = known(name)
                named = ids[name] = record.id if record else plain[name]
                used.setdefault(named, []).append(name)
            here = held.setdefault(named, [])
            if not here or here[-1] != paper.id:  # one paper may name them twice
                here.append(paper.id)
    for named, names in used.items():
        yield named, set(names), tuple(held[named])


def paper_affiliations(paper: Paper) -> tuple[str, ...]:
    """Every affiliation a paper names, of its authors or of the paper as a whole, each once."""
    named = [name for author in paper.authors for name in author.affiliation]
    return tuple(dict.fromkeys((*named, *paper.affiliations)))


def name_id(name: str) -> str:
    """The id of an author or institution that has only a name; names that differ only in accents share it.

    Of names that do not mean the same (``identity``) only one can have it: ``name_ids`` gives the others another.
    """
    slug = slugify(name)
    if slug in DEVICES:
        return f"name-{slug}"
    return slug if slug else "name-" + "-".join(f"{ord(c):x}" for c in name[:12])


def name_ids(names: Iterable[str]) -> dict[str, str]:
    """The id of each of ``names``, of which the earlier have the first choice, so that a newcomer moves nobody."""
    holders: dict[str, str] = {}
    ids: dict[str, str] = {}
    for name in names:
        plain, own = name_id(name), identity(name)
        if holders.setdefault(plain, own) != own:
            mark = blake2b(own.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
            plain = f"{plain[: MOST - len(mark) - 1].rstrip('-')}-{mark}"
        ids[name] = plain
    return ids


def _best_name(names: Iterable[str]) -> str:
    """The fullest spelling: most letters beyond ASCII, then longest, then first in order."""
    return min(names, key=lambda name: (-_beyond_ascii(name), -len(name), name))


def _beyond_ascii(name: str) -> int:
    return 0 if name.isascii() else sum(c > "\x7f" for c in name)
