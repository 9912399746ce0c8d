"""The catalogue: all records of a digest joined by id, once, for every page and export to read.

It is built from content whose rules hold, so nothing here asks again whether an id exists.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from types import MappingProxyType
from typing import TypeVar

from generator.model.content import Content, HandPage
from generator.model.editorial import Collection, Tag, TagKind, Term
from generator.model.paper import Paper
from generator.model.person import Institution, Person
from generator.model.record import record
from generator.model.topic import Topic
from generator.model.values import in_language
from generator.model.venue import Edition, Series
from generator.text.identifiers import arxiv_month
from generator.text.names import sort_key
from generator.text.slug import DEVICES, MOST, identity, slugify

Item = TypeVar("Item")


@record
class EditionEntry:
    """An edition with its series and the last part of its URL (``2026``, or ``2026-ID`` for a second one)."""

    edition: Edition
    series: Series
    slug: str

    @property
    def name(self) -> str:
        """What readers call it: ``ICLR 2026``."""
        return f"{self.series.name} {self.edition.year}" if self.edition.year else self.series.name


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


@record
class Catalog:
    """Everything joined. Mappings are read-only and in the order in which lists show them.

    ``papers`` newest first, by their own date, as in every list; ``topics`` as the tree is read from top to bottom;
    ``papers_by_topic`` counts a paper in each of its topics and their ancestors; ``author_ids`` and
    ``institution_ids`` lead from a written name to an id. ``papers_by_date`` groups by ``date_of``, ``papers_by_added``
    by the day on which entries came into the digest, and ``additions`` does so without the founding collection: it is
    what feeds, mailings and weekly pages tell. ``bulk`` has the ids of papers that share a file with others.
    ``collections`` stand newest first, ``tags`` by kind and name.
    """

    papers: Mapping[str, Paper]
    series: Mapping[str, Series]
    editions: Mapping[str, EditionEntry]
    topics: Mapping[str, Topic]
    subtopics: Mapping[str, tuple[str, ...]]
    authors: Mapping[str, AuthorEntry]
    institutions: Mapping[str, InstitutionEntry]
    author_ids: Mapping[str, str]
    institution_ids: Mapping[str, str]
    papers_by_edition: Mapping[str, tuple[str, ...]]
    papers_by_series: Mapping[str, tuple[str, ...]]
    papers_by_topic: Mapping[str, tuple[str, ...]]
    papers_by_date: Mapping[str, tuple[str, ...]]
    papers_by_added: Mapping[date, tuple[str, ...]]
    additions: Mapping[date, tuple[str, ...]]
    pages: Mapping[str, HandPage]
    bulk: Mapping[str, bool]
    collections: Mapping[str, Collection]
    glossary: Mapping[str, Term]
    tags: Mapping[str, Tag]
    papers_by_tag: Mapping[str, tuple[str, ...]]

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """The topics above a topic, the top one first."""
        found: list[str] = []
        parent = self.topics[topic_id].parent
        while parent:
            found.append(parent)
            parent = self.topics[parent].parent
        return tuple(reversed(found))

    def year_of(self, paper: Paper) -> int | None:
        """The year in which a paper appeared: its edition's, else that of its publication; None if no record tells."""
        return self.editions[paper.venue].edition.year or (paper.published.year if paper.published else None)

    def date_of(self, paper: Paper) -> str:
        """When a paper appeared, as exactly as its records tell: ``2024-05-13``, ``2024-05``, ``2024`` or ''.

        It is the day of ``published``, else the month of the arXiv id, else the month or the year of the edition.
        """
        return _date_of(paper, self.editions[paper.venue].edition)

    def papers_in_series(self, series_id: str) -> tuple[str, ...]:
        """All papers of a series, newest first."""
        return self.papers_by_series.get(series_id, ())


def build_catalog(content: Content, founded: date | None = None) -> Catalog:
    """Join the records. The content's rules hold: no unknown ids, no circles.

    What came in until ``founded`` is the founding collection, which is nobody's news.
    """
    series = sorted(content.series, key=lambda item: (item.name.casefold(), item.id))
    editions = {entry.edition.id: entry for held in series for entry in edition_entries(held)}
    dates = {paper.id: _date_of(paper, editions[paper.venue].edition) for paper in content.papers}
    ordered = sorted(content.papers, key=lambda paper: paper.id)
    papers = {paper.id: paper for paper in sorted(ordered, key=lambda paper: dates[paper.id], reverse=True)}
    latest = sorted(papers.values(), key=lambda paper: paper.added, reverse=True)
    topics, subtopics = _topic_tree(content.topics)
    authors, author_ids = _authors(papers.values(), content.people)
    institutions, institution_ids = _institutions(papers.values(), content.institutions)
    return Catalog(
        papers=MappingProxyType(papers),
        series=MappingProxyType({item.id: item for item in series}),
        editions=MappingProxyType(editions),
        topics=MappingProxyType(topics),
        subtopics=MappingProxyType(subtopics),
        authors=MappingProxyType(authors),
        institutions=MappingProxyType(institutions),
        author_ids=MappingProxyType(author_ids),
        institution_ids=MappingProxyType(institution_ids),
        papers_by_edition=_grouped((paper.venue, paper.id) for paper in papers.values()),
        papers_by_series=_grouped((editions[paper.venue].series.id, paper.id) for paper in papers.values()),
        papers_by_topic=_grouped(
            (topic, paper.id) for paper in papers.values() for topic in _with_ancestors(paper.topics, topics)
        ),
        papers_by_date=_grouped((dates[paper_id], paper_id) for paper_id in papers),
        papers_by_added=_grouped((paper.added, paper.id) for paper in latest),
        additions=_grouped((paper.added, paper.id) for paper in latest if not founded or paper.added > founded),
        pages=MappingProxyType({page.id: page for page in content.pages}),
        bulk=MappingProxyType(dict.fromkeys(content.bulk, True)),
        collections=MappingProxyType({item.id: item for item in sorted(content.collections, key=_latest_first)}),
        glossary=MappingProxyType({term.id: term for term in content.glossary}),
        tags=MappingProxyType({tag.id: tag for tag in sorted(content.tags, key=_by_kind)}),
        papers_by_tag=_grouped((tag, paper.id) for paper in papers.values() for tag in paper.tags),
    )


def edition_entries(series: Series) -> tuple[EditionEntry, ...]:
    """The editions of a series, newest first, each with the last part of its URL."""
    ordered = sorted(series.editions, key=lambda e: (-(e.year or 0), e.id))
    entries = []
    last: int | None = None
    for edition in ordered:  # those of one year stand together
        slug = edition.id if edition.year is None else str(edition.year)
        if edition.year is not None and edition.year == last:
            slug = f"{edition.year}-{edition.id}"
        entries.append(EditionEntry(edition=edition, series=series, slug=slug))
        last = edition.year
    return tuple(entries)


def _date_of(paper: Paper, edition: Edition) -> str:
    if paper.published:
        return paper.published.isoformat()
    month = arxiv_month(paper.arxiv) if paper.arxiv else edition.starts
    if month:
        return month.isoformat()[:7]
    return f"{edition.year:04}" if edition.year else ""


def _latest_first(collection: Collection) -> tuple[int, str]:
    return (-collection.date.toordinal(), collection.id)


def _by_kind(tag: Tag) -> tuple[int, str, str]:
    return (list(TagKind).index(tag.kind), in_language(tag.name, "", "").casefold(), tag.id)


def _grouped(pairs: Iterable[tuple[Item, str]]) -> Mapping[Item, tuple[str, ...]]:
    groups: dict[Item, list[str]] = defaultdict(list)
    for key, paper_id in pairs:
        groups[key].append(paper_id)
    return MappingProxyType({key: tuple(ids) for key, ids in groups.items()})


def _topic_tree(topics: Iterable[Topic]) -> tuple[dict[str, Topic], dict[str, tuple[str, ...]]]:
    children: dict[str, list[Topic]] = defaultdict(list)
    for topic in sorted(topics, key=lambda t: (t.order, in_language(t.name, "", "").casefold(), t.id)):
        children[topic.parent or ""].append(topic)
    ordered: dict[str, Topic] = {}

    def visit(topic: Topic) -> None:
        ordered[topic.id] = topic
        for child in children[topic.id]:
            visit(child)

    for top in children[""]:
        visit(top)
    return ordered, {parent: tuple(child.id for child in held) for parent, held in children.items() if held}


def _with_ancestors(topic_ids: Iterable[str], topics: Mapping[str, Topic]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for topic_id in topic_ids:
        at: str | None = topic_id
        while at:
            found[at] = None
            at = topics[at].parent
    return tuple(found)


def _authors(papers: Iterable[Paper], people: Iterable[Person]) -> tuple[dict[str, AuthorEntry], dict[str, str]]:
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


def _institutions(
    papers: Iterable[Paper], institutions: Iterable[Institution]
) -> tuple[dict[str, InstitutionEntry], dict[str, str]]:
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
