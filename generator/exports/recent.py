"""``recent.json``: the latest papers, and the lists that contain them.

With it, ``recent.js`` finds papers that are new since a reader's last visit, and those in lists that the reader
follows. A paper is its id, the day on which it was added, and indexes into the table of
site paths, because these recur.
"""

import json
from collections.abc import Iterator
from itertools import chain, islice

from generator.build.inputs import Inputs, query
from generator.build.task import File, text_file
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.contributors import paper_affiliations

FILE = "recent.json"
_MAX_PAPERS = 100  # papers; more than most digests add between two visits


class RecentPapers:
    """The file of one catalog."""

    def __init__(self, catalog: Catalog, inputs: Inputs) -> None:
        self._catalog, self.inputs = catalog, inputs
        inputs.register(self)

    def file(self) -> Iterator[File]:
        """Return the file: the table of site paths, and the latest papers, newest first."""
        numbers: dict[str, int] = {}
        news, newest = self.newest()
        papers = [
            (
                paper_id,
                added,
                *(numbers.setdefault(site_path, len(numbers)) for site_path in self.containing_lists(paper_id)),
            )
            for paper_id, added in newest
        ]
        recent = {"places": list(numbers), "news": news, "papers": papers}
        # Without spaces, since the browsers of returning readers fetch it.
        yield text_file(FILE, json.dumps(recent, separators=(",", ":")) + "\n")

    @query
    def newest(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The papers added last, with the day, then the latest papers of the founding collection.

        The number says how many are not of the founding collection. Only these count as new.
        """
        catalog = self._catalog
        news = tuple(islice(chain.from_iterable(catalog.additions.values()), _MAX_PAPERS))
        founding = (paper_id for paper_id in catalog.papers if paper_id not in news)
        papers = (*news, *islice(founding, _MAX_PAPERS - len(news)))
        return len(news), tuple((paper_id, catalog.papers[paper_id].added.isoformat()) for paper_id in papers)

    @query
    def containing_lists(self, paper_id: str) -> tuple[str, ...]:
        """The site paths of the lists of topics, venues, people and institutions that contain a paper."""
        catalog = self._catalog
        paper = catalog.papers[paper_id]
        entry = catalog.editions[paper.venue]
        topics = dict.fromkeys(name for topic in paper.topics for name in (topic, *catalog.ancestors(topic)))
        people = dict.fromkeys(catalog.author_ids[paper_id])
        institutions = dict.fromkeys(catalog.institution_ids[name] for name in paper_affiliations(paper))
        return (
            site_paths.series(entry.series.id),
            site_paths.edition(entry),
            *map(site_paths.topic, topics),
            *map(site_paths.tag, paper.tags),
            *map(site_paths.author, people),
            *map(site_paths.institution, institutions),
        )
