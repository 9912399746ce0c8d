"""What must hold for papers: each stands once, has authors, and its old ids lead nowhere else."""

from collections import defaultdict
from collections.abc import Iterator

from generator.model.content import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.text.addresses import Identifier, identifier
from generator.text.slug import folded


def papers_have_authors(content: Content) -> Iterator[Problem]:
    """A paper lists its authors, or says with ``authors_incomplete`` that they are not all known."""
    for paper in content.papers:
        if not paper.authors and not paper.authors_incomplete:
            yield Problem(
                code="E310",
                message="the paper has no authors",
                hint="List them in order; if they are not known, write authors_incomplete: true.",
                subject=_subject(paper),
            )


def titles_stand_once(content: Content) -> Iterator[Problem]:
    """No two papers share a title or another title, compared by letters and digits only, unless told apart."""
    first: dict[str, Paper] = {}
    for paper in _oldest_first(content):
        for place, title in enumerate((paper.title, *paper.other_titles)):
            key = folded(title)
            other = first.setdefault(key, paper)
            if key and other is not paper and not _told_apart(paper, other):
                names = ", ".join((*(other.aliases or (other.id,)), paper.id))  # feeds know it by the first one
                yield Problem(
                    code="E304",
                    message=f"the same title as {other.id} ({other.venue})",
                    hint=f"Keep {other.id}, with all venues and identifiers, and write there aliases: [{names}].",
                    subject=_subject(paper),
                    location=("title",) if place == 0 else ("other_titles", place - 1),
                )


def _told_apart(one: Paper, other: Paper) -> bool:
    return other.id in one.distinct_from or one.id in other.distinct_from


def identifiers_stand_once(content: Content) -> Iterator[Problem]:
    """No two papers share an identifier: DOIs without regard to case, and one that arXiv gave as the arXiv id."""
    first: dict[tuple[str, str], Paper] = {}
    for paper in _oldest_first(content):
        for kind, value in paper.identifiers.items():
            named = identifier(kind, value) or Identifier(kind, value)
            other = first.setdefault((named.kind, named.value.lower()), paper)
            if other is not paper:
                yield Problem(
                    code="E305",
                    message=f"{other.id} ({other.venue}) has the same {kind} id {value}",
                    hint="Keep one entry for the paper, or correct the id.",
                    subject=_subject(paper),
                    location=(kind,),
                )


def aliases_are_free(content: Content) -> Iterator[Problem]:
    """An alias is neither an id nor an alias of another paper; its own id may be the first of a paper's."""
    taken: dict[str, list[Paper]] = defaultdict(list)
    for paper in content.papers:
        for claimed in (paper.id, *paper.aliases):
            taken[claimed].append(paper)
    for paper in content.papers:
        for place, alias in enumerate(paper.aliases):
            others = [other for other in taken[alias] if other is not paper]
            if others or (place and alias == paper.id):
                holder = others[0] if others else paper
                yield Problem(
                    code="E314",
                    message=f"the alias {alias} belongs to {holder.venue}/{holder.id}",
                    hint="Delete the alias.",
                    subject=_subject(paper),
                    location=("aliases", place),
                )


def _oldest_first(content: Content) -> list[Paper]:
    """The papers by the day on which they were taken in: of two equal ones the newcomer is at fault."""
    return sorted(content.papers, key=lambda paper: (paper.added, paper.id))


def _subject(paper: Paper) -> str:
    return f"papers/{paper.id}"
