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
        """Links to all authors with their numbers of papers, by family name as the catalog orders them."""
        entries = self._catalog.authors.values()
        return tuple(Link(entry.name, site_paths.author(entry.id), len(entry.papers)) for entry in entries)

    @query
    def institutions(self) -> tuple[Link, ...]:
        """Links to all institutions with their numbers of papers, by name as the catalog orders them."""
        entries = self._catalog.institutions.values()
        return tuple(Link(entry.name, site_paths.institution(entry.id), len(entry.papers)) for entry in entries)

    # ``number`` is a string, because the arguments of a query are part of its key (``build/inputs.py``).
    @query
    def authors_with_feeds(self, number: str) -> tuple[Link, ...]:
        """Links to the ``number`` authors with most papers; authors without a feed are left out."""
        most_papers = sorted(self.authors(), key=lambda link: (-link.count, link.text))[: int(number)]
        return tuple(link for link in most_papers if self._views.feed(link.site_path, link.count))

    @query
    def coauthors(self, author_id: str) -> Counts:
        """The ids of an author's co-authors with their numbers of common papers, the most first."""
        catalog = self._catalog
        return most_frequent(
            other
            for paper_id in catalog.authors[author_id].papers
            for other in catalog.author_ids[paper_id]
            if other != author_id
        )

    @query
    def affiliations(self, author_id: str) -> tuple[str, ...]:
        """The affiliations of an author as the papers write them, each once, those in the newest paper first."""
        catalog = self._catalog
        return tuple(
            dict.fromkeys(
                affiliation
                for paper_id in catalog.authors[author_id].papers
                for other_id, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
                if other_id == author_id
                for affiliation in author.affiliation
            )
        )

    @query
    def authors_of_institution(self, institution_id: str) -> Counts:
        """The ids of an institution's authors, by id, each with the number of papers that name both."""
        catalog = self._catalog
        # Only affiliations of authors count: a paper's own affiliations do not say to whom they belong.
        papers_by_author = Counter(
            author_id
            for paper_id in catalog.institutions[institution_id].papers
            for author_id, author in zip(catalog.author_ids[paper_id], catalog.papers[paper_id].authors, strict=True)
            if any(catalog.institution_ids[name] == institution_id for name in author.affiliation)
        )
        return tuple(sorted(papers_by_author.items()))
