"""Find authors who may be one person under two names. A person decides by the evidence in the message.

A file in content/people joins the names of one person, or separates similar names by ``distinct_from``.
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

_MIN_SIMILARITY = 88  # percent; the least similarity of names that differ by a typing error
_MAX_NAMED = 2  # shared co-authors that a message names
MAX_GROUP = 400  # larger groups of similar names are skipped: they give no evidence, and all pairs take too long
_MAX_TEAM = 100  # larger author lists are no evidence that two of the authors work together


class AuthorProfile(NamedTuple):
    """An author across papers: id, name, papers, ids of co-authors, and stated institutions."""

    id: str
    name: str
    papers: set[str]
    coauthors: set[str]
    institutions: set[str]


def people_have_one_name(content: Content) -> Iterator[Problem]:
    """No two authors have compatible names and a shared co-author or institution."""
    ids = author_ids(content.papers, content.people)
    profiles = _profiles(content, ids)
    distinct = {person.id: {folded(name) for name in person.distinct_from} for person in content.people}
    papers = {paper.id: paper for paper in content.papers}
    for first, second in _compatible_pairs(sorted(profiles.values())):
        first_name, second_name = folded(first.name), folded(second.name)
        is_distinct = first_name in distinct.get(second.id, ()) or second_name in distinct.get(first.id, ())
        evidence = _evidence(first, second, profiles)
        namesakes = first_name == second_name  # a person has separated them by id or orcid
        if is_distinct or namesakes or not evidence or first.papers & second.papers:
            continue
        # The shorter name is the variant, so its paper gets the message and the longer name the file.
        short, full = sorted((first, second), key=lambda author: (len(author.name), author.name))
        paper = papers[min(short.papers)]
        index = ids[paper.id].index(short.id)
        message = f"{short.name} may be {full.name} ({min(full.papers)}): {evidence}"
        hint = f"Join them in content/people/{full.id}.yaml (name, aliases), or write distinct_from there."
        yield paper_problem(paper, "W321", message, hint, "authors", index)


def orcids_name_one_person(content: Content) -> Iterator[Problem]:
    """An author has one ORCID iD, and an ORCID iD has one author."""
    ids = author_ids(content.papers, content.people)
    names: dict[str, tuple[str, str]] = {}
    orcids: dict[str, str] = {}
    for paper in content.papers:
        for index, author in enumerate(paper.authors):
            if author.orcid is None:
                continue
            person, location = ids[paper.id][index], ("authors", index)
            other, name = names.setdefault(author.orcid, (person, author.name))
            if other != person:
                hint = "Give both the same id, or look up whose iD it is at orcid.org."
                yield paper_problem(paper, "W322", f"the ORCID iD is that of {name} ({other}) too", hint, *location)
            if (other_orcid := orcids.setdefault(person, author.orcid)) != author.orcid:
                hint = "Look both up at orcid.org; if they are two people, give them ids of their own."
                yield paper_problem(
                    paper, "W323", f"{author.name} has the ORCID iD {other_orcid} elsewhere", hint, *location
                )


def registered_ids_are_unique(content: Content) -> Iterator[Problem]:
    """No two people list one ORCID iD, and no two institutions one ROR id."""
    first: dict[str, str] = {}
    people = [(f"people/{person.id}", "orcid", person.orcid) for person in content.people]
    places = [(f"institutions/{item.id}", "ror", item.ror) for item in content.institutions]
    for subject, field, value in (*people, *places):
        if value and first.setdefault(value, subject) != subject:
            message = f"{value} is claimed by {first[value]} too"
            yield record_problem(subject, "E319", message, "Join the two files, or correct the id.", field)


def names_are_in_use(content: Content) -> Iterator[Problem]:
    """The file of a person or an institution lists a name that occurs in a paper."""
    authors = {folded(name) for paper in content.papers for name in paper.author_names}
    places = {
        folded(name)
        for paper in content.papers
        for name in (
            *paper.affiliations,
            *(affiliation for author in paper.authors for affiliation in author.affiliation),
        )
    }
    for folder, records, used in (("people", content.people, authors), ("institutions", content.institutions, places)):
        for record in records:
            if not any(folded(name) in used for name in (record.name, *record.aliases)):
                hint = "Copy the spelling from the paper, or delete the file."
                yield record_problem(f"{folder}/{record.id}", "W391", f"no paper names {record.name}", hint, "name")


def _profiles(content: Content, ids: Mapping[str, tuple[str, ...]]) -> dict[str, AuthorProfile]:
    joined = {name.casefold(): item.id for item in content.institutions for name in (item.name, *item.aliases)}
    profiles: dict[str, AuthorProfile] = {}
    for paper in content.papers:
        ids_of_paper = ids[paper.id]
        for author, author_id in zip(paper.authors, ids_of_paper, strict=True):
            entry = profiles.setdefault(author_id, AuthorProfile(author_id, author.name, set(), set(), set()))
            entry.papers.add(paper.id)
            if len(ids_of_paper) <= _MAX_TEAM:
                entry.coauthors.update(ids_of_paper)
            entry.institutions.update(joined.get(name.casefold(), slugify(name)) for name in author.affiliation)
    return profiles


def _compatible_pairs(people: Sequence[AuthorProfile]) -> Iterator[tuple[AuthorProfile, AuthorProfile]]:
    """Yield pairs of compatible names: one abbreviates the other, swaps its parts, or has a typing error."""
    groups: dict[str, list[tuple[AuthorProfile, tuple[str, ...]]]] = defaultdict(list)
    for person in people:
        parts = split_name(person.name)
        words = (*slugify(parts.given).split("-"), folded(parts.family))
        # Compatible given names have the same initial, which splits the large groups of common family names.
        for key in {f"family {words[-1]} {words[0][:1]}", f"given {words[0]}", " ".join(sorted(words))}:
            groups[key].append((person, words))
    yielded: set[tuple[str, str]] = set()  # a pair can share several keys
    for members in groups.values():
        if len(members) > MAX_GROUP:
            continue
        for (first, first_words), (second, second_words) in combinations(members, 2):
            if (first.id, second.id) not in yielded and _are_compatible(first_words, second_words):
                yielded.add((first.id, second.id))
                yield first, second


def _are_compatible(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if len(first) < 2 or len(second) < 2 or not (first[0] and second[0]):
        return False
    if first[-1] == second[-1]:
        return (
            "".join(first) == "".join(second)
            or _abbreviates(first[:-1], second[:-1])
            or _abbreviates(second[:-1], first[:-1])
        )
    texts = "".join(first), "".join(second)
    # In short names, one other letter usually means another person.
    is_slip = (
        len(first) == len(second) and min(map(len, texts)) > 8 and fuzz.ratio(*texts, score_cutoff=_MIN_SIMILARITY)
    )
    return bool(is_slip) or sorted(first) == sorted(second)


def _abbreviates(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether the given names ``few`` are those of ``many`` in order, with some omitted or abbreviated to initials."""
    rest = iter(many)  # one iterator for all names, so that matches keep their order
    if not (few[0].startswith(many[0]) or many[0].startswith(few[0])):
        return False
    if len(few[0]) > 1 and len(many[0]) > 1 and few[0] != many[0]:
        return False
    return all(
        any(word == other or (1 in (len(word), len(other)) and word[0] == other[0]) for other in rest) for word in few
    )


def _evidence(first: AuthorProfile, second: AuthorProfile, profiles: Mapping[str, AuthorProfile]) -> str:
    """Describe the shared co-authors or institution of two authors; '' if there are none."""
    people = sorted(
        profiles[author_id].name for author_id in (first.coauthors & second.coauthors) - {first.id, second.id}
    )
    if people:
        rest = f" and {len(people) - _MAX_NAMED} more" if len(people) > _MAX_NAMED else ""
        return f"both wrote with {', '.join(people[:_MAX_NAMED])}{rest}"
    institutions = sorted(first.institutions & second.institutions)
    return f"both are at {institutions[0]}" if institutions else ""
