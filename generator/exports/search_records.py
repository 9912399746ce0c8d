"""What search knows of each paper: short text and weighted names. By what papers are narrowed: ``search_facets``."""

import re

from generator.exports.search_folding import words_of
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.search_record import SearchRecord
from generator.model.settings import Settings
from generator.model.values import in_language
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_SIGNS = re.compile("[\u0370-\u03ff\u2070-\u214f\u2200-\u22ff²³¹^_$*+]")
"""Signs of formulas: Greek letters, raised and lowered figures, letters and operators of mathematics."""


def search_records(catalog: Catalog, settings: Settings) -> list[SearchRecord]:
    """A record a paper, in the catalogue's order."""
    return [_record(catalog, settings, paper) for paper in catalog.papers.values()]


def _record(catalog: Catalog, settings: Settings, paper: Paper) -> SearchRecord:
    own = settings.language
    tldr = to_plain(in_language(paper.tldr, own, own))
    meta = {
        "title": to_plain(paper.title),
        "authors": ", ".join(paper.author_names),
        "venue": catalog.editions[paper.venue].name,
        "tldr": tldr,
    }
    if name := STATUS_NAMES.get(paper.status):
        meta["status"] = settings.words.say(name)
    return SearchRecord(
        url=f"/{places.paper(paper.id)}/",
        content=_content(paper, filters_of(catalog, settings, paper)["topic"], tldr, own),
        text="\n".join(filter(None, (tldr, prose_plain(in_language(paper.summary, own, own))))),
        language=own,
        meta=meta,
        titles=tuple(to_plain(title) for title in (paper.title, *paper.other_titles)),
        people=paper.author_names,
    )


def filters_of(catalog: Catalog, settings: Settings, paper: Paper) -> dict[str, list[str]]:
    """By what the digest's papers are counted, and the values that this one has. A topic counts with those above it."""
    own = settings.language
    entry = catalog.editions[paper.venue]
    topics = dict.fromkeys(topic for t in paper.topics for topic in (*catalog.ancestors(t), t))
    authors = [catalog.authors[catalog.author_ids[name]].name for name in paper.author_names]
    return {
        "venue": [entry.series.name],
        "year": [str(year)] if (year := catalog.year_of(paper)) else [],
        "topic": [in_language(catalog.topics[topic].name, own, own) for topic in topics],
        "author": list(dict.fromkeys(authors)),
        "code": ["yes" if paper.links.code else "no"],
    }


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
