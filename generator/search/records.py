"""What search knows of each paper: short text and weighted names. By what papers are narrowed: ``search_facets``."""

import re

from generator.build.inputs import Inputs, query
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.counting import topic_names
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.model.values import in_language
from generator.search.folding import words_of
from generator.search.parts import SearchRecord
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_SIGNS = re.compile("[\u0370-\u03ff\u2070-\u214f\u2200-\u22ff²³¹^_$*+]")
"""Signs of formulas: Greek letters, raised and lowered figures, letters and operators of mathematics."""


class SearchRecords:
    """The search records of one catalogue."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    def record(self, paper_id: str) -> SearchRecord:
        """What search knows of a paper."""
        paper = self._catalog.papers[paper_id]
        venue, topics = self.names(paper_id)
        return _record(paper, venue, list(topics), self._settings)

    @query
    def names(self, paper_id: str) -> tuple[str, tuple[str, ...]]:
        """The names of a paper's edition and of its topics with those above them."""
        paper = self._catalog.papers[paper_id]
        topics = topic_names(self._catalog, self._settings.language, paper)
        return self._catalog.editions[paper.venue].name, tuple(topics)


def search_records(catalog: Catalog, settings: Settings) -> list[SearchRecord]:
    """A record a paper, in the catalogue's order."""
    records = SearchRecords(catalog, settings, Inputs())
    return [records.record(paper_id) for paper_id in catalog.papers]


def url_of(paper_id: str) -> str:
    """The address of a paper's page in search records."""
    return f"/{places.paper(paper_id)}/"


def _record(paper: Paper, venue: str, topics: list[str], settings: Settings) -> SearchRecord:
    own = settings.language
    tldr = to_plain(in_language(paper.tldr, own, own))
    meta = {
        "title": to_plain(paper.title),
        "authors": ", ".join(paper.author_names),
        "venue": venue,
        "tldr": tldr,
    }
    if name := STATUS_NAMES.get(paper.status):
        meta["status"] = settings.words.say(name)
    return SearchRecord(
        url=url_of(paper.id),
        content=_content(paper, topics, tldr, own),
        text="\n".join(filter(None, (tldr, prose_plain(in_language(paper.summary, own, own))))),
        language=own,
        meta=meta,
        titles=tuple(to_plain(title) for title in (paper.title, *paper.other_titles)),
        people=paper.author_names,
    )


def _content(paper: Paper, topics: list[str], tldr: str, own: str) -> str:
    """Title first, so that its words stand near each other for exact phrases; then text, names and words."""
    texts = [
        *(to_plain(title) for title in (paper.title, *paper.other_titles)),
        ", ".join(paper.author_names),
        tldr,
        prose_plain(in_language(paper.summary, own, own)),
        ", ".join(to_plain(word) for word in paper.keywords),
        ", ".join(topics),
        *paper.identifiers.values(),
    ]
    return "\n".join(part for part in (*texts, _other_spellings(texts, paper.author_names)) if part)


def _other_spellings(texts: list[str], names: tuple[str, ...]) -> str:
    """Words as they are typed where they are not written so: ``alpha`` for a lone α, ``Mueller`` for Müller."""
    typed = [word for text in texts for piece in text.split() if _SIGNS.search(piece) for word in words_of(piece)]
    for name in names:
        if not name.isascii():
            typed += words_of(name)
            typed += [word.translate(_UMLAUTS) for word in name.lower().split() if word.translate(_UMLAUTS) != word]
    return " ".join(dict.fromkeys(typed))
