"""Rules for namesakes who may share one page, and for the papers listed in files of people.

A shared co-author, venue, topic or institution is evidence that papers under one name are by one person. Without it,
a common family name with a common given name is evidence for two.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.model.catalog import Content
from generator.model.contributors import author_ids
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.problems import Nearest, paper_problem, record_problem
from generator.text.names import split_name
from generator.text.slug import folded

_MIN_SIMILARITY = 70  # least similarity (0 to 100) of a name that a hint suggests
# A name is common if at least this many different author names have its family name and its given name, respectively.
_MIN_SAME_FAMILY = 8
_MIN_SAME_GIVEN = 2


class _Authorship(NamedTuple):
    """A paper of an author, and its features, such as ``venue icml`` and ``author ada-byron``.

    ``position`` is that of the author in the paper's list. ``paper_features`` are the venue, topics, institutions and
    authors of the paper, ``affiliations`` the features that only this author's affiliations add.
    """

    paper: Paper
    position: int
    paper_features: frozenset[str]
    affiliations: frozenset[str]

    @property
    def name(self) -> str:
        """The author's name on this paper."""
        return self.paper.authors[self.position].name

    @property
    def has_explicit_id(self) -> bool:
        """Whether the paper states an id or ORCID iD of the author."""
        author = self.paper.authors[self.position]
        return bool(author.id or author.orcid)

    def features_for(self, author_id: str) -> frozenset[str]:
        """All features except the author's own id, which all papers of the author share."""
        return (self.paper_features | self.affiliations) - {f"author {author_id}"}


class _NameCounts(NamedTuple):
    """How many different author names have each family name and each given name, both folded."""

    families: Counter[str]
    given: Counter[str]


def namesakes_are_distinguished(content: Content) -> Iterator[Problem]:
    """All papers under a common name are linked by a co-author, a venue, a topic or an institution."""
    authorships = _authorships(content)
    counts = _name_counts(content)
    people_with_file = {person.id for person in content.people}  # an editor has decided about them
    for author_id in sorted(authorships.keys() - people_with_file):
        if len(authorships[author_id]) < 2:
            continue
        groups = _groups(authorships[author_id], author_id)
        oldest = groups[0][0]
        name = split_name(oldest.name)
        # Rare names need no evidence: it is unlikely that two people share one.
        is_common = (
            counts.families[folded(name.family)] >= _MIN_SAME_FAMILY
            and counts.given[folded(name.given)] >= _MIN_SAME_GIVEN
        )
        if len(groups) < 2 or not is_common or any(authorship.has_explicit_id for authorship in authorships[author_id]):
            continue
        for group in groups[1:]:
            authorship = group[0]
            message = (
                f"{authorship.name} may be two people: "
                f"here and in {oldest.paper.id} no co-author, venue or topic is shared"
            )
            hint = (
                f"If they are two, write `name: {authorship.name}` with `id: {author_id}-2` or an `orcid` here; "
                f"if one, write people/{author_id}.yaml with `name: {authorship.name}`."
            )
            yield paper_problem(authorship.paper, "W328", message, hint, "authors", authorship.position)


def listed_papers_name_the_person(content: Content) -> Iterator[Problem]:
    """Each paper in a person's file exists, has the person as an author, and is not listed by a namesake too."""
    author_names = {paper.id: set(paper.author_names) for paper in content.papers}
    nearest = Nearest(sorted(author_names), _MIN_SIMILARITY)
    owners: dict[tuple[str, str], str] = {}  # person id by name and paper id
    for person in content.people:
        subject, names = f"people/{person.id}", (person.name, *person.aliases)
        for index, paper_id in enumerate(person.papers):
            location = ("papers", index)
            if paper_id not in author_names:
                hint = nearest.hint(paper_id, "Name an entry by its id, the name of its file.")
                yield record_problem(subject, "E323", f"unknown paper {paper_id}", hint, *location)
                continue
            names_on_paper = [name for name in names if name in author_names[paper_id]]
            if not names_on_paper:
                hint = "Copy the spelling from the paper into name or aliases, or delete the line."
                yield record_problem(subject, "E329", f"{paper_id} does not name {person.name}", hint, *location)
            for name in names_on_paper:
                if (other := owners.setdefault((name, paper_id), person.id)) != person.id:
                    hint = "Keep the paper in one of the two files."
                    yield record_problem(subject, "E329", f"{paper_id} is claimed by {other} too", hint, *location)


def _authorships(content: Content) -> dict[str, list[_Authorship]]:
    """The papers of each author, by author id, the oldest entry first."""
    ids_by_paper = author_ids(content.papers, content.people)
    series_ids = {edition.id: series.id for series in content.series for edition in series.editions}
    parents = {topic.id: topic.parent for topic in content.topics}
    by_author: dict[str, list[_Authorship]] = defaultdict(list)
    for paper in sorted(content.papers, key=lambda paper: (paper.added, paper.id)):
        ids_of_authors = ids_by_paper[paper.id]
        features = frozenset(
            (
                f"venue {series_ids.get(paper.venue, paper.venue)}",
                *(f"topic {topic}" for listed in paper.topics for topic in _with_ancestors(listed, parents)),
                *(f"institution {folded(name)}" for name in paper.affiliations),
                *(f"author {author_id}" for author_id in ids_of_authors),
            )
        )
        for index, (author_id, author) in enumerate(zip(ids_of_authors, paper.authors, strict=True)):
            affiliations = frozenset(f"institution {folded(name)}" for name in author.affiliation)
            by_author[author_id].append(_Authorship(paper, index, features, affiliations))
    return by_author


def _with_ancestors(topic: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """Yield the id of a topic, its parent's and so on. A cycle, which another rule reports, ends the loop."""
    yielded: set[str] = set()
    current: str | None = topic
    while current and current not in yielded:
        yielded.add(current)
        yield current
        current = parents.get(current)


def _groups(authorships: list[_Authorship], author_id: str) -> list[list[_Authorship]]:
    """Group the papers of an author, so that papers of different groups share no feature. Keeps the order."""
    # A union-find structure: comparing all pairs would be slow for authors with many papers. Each index points to a
    # smaller index in its group; the smallest, the root, points to itself.
    parents = list(range(len(authorships)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = index = parents[parents[index]]  # shortens the path for later calls
        return index

    first_indexes: dict[str, int] = {}  # of the first authorship with each feature
    for index, authorship in enumerate(authorships):
        for feature in authorship.features_for(author_id):
            smaller, larger = sorted((root(first_indexes.setdefault(feature, index)), root(index)))
            parents[larger] = smaller
    groups: dict[int, list[_Authorship]] = defaultdict(list)
    for index, authorship in enumerate(authorships):
        groups[root(index)].append(authorship)
    return list(groups.values())


def _name_counts(content: Content) -> _NameCounts:
    names = [split_name(name) for name in {name for paper in content.papers for name in paper.author_names}]
    families = Counter(folded(name.family) for name in names)
    return _NameCounts(families, Counter(folded(name.given) for name in names if name.given))
