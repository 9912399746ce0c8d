"""Queries on all authors and institutions (see ``lists.py``)."""

from collections import Counter

from generator.build.inputs import Inputs, query
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.pages.lists import Counts, most_frequent
from generator.pages.views import Link, Views


class PeopleLists:
    """The authors and institutions of one catalog."""

    def __init__(self, views: Views) -> None:
        self.inputs: Inputs = views.inputs
        self._views = views
        self._catalog: Catalog = views.catalog
        self.inputs.register(self)

    @query
    def authors(self) -> tuple[Link, ...]:
        """All authors with their numbers of papers, by family name."""
        entries = self._catalog.authors.values()
        return tuple(Link(entry.name, site_paths.author(entry.id), len(entry.papers)) for entry in entries)

    @query
    def institutions(self) -> tuple[Link, ...]:
        """All institutions with their numbers of papers, by name."""
        entries = self._catalog.institutions.values()
        return tuple(Link(entry.name, site_paths.institution(entry.id), len(entry.papers)) for entry in entries)

    @query
    def authors_with_feeds(self, number: str) -> tuple[Link, ...]:
        """Those of the ``number`` authors with most papers that have feeds."""
        authors = sorted(self.authors(), key=lambda link: (-link.count, link.text))[: int(number)]
        return tuple(link for link in authors if self._views.feed(link.site_path, link.count))

    @query
    def coauthors(self, author_id: str) -> Counts:
        """The co-authors of an author, those with most common papers first."""
        catalog = self._catalog
        return most_frequent(
            other
            for paper_id in catalog.authors[author_id].papers
            for other in catalog.author_ids[paper_id]
            if other != author_id
        )

    @query
    def affiliations(self, author_id: str) -> tuple[str, ...]:
        """The affiliations of an author in their papers, each once."""
        catalog = self._catalog
        return tuple(
            dict.fromkeys(  # in the order of the papers, the newest first
                affiliation
                for paper_id in catalog.authors[author_id].papers
                for written, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
                if written == author_id
                for affiliation in author.affiliation
            )
        )

    @query
    def people_of(self, institution_id: str) -> Counts:
        """The authors who are affiliated with an institution, each with the number of such papers."""
        catalog = self._catalog
        # Per author, since a paper's own affiliations do not say whose they are.
        papers_by_author = Counter(
            author_id
            for paper_id in catalog.institutions[institution_id].papers
            for author_id, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
            if any(catalog.institution_ids[name] == institution_id for name in author.affiliation)
        )
        return tuple(sorted(papers_by_author.items()))
