"""``recent.json``: the latest papers, and the lists that contain them.

With this file, ``recent.js`` finds papers that are new since a reader's last visit, and papers in lists that the reader
follows. Each paper is its id, the day on which it was added, and the lists that contain it, as indexes into a table of
site paths.
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
        """Yield the file: ``places``, the table of site paths; ``news``, the number of new papers; and ``papers``."""
        indexes: dict[str, int] = {}  # of each site path in the table
        number_new, newest = self.newest()
        papers = []
        for paper_id, added in newest:
            lists = [indexes.setdefault(site_path, len(indexes)) for site_path in self.containing_lists(paper_id)]
            papers.append((paper_id, added, *lists))
        recent = {"places": list(indexes), "news": number_new, "papers": papers}
        # Without spaces, since the browsers of returning readers fetch it.
        yield text_file(FILE, json.dumps(recent, separators=(",", ":")) + "\n")

    @query
    def newest(self) -> tuple[int, tuple[tuple[str, str], ...]]:
        """The number of new papers; and the id and day (ISO 8601) of each paper in the file.

        New papers are those outside the founding collection (``Settings.founded``). They come first, those added last
        before others. The newest papers of the founding collection follow.
        """
        catalog = self._catalog
        new = tuple(islice(chain.from_iterable(catalog.additions.values()), _MAX_PAPERS))
        founding = (paper_id for paper_id in catalog.papers if paper_id not in new)
        papers = (*new, *islice(founding, _MAX_PAPERS - len(new)))
        return len(new), tuple((paper_id, catalog.papers[paper_id].added.isoformat()) for paper_id in papers)

    @query
    def containing_lists(self, paper_id: str) -> tuple[str, ...]:
        """The site paths of the venues, topics, tags, people and institutions whose lists contain a paper."""
        catalog = self._catalog
        paper = catalog.papers[paper_id]
        edition_entry = catalog.editions[paper.venue]
        topics = dict.fromkeys(topic_id for topic in paper.topics for topic_id in (topic, *catalog.ancestors(topic)))
        people = dict.fromkeys(catalog.author_ids[paper_id])
        institutions = dict.fromkeys(catalog.institution_ids[name] for name in paper_affiliations(paper))
        return (
            site_paths.series(edition_entry.series.id),
            site_paths.edition(edition_entry),
            *map(site_paths.topic, topics),
            *map(site_paths.tag, paper.tags),
            *map(site_paths.author, people),
            *map(site_paths.institution, institutions),
        )
