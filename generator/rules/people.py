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
from generator.rules.finding import of_paper, of_record
from generator.text.names import split_name
from generator.text.slug import folded, slugify

_SLIP_LEAST = 88  # percent; the least similarity of names that differ by a typing error
_SHOWN = 2  # shared co-authors that a message names
CROWD = 400  # larger groups of similar names are skipped: they give no evidence, and all pairs take too long
_CREW_MOST = 100  # larger author lists are no evidence that two of the authors work together


class Known(NamedTuple):
    """An author across papers: id, name, papers, ids of co-authors, and stated institutions."""

    id: str
    name: str
    papers: set[str]
    others: set[str]
    institutions: set[str]


def people_have_one_name(content: Content) -> Iterator[Problem]:
    """No two authors have compatible names and a shared co-author or institution."""
    ids = author_ids(content.papers, content.people)
    known = _known(content, ids)
    apart = {person.id: {folded(name) for name in person.distinct_from} for person in content.people}
    papers = {paper.id: paper for paper in content.papers}
    for first, second in _fitting(sorted(known.values())):
        is_distinct = folded(first.name) in apart.get(second.id, ()) or folded(second.name) in apart.get(first.id, ())
        evidence = _evidence(first, second, known)
        namesakes = folded(first.name) == folded(second.name)  # a person has separated them by id or orcid
        if is_distinct or namesakes or not evidence or first.papers & second.papers:
            continue
        short, full = sorted((first, second), key=lambda author: (len(author.name), author.name))
        paper = papers[min(short.papers)]
        place = ids[paper.id].index(short.id)
        message = f"{short.name} may be {full.name} ({min(full.papers)}): {evidence}"
        hint = f"Join them in content/people/{full.id}.yaml (name, aliases), or write distinct_from there."
        yield of_paper(paper, "W321", message, hint, "authors", place)


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
                yield of_paper(paper, "W322", f"the ORCID iD is that of {name} ({other}) too", hint, *location)
            if (other_orcid := orcids.setdefault(person, author.orcid)) != author.orcid:
                hint = "Look both up at orcid.org; if they are two people, give them ids of their own."
                yield of_paper(
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
            yield of_record(subject, "E319", message, "Join the two files, or correct the id.", field)


def names_are_in_use(content: Content) -> Iterator[Problem]:
    """The file of a person or an institution lists a name that occurs in a paper."""
    authors = {folded(name) for paper in content.papers for name in paper.author_names}
    places = {
        folded(name)
        for paper in content.papers
        for name in (
            *paper.affiliations,
            *(place for author in paper.authors for place in author.affiliation),
        )
    }
    for folder, records, used in (("people", content.people, authors), ("institutions", content.institutions, places)):
        for record in records:
            if not any(folded(name) in used for name in (record.name, *record.aliases)):
                hint = "Copy the spelling from the paper, or delete the file."
                yield of_record(f"{folder}/{record.id}", "W391", f"no paper names {record.name}", hint, "name")


def _known(content: Content, ids: Mapping[str, tuple[str, ...]]) -> dict[str, Known]:
    joined = {name.casefold(): item.id for item in content.institutions for name in (item.name, *item.aliases)}
    known: dict[str, Known] = {}
    for paper in content.papers:
        ids_of_paper = ids[paper.id]
        for author, author_id in zip(paper.authors, ids_of_paper, strict=True):
            entry = known.setdefault(author_id, Known(author_id, author.name, set(), set(), set()))
            entry.papers.add(paper.id)
            if len(ids_of_paper) <= _CREW_MOST:
                entry.others.update(ids_of_paper)
            entry.institutions.update(joined.get(name.casefold(), slugify(name)) for name in author.affiliation)
    return known


def _fitting(people: Sequence[Known]) -> Iterator[tuple[Known, Known]]:
    """Yield pairs of compatible names: one abbreviates the other, swaps its parts, or has a typing error."""
    groups: dict[str, list[tuple[Known, tuple[str, ...]]]] = defaultdict(list)
    for person in people:
        parts = split_name(person.name)
        words = (*slugify(parts.given).split("-"), folded(parts.family))
        # Compatible given names have the same initial, which splits the large groups of common family names.
        for key in {f"family {words[-1]} {words[0][:1]}", f"given {words[0]}", " ".join(sorted(words))}:
            groups[key].append((person, words))
    yielded: set[tuple[str, str]] = set()  # a pair can share several keys
    for members in groups.values():
        if len(members) > CROWD:
            continue
        for (first, first_words), (second, second_words) in combinations(members, 2):
            if (first.id, second.id) not in yielded and _fit(first_words, second_words):
                yielded.add((first.id, second.id))
                yield first, second


def _fit(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if len(first) < 2 or len(second) < 2 or not (first[0] and second[0]):
        return False
    if first[-1] == second[-1]:
        return (
            "".join(first) == "".join(second)
            or _short_for(first[:-1], second[:-1])
            or _short_for(second[:-1], first[:-1])
        )
    texts = "".join(first), "".join(second)
    # In short names, one other letter usually means another person.
    is_slip = len(first) == len(second) and min(map(len, texts)) > 8 and fuzz.ratio(*texts, score_cutoff=_SLIP_LEAST)
    return bool(is_slip) or sorted(first) == sorted(second)


def _short_for(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether the given names ``few`` are those of ``many`` in order, with some omitted or abbreviated to initials."""
    rest = iter(many)  # one iterator for all names, so that matches keep their order
    if not (few[0].startswith(many[0]) or many[0].startswith(few[0])):
        return False
    if len(few[0]) > 1 and len(many[0]) > 1 and few[0] != many[0]:
        return False
    return all(
        any(word == other or (1 in (len(word), len(other)) and word[0] == other[0]) for other in rest) for word in few
    )


def _evidence(first: Known, second: Known, known: Mapping[str, Known]) -> str:
    """Describe the shared co-authors or institution of two authors; '' if there are none."""
    people = sorted(known[author_id].name for author_id in (first.others & second.others) - {first.id, second.id})
    if people:
        rest = f" and {len(people) - _SHOWN} more" if len(people) > _SHOWN else ""
        return f"both wrote with {', '.join(people[:_SHOWN])}{rest}"
    institutions = sorted(first.institutions & second.institutions)
    return f"both are at {institutions[0]}" if institutions else ""
