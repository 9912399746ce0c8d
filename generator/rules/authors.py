"""Rules for author lists that were pasted from other sources. Only a duplicate ORCID iD is an error."""

import re
from collections.abc import Iterator

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.problems import paper_problem
from generator.text.names import natural_order, split_name

_SUFFIX_AT_END = r"\s*(?:jr|sr|ii|iii|iv)\.?$"
# ``Ada Byron and Max Born``, ``Byron et al``, ``Byron; Born``, ``Byron, Ada, Born``, ``Ada Byron, Max Born``
_SEVERAL_PEOPLE = re.compile(
    rf"\s(?:and|und|et|&)\s|\bet al\b|;|,[^,]+,(?!{_SUFFIX_AT_END})|\b\w{{2,}}\s+\w{{2,}},\s*\w+\s+\w{{2,}}",
    re.IGNORECASE,
)
# ``Byron, Ada`` or ``Byron, Ada, Jr.``, but not ``Ken Perlin, Jr.``: a comma before a suffix does not mean that the
# family name comes first.
_FAMILY_FIRST = re.compile(rf"[^,]+,(?!{_SUFFIX_AT_END})[^,]+(?:,{_SUFFIX_AT_END})?", re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"[0-9*†‡§¶∗⋆✉@#⁰¹²³⁴-⁹]")

_ALWAYS_ALLOWED = 2  # affiliations of a paper, even with one author
_MAX_PER_AUTHOR = 3  # affiliations of one author


def orcids_are_listed_once(content: Content) -> Iterator[Problem]:
    """No two authors of one paper have the same ORCID iD."""
    for paper in content.papers:
        first_indexes: dict[str, int] = {}  # position of the first author with each ORCID iD
        for index, author in enumerate(paper.authors):
            if author.orcid and (first := first_indexes.setdefault(author.orcid, index)) != index:
                hint = "Look both up at orcid.org, and correct or delete the wrong one."
                message = f"{paper.authors[first].name} has the ORCID iD {author.orcid} too"
                yield paper_problem(paper, "E316", message, hint, "authors", index, "orcid")


def authors_are_listed_once(content: Content) -> Iterator[Problem]:
    """An author list contains each name once, unless ``id`` or ``orcid`` separates two people of one name."""
    for paper in content.papers:
        earlier: set[str] = set()
        for index, name in enumerate(paper.author_names):
            if name in earlier:
                hint = "Delete one, unless two people share the name; then give each an id or an orcid."
                if paper.authors[index].orcid is None and paper.authors[index].id is None:
                    yield paper_problem(paper, "W311", f"{name} is listed twice", hint, "authors", index)
            earlier.add(name)


def author_names_are_well_formed(content: Content) -> Iterator[Problem]:
    """An author's name is that of one person, in mixed case, given name first, without footnote marks."""
    for paper in content.papers:
        for index, name in enumerate(paper.author_names):
            yield from _check_name(paper, index, name)


def affiliations_are_few(content: Content) -> Iterator[Problem]:
    """A paper has at most as many affiliations as authors (or two), and an author has at most three."""
    for paper in content.papers:
        affiliations, authors = len(paper.affiliations), len(paper.authors)
        hint = "List only the affiliations on the paper's title page."
        if not paper.authors_incomplete and affiliations > max(authors, _ALWAYS_ALLOWED):
            message = f"{affiliations} affiliations for {authors} author{'s' * (authors != 1)}"
            yield paper_problem(paper, "W604", message, hint, "affiliations")
        for index, author in enumerate(paper.authors):
            if len(author.affiliation) > _MAX_PER_AUTHOR:
                message = f"{author.name} has {len(author.affiliation)} affiliations"
                yield paper_problem(paper, "W604", message, hint, "authors", index, "affiliation")


def _check_name(paper: Paper, index: int, name: str) -> Iterator[Problem]:
    """Yield the problems of the author's name at position ``index`` of the list."""
    location = ("authors", index)
    if _SEVERAL_PEOPLE.search(name):
        hint = "Write one name per line; for `et al.` write authors_incomplete: true."
        yield paper_problem(paper, "W313", "the name seems to contain several people", hint, *location)
    elif _FAMILY_FIRST.fullmatch(name) and split_name(name).given:  # the name of a group can contain a comma
        yield paper_problem(paper, "W314", "the family name comes first", f"Write {natural_order(name)}.", *location)
    words = [word for word in name.split() if len(word) > 1]
    # Two capitals, as in ``JK Rowling``, are usually initials.
    if len(words) > 1 and all(len(word) > 2 and word.isupper() and word.isalpha() for word in words):
        yield paper_problem(
            paper, "W312", "the name is in capitals", f"Write {name.title()}, if that is right.", *location
        )
    if mark := _FOOTNOTE_MARK.search(name):
        yield paper_problem(
            paper,
            "W315",
            f"the name contains {mark[0]}",
            "Delete the mark; affiliations have a field of their own.",
            *location,
        )
