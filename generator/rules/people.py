"""Rules for the identity of people: one person under two names, ORCID iDs and ROR ids, unused files.

Whether two names belong to one person is for an editor to decide, with a file in content/people: it joins the names
(``aliases``) or separates them (``distinct_from``).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz

from generator.model.catalog import Content
from generator.model.contributors import author_ids
from generator.model.problem import Problem
from generator.rules.problems import paper_problem, record_problem
from generator.text.names import split_name
from generator.text.slug import folded, slugify

_MIN_SIMILARITY = 88  # least similarity (0 to 100) of names that differ by a typing error
_MIN_LETTERS = 9  # in shorter names, another letter usually means another person
_MAX_NAMED = 2  # shared co-authors that a message names
MAX_GROUP = 400
"""Larger groups of similar names are skipped: such names are too common, and comparing all pairs takes too long."""
_MAX_AUTHORS = 100  # of a paper whose authors count as co-authors; in larger groups, most people never meet


class _AuthorProfile(NamedTuple):
    """An author across papers: ids of papers, co-authors and institutions. ``coauthors`` can contain the author."""

    id: str
    name: str
    papers: set[str]
    coauthors: set[str]
    institutions: set[str]


def people_have_one_name(content: Content) -> Iterator[Problem]:
    """No two authors have compatible names and a shared co-author or institution.

    Authors of one paper are two people, and so are authors that a file separates.
    """
    ids_by_paper = author_ids(content.papers, content.people)
    profiles = _profiles(content, ids_by_paper)
    distinct = {person.id: {folded(name) for name in person.distinct_from} for person in content.people}
    papers = {paper.id: paper for paper in content.papers}
    for first, second in _compatible_pairs(sorted(profiles.values())):
        first_key, second_key = folded(first.name), folded(second.name)
        is_distinct = first_key in distinct.get(second.id, ()) or second_key in distinct.get(first.id, ())
        evidence = _evidence(first, second, profiles)
        are_namesakes = first_key == second_key  # two ids for one name: an editor has separated the two people
        if is_distinct or are_namesakes or not evidence or first.papers & second.papers:
            continue
        # The problem is reported in a paper with the shorter name; the hint suggests a file for the longer one.
        short, full = sorted((first, second), key=lambda author: (len(author.name), author.name))
        paper = papers[min(short.papers)]
        index = ids_by_paper[paper.id].index(short.id)
        message = f"{short.name} may be {full.name} ({min(full.papers)}): {evidence}"
        hint = f"Join them in content/people/{full.id}.yaml (name, aliases), or write distinct_from there."
        yield paper_problem(paper, "W321", message, hint, "authors", index)


def orcids_name_one_person(content: Content) -> Iterator[Problem]:
    """An author has one ORCID iD, and an ORCID iD belongs to one author."""
    ids_by_paper = author_ids(content.papers, content.people)
    owners: dict[str, tuple[str, str]] = {}  # author id and name by ORCID iD
    orcids: dict[str, str] = {}  # ORCID iD by author id
    for paper in content.papers:
        for index, author in enumerate(paper.authors):
            if author.orcid is None:
                continue
            author_id, location = ids_by_paper[paper.id][index], ("authors", index)
            owner_id, name = owners.setdefault(author.orcid, (author_id, author.name))
            if owner_id != author_id:
                hint = "Give both the same id, or look up whose iD it is at orcid.org."
                yield paper_problem(paper, "W322", f"the ORCID iD is that of {name} ({owner_id}) too", hint, *location)
            if (other_orcid := orcids.setdefault(author_id, author.orcid)) != author.orcid:
                hint = "Look both up at orcid.org; if they are two people, give them ids of their own."
                yield paper_problem(
                    paper, "W323", f"{author.name} has the ORCID iD {other_orcid} elsewhere", hint, *location
                )


def registered_ids_are_unique(content: Content) -> Iterator[Problem]:
    """No two people have the same ORCID iD, and no two institutions the same ROR id."""
    owners: dict[str, str] = {}
    people = [(f"people/{person.id}", "orcid", person.orcid) for person in content.people]
    institutions = [(f"institutions/{item.id}", "ror", item.ror) for item in content.institutions]
    for subject, field, value in (*people, *institutions):
        if value and owners.setdefault(value, subject) != subject:
            message = f"{value} is claimed by {owners[value]} too"
            yield record_problem(subject, "E319", message, "Join the two files, or correct the id.", field)


def names_are_in_use(content: Content) -> Iterator[Problem]:
    """The file of a person or an institution lists a name that occurs in a paper."""
    authors = {folded(name) for paper in content.papers for name in paper.author_names}
    affiliations = {
        folded(name)
        for paper in content.papers
        for name in (
            *paper.affiliations,
            *(affiliation for author in paper.authors for affiliation in author.affiliation),
        )
    }
    kinds = (("people", content.people, authors), ("institutions", content.institutions, affiliations))
    for folder, records, names_in_papers in kinds:
        for record in records:
            if not any(folded(name) in names_in_papers for name in (record.name, *record.aliases)):
                hint = "Copy the spelling from the paper, or delete the file."
                yield record_problem(f"{folder}/{record.id}", "W391", f"no paper names {record.name}", hint, "name")


def _profiles(content: Content, ids_by_paper: Mapping[str, tuple[str, ...]]) -> dict[str, _AuthorProfile]:
    """The profile of each author, by author id."""
    institution_ids = {name.casefold(): item.id for item in content.institutions for name in (item.name, *item.aliases)}
    profiles: dict[str, _AuthorProfile] = {}
    for paper in content.papers:
        ids_of_authors = ids_by_paper[paper.id]
        for author, author_id in zip(paper.authors, ids_of_authors, strict=True):
            profile = profiles.setdefault(author_id, _AuthorProfile(author_id, author.name, set(), set(), set()))
            profile.papers.add(paper.id)
            if len(ids_of_authors) <= _MAX_AUTHORS:
                profile.coauthors.update(ids_of_authors)
            profile.institutions.update(
                institution_ids.get(name.casefold(), slugify(name)) for name in author.affiliation
            )
    return profiles


def _compatible_pairs(people: Sequence[_AuthorProfile]) -> Iterator[tuple[_AuthorProfile, _AuthorProfile]]:
    """Yield pairs of authors with compatible names: abbreviated, with swapped parts, or with a typing error."""
    # Only names of one group are compared. Each name is in three groups: names with the same family name, names with
    # the same first given name, and names with the same words in any order.
    groups: dict[str, list[tuple[_AuthorProfile, tuple[str, ...]]]] = defaultdict(list)  # authors, words of their names
    for person in people:
        parts = split_name(person.name)
        words = (*slugify(parts.given).split("-"), folded(parts.family))
        # The initial divides the large groups of common family names: compatible given names have the same one.
        for key in {f"family {words[-1]} {words[0][:1]}", f"given {words[0]}", " ".join(sorted(words))}:
            groups[key].append((person, words))
    yielded: set[tuple[str, str]] = set()  # a pair can be in several groups
    for members in groups.values():
        if len(members) > MAX_GROUP:
            continue
        for (first, first_words), (second, second_words) in combinations(members, 2):
            if (first.id, second.id) not in yielded and _are_compatible(first_words, second_words):
                yielded.add((first.id, second.id))
                yield first, second


def _are_compatible(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether two names may be one person's. A name is its given names, then its family name, all folded."""
    if len(first) < 2 or len(second) < 2 or not (first[0] and second[0]):
        return False
    if first[-1] == second[-1]:
        return (
            "".join(first) == "".join(second)
            or _abbreviates(first[:-1], second[:-1])
            or _abbreviates(second[:-1], first[:-1])
        )
    texts = "".join(first), "".join(second)
    is_typing_error = (
        len(first) == len(second)
        and min(map(len, texts)) >= _MIN_LETTERS
        and fuzz.ratio(*texts, score_cutoff=_MIN_SIMILARITY) > 0  # 0 below the limit
    )
    return is_typing_error or sorted(first) == sorted(second)


def _abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether given names are the same in the same order, with some of ``full`` omitted or initials in either.

    For example, ``a m`` and ``a`` abbreviate ``ada maria``; the first given names must be compatible.
    """
    if not _same_given_name(short[0], full[0]):
        return False
    remaining = iter(full)  # one iterator for all names of ``short``, so that matches keep their order
    return all(any(_same_given_name(word, other) for other in remaining) for word in short)


def _same_given_name(first: str, second: str) -> bool:
    """Whether two folded given names are equal, or one is the initial of the other."""
    return first == second or (1 in (len(first), len(second)) and first[0] == second[0])


def _evidence(first: _AuthorProfile, second: _AuthorProfile, profiles: Mapping[str, _AuthorProfile]) -> str:
    """Describe the shared co-authors or institution of two authors; '' if there are none."""
    coauthors = sorted(
        profiles[author_id].name for author_id in (first.coauthors & second.coauthors) - {first.id, second.id}
    )
    if coauthors:
        rest = f" and {len(coauthors) - _MAX_NAMED} more" if len(coauthors) > _MAX_NAMED else ""
        return f"both wrote with {', '.join(coauthors[:_MAX_NAMED])}{rest}"
    institutions = sorted(first.institutions & second.institutions)
    return f"both are at {institutions[0]}" if institutions else ""
