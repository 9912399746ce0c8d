"""The search record of each paper: its text by field, and the data of its result. Facets are in ``facets``.

All text of a paper's page is searched. The browser weights the fields (``parts.FIELDS``) separately.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.codec.known_venues import known_venues
from generator.model import site_paths
from generator.model.catalog import Catalog, EditionEntry
from generator.model.contributors import paper_affiliations
from generator.model.localized import in_language
from generator.model.own_text import short_disclosure
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.search.folding import folded, words_of
from generator.search.parts import SearchRecord
from generator.text.markup import prose_plain
from generator.text.maths import segments, to_mathml, to_plain
from generator.text.words import date_name

# readers without such keys type ``ae`` or ``a``
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_SIGNS = re.compile("[\u0370-\u03ff\u2070-\u214f\u2200-\u22ff²³¹^_$*+]")
"""Characters of formulas: Greek letters, superscripts and subscripts, letters and operators of mathematics."""

_DIVIDED = re.compile(r"[^\W_][^\w\s]+[^\W_]")  # a word with a hyphen or another character within
_PART = re.compile(r"[^\W_]+")
_CHANGES = re.compile(r"[a-z][A-Z]|[A-Z][A-Z][a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]")
"""Where Pagefind divides a part of such a word again: of ``DenseNet-121`` it has ``dense``, not ``densenet``."""

_PEOPLE_LINKED = 6  # a result shows and links this many people at most
_YEAR = len("2024")  # a date that is only a year is that of the venue
_MATHS_BETWEEN = "\x1f"  # a control character, which no text contains

_HAS_CODE = "with code available"
"""How a reader asks for papers with code."""


class Names(NamedTuple):
    """The names related to a paper: all names of its venue, topics, tags and institutions.

    ``shown`` are the links of a result, as name and path: the edition, the first topic, then the first authors.
    ``scopes`` are the descriptions of the paper's own topics.
    """

    shown: tuple[tuple[str, str], ...]
    date: str
    venue: tuple[str, ...]
    topics: tuple[str, ...]
    scopes: tuple[str, ...]
    institutions: tuple[str, ...]


class SearchRecords:
    """The search records of one catalog."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)

    def record(self, paper_id: str) -> SearchRecord:
        """The record of a paper."""
        return _record(self._catalog.papers[paper_id], self.names(paper_id), self._settings)

    @query
    def names(self, paper_id: str) -> Names:
        """The names related to a paper."""
        catalog, language = self._catalog, self._settings.language
        paper = catalog.papers[paper_id]
        entry = catalog.editions[paper.venue]
        topic_ids = dict.fromkeys(name for topic in paper.topics for name in (topic, *catalog.ancestors(topic)))
        localized_names = [catalog.topics[name].name for name in topic_ids] + [
            catalog.tags[name].name for name in paper.tags
        ]
        described = [catalog.topics[name].description or {} for name in paper.topics]
        ids = dict.fromkeys(catalog.institution_ids[name] for name in paper_affiliations(paper))
        topic = paper.topics[0]  # the primary one
        people = [
            (author_id, site_paths.author(author_id)) for author_id in catalog.author_ids[paper_id][:_PEOPLE_LINKED]
        ]
        return Names(
            shown=(
                (entry.name, site_paths.edition(entry)),
                (in_language(catalog.topics[topic].name, language, language), site_paths.topic(topic)),
                *people,
            ),
            date=catalog.date_of(paper),
            venue=venue_names(entry),
            topics=tuple(text for names in localized_names for text in names.values()),
            scopes=tuple(_first_sentence(text) for texts in described for text in texts.values()),
            institutions=tuple(name for institution_id in ids for name in institution_names(catalog, institution_id)),
        )


def venue_names(entry: EditionEntry) -> tuple[str, ...]:
    """All names of an edition's series, including common ones that the digest does not use, and its year."""
    common_names = [name for venue in known_venues() if venue.id == entry.series.id for name in venue.names]
    year = [str(entry.edition.year)] if entry.edition.year else []
    return tuple(dict.fromkeys((entry.series.name, entry.series.full_name or "", *common_names, *year)))


def institution_names(catalog: Catalog, institution_id: str) -> tuple[str, ...]:
    """All names of an institution."""
    entry = catalog.institutions[institution_id]
    aliases = entry.institution.aliases if entry.institution else ()
    return tuple(dict.fromkeys((entry.name, *aliases, *entry.variants)))


def search_records(catalog: Catalog, settings: Settings) -> list[SearchRecord]:
    """Yield a record for each paper, in the catalog's order."""
    records = SearchRecords(catalog, settings, Inputs())
    return [records.record(paper_id) for paper_id in catalog.papers]


def url_of(paper_id: str) -> str:
    """The address of a paper's page in search records."""
    return f"/{site_paths.paper(paper_id)}/"


def _record(paper: Paper, names: Names, settings: Settings) -> SearchRecord:
    language = settings.language
    tldr = to_plain(in_language(paper.tldr, language, language))
    summary = prose_plain(in_language(paper.summary, language, language))
    titles = tuple(to_plain(title) for title in (paper.title, *paper.other_titles))
    return SearchRecord(
        url=url_of(paper.id),
        content=_with_other_spellings(summary),
        fields={
            "asked": _with_other_spellings("\n".join(paper.asked_as)),
            "authors": _with_typed_names(paper.author_names),
            "institutions": "\n".join(names.institutions),
            "keywords": _with_other_spellings("\n".join(to_plain(word) for word in paper.keywords)),
            "more": _with_other_spellings("\n".join(_more(paper, language))),
            "scope": "\n".join(names.scopes),
            "title": _with_other_spellings("\n".join(titles)),
            "tldr": _with_other_spellings(tldr),
            "topics": "\n".join(names.topics),
            "venue": "\n".join(_venue_words(paper, names)),
        },
        language=language,
        meta=_shown(paper, names, tldr, settings),
        titles=titles,
        people=paper.author_names,
    )


def _shown(paper: Paper, names: Names, tldr: str, settings: Settings) -> dict[str, str]:
    """The data of a result, without empty fields."""
    status = STATUS_NAMES.get(paper.status)
    (edition, edition_path), (topic, topic_path), *people = names.shown
    shown = {
        "title": to_plain(paper.title),
        "rich": _rich(paper.title),
        "authors": ", ".join(paper.author_names),
        "people": " ".join(path for _, path in people),
        "venue": edition,
        "edition": edition_path,
        "track": paper.track or "",
        "topic": topic,
        "area": topic_path,
        "code": "yes" if paper.links.code else "",
        "date": date_name(names.date, settings.words) if len(names.date) > _YEAR else "",
        "tldr": tldr,
        "writer": short_disclosure(paper.summary_by, settings.words) if tldr else "",
        "status": settings.words.say(status) if status else "",
    }
    return {name: text for name, text in shown.items() if text}


def _rich(title: str) -> str:
    """A title with formulas in pieces: text and MathML in turn. A formula that cannot be converted is text."""
    pieces = list(segments(title))
    if not any(piece.is_maths for piece in pieces):
        return ""
    pieces_and_maths = [""]
    for piece in pieces:
        maths = to_mathml(piece.text) if piece.is_maths else ""
        if maths:
            pieces_and_maths += [maths, ""]
        else:
            pieces_and_maths[-1] += f"${piece.text}$" if piece.is_maths else piece.text
    return _MATHS_BETWEEN.join(pieces_and_maths)


def _first_sentence(text: str) -> str:
    """The first sentence of a topic's description. Later ones mention other topics, which would match too."""
    return text.partition(". ")[0]


def _more(paper: Paper, language: str) -> Iterable[str]:
    """The texts of the page beside the summary: significance, limitations, and all other languages."""
    for texts in (paper.significance, paper.limitations):
        yield from _texts_except(texts or {}, None)
    for texts in (paper.tldr, paper.summary):
        yield from _texts_except(texts or {}, language)


def _texts_except(texts: Mapping[str, str], language: str | None) -> Iterable[str]:
    for code, text in texts.items():
        if language is None or code not in ("", language):
            yield prose_plain(text)


def _venue_words(paper: Paper, names: Names) -> Iterable[str]:
    yield from names.venue
    yield from filter(None, (paper.track, *paper.awards))
    if paper.links.code:
        yield _HAS_CODE


def _with_other_spellings(text: str) -> str:
    """``text``, followed by the typed form of words that the index has in another: ``alpha`` for a single α."""
    typed = [word for piece in text.split() for word in _typed_words(piece)]
    return "\n".join(filter(None, (text, " ".join(dict.fromkeys(typed)))))


def _typed_words(piece: str) -> Iterable[str]:
    if _SIGNS.search(piece) or "ß" in piece:
        yield from words_of(piece)
    elif _CHANGES.search(piece) and _DIVIDED.search(piece):
        yield from (folded(part) for part in _PART.findall(piece) if _CHANGES.search(part))


def _with_typed_names(names: tuple[str, ...]) -> str:
    """Names, followed by their typed forms: ``Mueller`` and ``Muller`` for Müller."""
    return "\n".join(
        (", ".join(names), " ".join(dict.fromkeys(typed for name in names for typed in typed_names(name))))
    )


def typed_names(name: str) -> Iterable[str]:
    """The words of a name as people type them without accents."""
    if not name.isascii():
        yield from words_of(name)
        yield from (word.translate(_UMLAUTS) for word in name.lower().split() if word.translate(_UMLAUTS) != word)
