"""Numbers and shares of papers in a catalog, and the values of papers for the facets of the API.

Papers without a value are left out, and values are never guessed.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple, TypeVar

from generator.model.catalog import Catalog
from generator.model.contributors import paper_affiliations
from generator.model.localized import in_digest_language
from generator.model.paper import Paper

Key = TypeVar("Key", bound=Hashable)


class Share(NamedTuple):
    """``part`` of ``whole`` papers."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """The share in whole percent, halves rounded up; 0 if there are no papers."""
        # Integer arithmetic: ``round`` rounds halves to even.
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else 0


def counts_by_year(catalog: Catalog, paper_ids: Iterable[str]) -> dict[int, int]:
    """The number of papers in each year, earliest first. Papers without a known year are left out."""
    years = (catalog.year_of(catalog.papers[paper_id]) for paper_id in paper_ids)
    return dict(sorted(Counter(year for year in years if year).items()))


def counts_by_series(catalog: Catalog) -> dict[str, int]:
    """The number of papers in each series that has papers, largest first; equal numbers in the catalog's order."""
    counts = Counter(catalog.editions[paper.venue].series.id for paper in catalog.papers.values())
    return dict(
        sorted(((series, counts[series]) for series in catalog.series if counts[series]), key=lambda item: -item[1])
    )


def counts_by_number_of_authors(catalog: Catalog) -> dict[int, int]:
    """The number of papers by number of authors. Papers with incomplete author lists are left out."""
    # A partial list would count a large team as a small one.
    complete = (paper for paper in catalog.papers.values() if paper.authors and not paper.authors_incomplete)
    return dict(sorted(Counter(len(paper.authors) for paper in complete).items()))


def count_with_affiliations(catalog: Catalog) -> int:
    """How many papers name an institution."""
    return sum(bool(paper_affiliations(paper)) for paper in catalog.papers.values())


def papers_with_awards(catalog: Catalog) -> tuple[str, ...]:
    """The ids of the papers that have an award, in the order of the catalog."""
    return tuple(paper.id for paper in catalog.papers.values() if paper.awards)


def share_with_code(catalog: Catalog) -> Share:
    """The share of papers with a link to their code."""
    return Share(sum(_has_code(paper) for paper in catalog.papers.values()), len(catalog.papers))


def share_with_code_by_series(catalog: Catalog) -> dict[str, Share]:
    """The share of papers with code by series, in the order of ``counts_by_series``."""
    shares = _share_with_code_by(catalog, lambda paper: catalog.editions[paper.venue].series.id)
    return {series: shares[series] for series in counts_by_series(catalog)}


def share_with_code_by_year(catalog: Catalog) -> dict[int, Share]:
    """The share of papers with code by year, latest first, without papers of unknown year."""
    shares = _share_with_code_by(catalog, catalog.year_of)
    return {year: shares[year] for year in sorted((year for year in shares if year), reverse=True)}


def lower_median(counts: dict[int, int]) -> int:
    """The lower median of numbers that occur as often as ``counts`` says: 1 for ``{1: 2, 4: 2}``; 0 without numbers."""
    half, cumulative_count = sum(counts.values()) / 2, 0
    for number in sorted(counts):
        cumulative_count += counts[number]
        if cumulative_count >= half:
            return number
    return 0


def facet_values(catalog: Catalog, language: str, paper: Paper) -> dict[str, list[str]]:
    """The paper's values for each facet of the API. A paper of a topic has the topic's ancestors as values too."""
    edition_entry = catalog.editions[paper.venue]
    authors = [catalog.authors[author_id].name for author_id in catalog.author_ids[paper.id]]
    return {
        "venue": [edition_entry.series.name],
        "year": [str(year)] if (year := catalog.year_of(paper)) else [],
        "topic": topic_names(catalog, language, paper),
        "tag": [in_digest_language(catalog.tags[tag].name, language) for tag in paper.tags],
        "author": list(dict.fromkeys(authors)),  # namesakes on one paper are one value
        "code": ["yes" if paper.links.code else "no"],
    }


def topic_names(catalog: Catalog, language: str, paper: Paper) -> list[str]:
    """The names of a paper's topics and their ancestors, each once."""
    topic_ids = dict.fromkeys(
        topic_id for paper_topic in paper.topics for topic_id in (*catalog.ancestors(paper_topic), paper_topic)
    )
    return [in_digest_language(catalog.topics[topic_id].name, language) for topic_id in topic_ids]


def _share_with_code_by(catalog: Catalog, key: Callable[[Paper], Key]) -> dict[Key, Share]:
    """The share of papers with code, for each value of ``key``."""
    totals = Counter(key(paper) for paper in catalog.papers.values())
    with_code = Counter(key(paper) for paper in catalog.papers.values() if _has_code(paper))
    return {value: Share(with_code[value], total) for value, total in totals.items()}


def _has_code(paper: Paper) -> bool:
    return paper.links.code is not None
