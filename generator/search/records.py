"""What search knows of each paper: short text and weighted names. By what papers are narrowed: ``search_facets``."""

import re
from collections.abc import Iterable
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from generator.search.folding import words_of
from generator.model import places
from generator.model.again import Again, made_again
from generator.model.catalog import Catalog
from generator.model.made_from import as_bytes
from generator.model.paper import STATUS_NAMES, Paper
from generator.search.parts import SearchRecord, cut
from generator.model.settings import Settings
from generator.model.values import in_language
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

_LENGTH = 16  # bytes
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_SIGNS = re.compile("[\u0370-\u03ff\u2070-\u214f\u2200-\u22ff²³¹^_$*+]")
"""Signs of formulas: Greek letters, raised and lowered figures, letters and operators of mathematics."""


class _Source(NamedTuple):
    """All that a record is made from besides the settings."""

    paper: Paper
    venue: str
    topics: list[str]


def search_records(catalog: Catalog, settings: Settings, again: Again = made_again) -> list[SearchRecord]:
    """A record a paper, in the catalogue's order. Those of a part are made ``again`` or now."""
    papers = list(catalog.papers.values())
    records: list[SearchRecord] = []
    for part in cut([_url(paper) for paper in papers]):
        sources = [_source(catalog, settings, paper) for paper in papers[part]]
        name = blake2b(as_bytes(sources), digest_size=_LENGTH).hexdigest()
        records += _DECODER.decode(again(f"records-{name}", partial(_made, sources, settings)))
    return records


def _made(sources: Iterable[_Source], settings: Settings) -> bytes:
    return msgspec.msgpack.encode([_record(source, settings) for source in sources])


def _source(catalog: Catalog, settings: Settings, paper: Paper) -> _Source:
    return _Source(paper, catalog.editions[paper.venue].name, _topics(catalog, settings, paper))


def _url(paper: Paper) -> str:
    return f"/{places.paper(paper.id)}/"


def _record(source: _Source, settings: Settings) -> SearchRecord:
    paper = source.paper
    own = settings.language
    tldr = to_plain(in_language(paper.tldr, own, own))
    meta = {
        "title": to_plain(paper.title),
        "authors": ", ".join(paper.author_names),
        "venue": source.venue,
        "tldr": tldr,
    }
    if name := STATUS_NAMES.get(paper.status):
        meta["status"] = settings.words.say(name)
    return SearchRecord(
        url=_url(paper),
        content=_content(paper, source.topics, tldr, own),
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


_DECODER = msgspec.msgpack.Decoder(list[SearchRecord])
