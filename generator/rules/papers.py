"""Rules for the authors, titles, identifiers and aliases of papers. All are errors."""

from collections import defaultdict
from collections.abc import Container, Iterator

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.site_paths import paper as paper_path
from generator.rules.problems import paper_problem
from generator.text.identifiers import Identifier, identifier
from generator.text.slug import folded


def papers_have_authors(content: Content) -> Iterator[Problem]:
    """A paper lists its authors, or has ``authors_incomplete: true``."""
    for paper in content.papers:
        if not paper.authors and not paper.authors_incomplete:
            message = "the paper has no authors"
            hint = "List them in order; if they are not known, write authors_incomplete: true."
            yield paper_problem(paper, "E310", message, hint)


def titles_are_unique(content: Content) -> Iterator[Problem]:
    """No two papers share a title, compared by letters and digits, unless ``distinct_from`` separates them."""
    earlier_papers: dict[str, list[Paper]] = defaultdict(list)
    published_paths = frozenset(content.permalinks)
    for paper in oldest_first(content):
        for index, title in enumerate((paper.title, *paper.other_titles)):
            key = folded(title)  # '' for a title without letters and digits, which equals no other
            papers = earlier_papers[key]
            other = next((other for other in papers if other is not paper and not _are_distinct(paper, other)), None)
            papers.append(paper)
            if key and other:
                message = f"the same title as {other.id} ({other.venue})"
                hint = how_to_join(other, paper, published_paths)
                location = ("title",) if index == 0 else ("other_titles", index - 1)
                yield paper_problem(paper, "E304", message, hint, *location)


def _are_distinct(first: Paper, second: Paper) -> bool:
    return second.id in first.distinct_from or first.id in second.distinct_from


def identifiers_are_unique(content: Content) -> Iterator[Problem]:
    """No two papers share an identifier. Case is ignored, and a DOI that arXiv assigned counts as the arXiv id."""
    first_papers: dict[tuple[str, str], Paper] = {}
    published_paths = frozenset(content.permalinks)
    for paper in oldest_first(content):
        for kind, value in paper.identifiers.items():
            canonical = identifier(kind, value) or Identifier(kind, value)
            other = first_papers.setdefault((canonical.kind, canonical.value.lower()), paper)
            if other is not paper:
                message = f"{other.id} ({other.venue}) has the same {kind} id {value}"
                hint = f"{how_to_join(other, paper, published_paths)} If they are two papers, correct the id."
                yield paper_problem(paper, "E305", message, hint, kind)


def aliases_are_free(content: Content) -> Iterator[Problem]:
    """An alias is not the id or an alias of another paper. A paper's own id may only be its first alias."""
    owners: dict[str, list[Paper]] = defaultdict(list)
    for paper in content.papers:
        for paper_id in (paper.id, *paper.aliases):
            owners[paper_id].append(paper)
    for paper in content.papers:
        for index, alias in enumerate(paper.aliases):
            # Feeds identify a paper by its first alias (`exports/feed_items.py`), which may be the current id.
            others = [other for other in owners[alias] if other is not paper]
            if others or (index > 0 and alias == paper.id):
                owner = others[0] if others else paper
                message = f"the alias {alias} belongs to {owner.venue}/{owner.id}"
                yield paper_problem(paper, "E314", message, "Delete the alias.", "aliases", index)


def oldest_first(content: Content) -> list[Paper]:
    """Sort papers by the date on which they were added; on the same day, those with a published address come first.

    Rules report duplicates in this order, so messages point at the later of two entries.
    """
    published_paths = frozenset(content.permalinks)
    return sorted(
        content.papers, key=lambda paper: (paper.added, paper_path(paper.id) not in published_paths, paper.id)
    )


def how_to_join(older: Paper, newer: Paper, published_paths: Container[str]) -> str:
    """The hint for merging two entries. If the address of the newer one was published, its id becomes an alias.

    ``published_paths`` are the lines of permalinks.txt.
    """
    merge = f"Add what is missing to {older.id} and delete this file"
    if paper_path(newer.id) not in published_paths:
        return f"{merge}."
    # The first alias identifies the paper in feeds, so it must stay the first.
    aliases = ", ".join((*(older.aliases or (older.id,)), newer.id))
    return f"{merge}; its address was published, so write aliases: [{aliases}] there."
