"""Find namesakes that may share one page, and check the papers listed in files of people.

A name alone proves nothing. A shared co-author, venue, topic or institution is evidence for one person; a common family
name and given name are evidence for two.
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
_MIN_SAME_FAMILY = 8  # authors with the same family name, from which a namesake is likely
_MIN_SAME_GIVEN = 2  # authors with the same given name, from which a namesake is likely


class _Authorship(NamedTuple):
    """A paper of an author, and the features that link it to other papers of theirs."""

    paper: Paper
    position: int
    shared: frozenset[str]
    """Its venue, topics, institutions and authors, equal for all its authors."""
    affiliations: frozenset[str]

    def shared_with(self, author_id: str) -> frozenset[str]:
        """The features that another paper of the author may share with this one."""
        return (self.shared | self.affiliations) - {f"author {author_id}"}


def namesakes_are_distinguished(content: Content) -> Iterator[Problem]:
    """All papers under a common name are linked by a co-author, a venue, a topic or an institution."""
    authorships = _authorships(content)
    families, givens = _common(content)
    decided = {person.id for person in content.people}
    for author_id in sorted(authorships.keys() - decided):
        if len(authorships[author_id]) < 2:
            continue
        groups = _groups(authorships[author_id], author_id)
        name = split_name(_name(groups[0][0]))
        is_common = families[folded(name.family)] >= _MIN_SAME_FAMILY and givens[folded(name.given)] >= _MIN_SAME_GIVEN
        # Rare names need no evidence: two people who share one are unlikely.
        if len(groups) < 2 or not is_common or any(map(_is_explicit, authorships[author_id])):
            continue
        for group in groups[1:]:
            entry, other = group[0], groups[0][0]
            message = (
                f"{_name(entry)} may be two people: here and in {other.paper.id} no co-author, venue or topic is shared"
            )
            hint = (
                f"If they are two, write `name: {_name(entry)}` with `id: {author_id}-2` or an `orcid` here; "
                f"if one, write people/{author_id}.yaml with `name: {_name(entry)}`."
            )
            yield paper_problem(entry.paper, "W328", message, hint, "authors", entry.position)


def papers_of_people_name_them(content: Content) -> Iterator[Problem]:
    """Each paper in a person's file exists, has the person as an author, and is not listed by a namesake too."""
    authors = {paper.id: set(paper.author_names) for paper in content.papers}
    nearest = Nearest(sorted(authors), _MIN_SIMILARITY)
    holders: dict[tuple[str, str], str] = {}
    for person in content.people:
        subject, names = f"people/{person.id}", (person.name, *person.aliases)
        for index, paper in enumerate(person.papers):
            location = ("papers", index)
            if paper not in authors:
                hint = nearest.hint(paper, "Name an entry by its id, the name of its file.")
                yield record_problem(subject, "E323", f"unknown paper {paper}", hint, *location)
                continue
            spelled = [name for name in names if name in authors[paper]]
            if not spelled:
                hint = "Copy the spelling from the paper into name or aliases, or delete the line."
                yield record_problem(subject, "E329", f"{paper} does not name {person.name}", hint, *location)
            for name in spelled:
                if (other := holders.setdefault((name, paper), person.id)) != person.id:
                    hint = "Keep the paper in one of the two files."
                    yield record_problem(subject, "E329", f"{paper} is claimed by {other} too", hint, *location)


def _authorships(content: Content) -> dict[str, list[_Authorship]]:
    """The papers of each author, the oldest entry first."""
    ids = author_ids(content.papers, content.people)
    series = {edition.id: one_series.id for one_series in content.series for edition in one_series.editions}
    parents = {topic.id: topic.parent for topic in content.topics}
    by_author: dict[str, list[_Authorship]] = defaultdict(list)
    for paper in sorted(content.papers, key=lambda paper: (paper.added, paper.id)):
        shared = {f"venue {series.get(paper.venue, paper.venue)}"}
        shared |= {f"topic {topic}" for named in paper.topics for topic in _with_ancestors(named, parents)}
        shared |= {f"institution {folded(name)}" for name in paper.affiliations}
        shared |= {f"author {author_id}" for author_id in ids[paper.id]}
        everything = frozenset(shared)
        for index, (author_id, author) in enumerate(zip(ids[paper.id], paper.authors, strict=True)):
            affiliations = frozenset(f"institution {folded(name)}" for name in author.affiliation)
            by_author[author_id].append(_Authorship(paper, index, everything, affiliations))
    return by_author


def _with_ancestors(topic: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    yielded: set[str] = set()
    current: str | None = topic
    while current and current not in yielded:
        yielded.add(current)
        yield current
        current = parents.get(current)


def _groups(authorships: list[_Authorship], author_id: str) -> list[list[_Authorship]]:
    """Group the papers of an author. Papers of different groups share no feature."""
    # A union-find structure: comparing all pairs would be slow for authors with many papers.
    group_of = list(range(len(authorships)))

    def group(position: int) -> int:
        while group_of[position] != position:
            group_of[position] = position = group_of[group_of[position]]
        return position

    first: dict[str, int] = {}
    for position, paper in enumerate(authorships):
        for feature in paper.shared_with(author_id):
            smaller, larger = sorted((group(first.setdefault(feature, position)), group(position)))
            group_of[larger] = smaller
    groups: dict[int, list[_Authorship]] = defaultdict(list)
    for position, paper in enumerate(authorships):
        groups[group(position)].append(paper)
    return list(groups.values())


def _common(content: Content) -> tuple[Counter[str], Counter[str]]:
    """The number of author names with each family name, and with each given name."""
    names = {name: split_name(name) for paper in content.papers for name in paper.author_names}
    families = Counter(folded(name.family) for name in names.values())
    return families, Counter(folded(name.given) for name in names.values() if name.given)


def _name(authorships: _Authorship) -> str:
    return authorships.paper.authors[authorships.position].name


def _is_explicit(authorships: _Authorship) -> bool:
    author = authorships.paper.authors[authorships.position]
    return bool(author.id or author.orcid)
