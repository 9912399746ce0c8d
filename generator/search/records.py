"""The search record of each paper: its text by field, and the data that a result of a search shows.

All text of a paper's page is searched, and texts that the page does not show: search phrases (``asked_as``) and
descriptions of topics. The browser weights the fields (``parts.FIELDS``) separately. Facets have a module of their own.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.build.inputs import Inputs, query
from generator.codec.known_venues import known_venues
from generator.model import site_paths
from generator.model.catalog import Catalog, EditionEntry
from generator.model.contributors import paper_affiliations
from generator.model.localized import NO_LANGUAGE_CODE, in_digest_language
from generator.model.own_text import short_disclosure
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.search.folding import folded, words_of
from generator.search.parts import SearchRecord
from generator.text.markup import prose_plain
from generator.text.maths import segments, to_mathml, to_plain
from generator.text.words import date_name

# On a keyboard without these letters, readers type ``ae`` or ``a``.
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_FORMULA_CHARACTER = re.compile("[\u0370-\u03ff\u2070-\u214f\u2200-\u22ff²³¹^_$*+]")
"""Characters of formulas: Greek letters, superscripts and subscripts, letters and operators of mathematics."""

_COMPOUND = re.compile(r"[^\W_][^\w\s]+[^\W_]")  # a word with a hyphen or another character within
_WORD = re.compile(r"[^\W_]+")
_DIVISION = re.compile(r"[a-z][A-Z]|[A-Z][A-Z][a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]")
"""Where Pagefind divides a part of a compound: ``DenseNet-121`` gives ``dense`` and ``net``, but not ``densenet``."""

_MAX_PEOPLE = 6  # authors that a result shows and links
_YEAR_LENGTH = len("2024")  # a date that is only a year is that of the venue, which a result shows already
_MATHS_SEPARATOR = "\x1f"  # a control character, which no text contains

_CODE_PHRASE = "with code available"
"""Words that readers add to a query for papers with code."""


class Names(NamedTuple):
    """The names related to a paper: all names of its venue, topics, tags and institutions.

    ``links`` are the links that a result shows, as name and path: the edition, the first topic, then the first authors,
    whose id is in place of the name. ``date`` is the paper's date in ISO format, or only a year. ``scopes`` are the
    first sentences of the descriptions of the paper's own topics.
    """

    links: tuple[tuple[str, str], ...]
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
        """Return the record of a paper."""
        return _record(self._catalog.papers[paper_id], self.names(paper_id), self._settings)

    @query
    def names(self, paper_id: str) -> Names:
        """Return the names related to a paper."""
        catalog, language = self._catalog, self._settings.language
        paper = catalog.papers[paper_id]
        edition_entry = catalog.editions[paper.venue]
        topic_ids = dict.fromkeys(topic_id for own in paper.topics for topic_id in (own, *catalog.ancestors(own)))
        names_by_language = [
            *(catalog.topics[topic_id].name for topic_id in topic_ids),
            *(catalog.tags[tag_id].name for tag_id in paper.tags),
        ]
        descriptions = [catalog.topics[topic_id].description or {} for topic_id in paper.topics]
        institution_ids = dict.fromkeys(catalog.institution_ids[name] for name in paper_affiliations(paper))
        first_topic = catalog.topics[paper.topics[0]]
        people = [(author_id, site_paths.author(author_id)) for author_id in catalog.author_ids[paper_id][:_MAX_PEOPLE]]
        return Names(
            links=(
                (edition_entry.name, site_paths.edition(edition_entry)),
                (in_digest_language(first_topic.name, language), site_paths.topic(first_topic.id)),
                *people,
            ),
            date=catalog.date_of(paper),
            venue=venue_names(edition_entry),
            topics=tuple(name for names in names_by_language for name in names.values()),
            scopes=tuple(_first_sentence(text) for texts in descriptions for text in texts.values()),
            institutions=tuple(
                name for institution_id in institution_ids for name in institution_names(catalog, institution_id)
            ),
        )


def venue_names(entry: EditionEntry) -> tuple[str, ...]:
    """Return all names of an edition's series, the digest's own first, then common ones; and the edition's year."""
    common_names = [name for venue in known_venues() if venue.id == entry.series.id for name in venue.names]
    year = [str(entry.edition.year)] if entry.edition.year else []
    full_name = [entry.series.full_name] if entry.series.full_name else []
    return tuple(dict.fromkeys((entry.series.name, *full_name, *common_names, *year)))


def institution_names(catalog: Catalog, institution_id: str) -> tuple[str, ...]:
    """Return all names of an institution, the name that pages show first."""
    entry = catalog.institutions[institution_id]
    aliases = entry.institution.aliases if entry.institution else ()
    return tuple(dict.fromkeys((entry.name, *aliases, *entry.variants)))


def search_records(catalog: Catalog, settings: Settings) -> list[SearchRecord]:
    """Return a record for each paper, in the catalog's order."""
    records = SearchRecords(catalog, settings, Inputs())
    return [records.record(paper_id) for paper_id in catalog.papers]


def url_of(paper_id: str) -> str:
    """The address of a paper's page in search records, which begins with ``/``."""
    return f"/{site_paths.paper(paper_id)}/"


def _record(paper: Paper, names: Names, settings: Settings) -> SearchRecord:
    language = settings.language
    tldr = to_plain(in_digest_language(paper.tldr, language))
    summary = prose_plain(in_digest_language(paper.summary, language))
    titles = tuple(to_plain(title) for title in (paper.title, *paper.other_titles))
    return SearchRecord(
        url=url_of(paper.id),
        content=_with_other_spellings(summary),
        fields={
            "asked": _with_other_spellings("\n".join(paper.asked_as)),
            "authors": _with_typed_name_words(paper.author_names),
            "institutions": "\n".join(names.institutions),
            "keywords": _with_other_spellings("\n".join(to_plain(word) for word in paper.keywords)),
            "more": _with_other_spellings("\n".join(_other_texts(paper, language))),
            "scope": "\n".join(names.scopes),
            "title": _with_other_spellings("\n".join(titles)),
            "tldr": _with_other_spellings(tldr),
            "topics": "\n".join(names.topics),
            "venue": "\n".join(_venue_texts(paper, names)),
        },
        language=language,
        meta=_result_data(paper, names, tldr, settings),
        titles=titles,
        people=paper.author_names,
    )


def _result_data(paper: Paper, names: Names, tldr: str, settings: Settings) -> dict[str, str]:
    """The data that a result shows, by field, without empty fields."""
    status = STATUS_NAMES.get(paper.status)
    (edition, edition_path), (topic, topic_path), *people = names.links
    fields = {
        "title": to_plain(paper.title),
        "rich": _title_with_maths(paper.title),
        "authors": ", ".join(paper.author_names),
        "people": " ".join(path for _, path in people),
        "venue": edition,
        "edition": edition_path,
        "track": paper.track or "",
        "topic": topic,
        "area": topic_path,
        "code": "yes" if paper.links.code else "",
        "date": date_name(names.date, settings.words) if len(names.date) > _YEAR_LENGTH else "",
        "tldr": tldr,
        "writer": short_disclosure(paper.summary_by, settings.words) if tldr else "",
        "status": settings.words.say(status) if status else "",
    }
    return {name: text for name, text in fields.items() if text}


def _title_with_maths(title: str) -> str:
    """A title as text and MathML in turn, beginning with text; '' without formulas.

    A formula that cannot be converted is text.
    """
    pieces = list(segments(title))
    if not any(piece.is_maths for piece in pieces):
        return ""
    texts_and_formulas = [""]
    for piece in pieces:
        formula = to_mathml(piece.text) if piece.is_maths else ""
        if formula:
            texts_and_formulas += [formula, ""]
        else:
            texts_and_formulas[-1] += f"${piece.text}$" if piece.is_maths else piece.text
    return _MATHS_SEPARATOR.join(texts_and_formulas)


def _first_sentence(text: str) -> str:
    """The first sentence of a topic's description. Later ones mention other topics, which would match too."""
    return text.partition(". ")[0]


def _other_texts(paper: Paper, language: str) -> Iterable[str]:
    """The texts of the page that have no field of their own.

    These are significance and limitations in all languages, and the tl;dr and summary in other languages than the
    site's.
    """
    for texts in (paper.significance, paper.limitations):
        yield from map(prose_plain, (texts or {}).values())
    for texts in (paper.tldr, paper.summary):
        yield from (
            prose_plain(text) for code, text in (texts or {}).items() if code not in (NO_LANGUAGE_CODE, language)
        )


def _venue_texts(paper: Paper, names: Names) -> Iterable[str]:
    yield from names.venue
    yield from filter(None, (paper.track, *paper.awards))
    if paper.links.code:
        yield _CODE_PHRASE


def _with_other_spellings(text: str) -> str:
    """``text``, followed by words as readers type them if Pagefind indexes another form: ``alpha`` for α."""
    typed = [word for piece in text.split() for word in _typed_words(piece)]
    return "\n".join(filter(None, (text, " ".join(dict.fromkeys(typed)))))


def _typed_words(piece: str) -> Iterable[str]:
    """The typed forms of a word, if Pagefind indexes another form."""
    if _FORMULA_CHARACTER.search(piece) or "ß" in piece:
        yield from words_of(piece)
    elif _DIVISION.search(piece) and _COMPOUND.search(piece):
        yield from (folded(part) for part in _WORD.findall(piece) if _DIVISION.search(part))


def _with_typed_name_words(names: tuple[str, ...]) -> str:
    """Names, followed by their words without accents: ``muller`` and ``mueller`` for Müller."""
    words = dict.fromkeys(word for name in names for word in typed_name_words(name))
    return "\n".join((", ".join(names), " ".join(words)))


def typed_name_words(name: str) -> Iterable[str]:
    """The words of a name as people type them without accents; none if it has only ASCII characters."""
    if not name.isascii():
        yield from words_of(name)
        yield from (word.translate(_UMLAUTS) for word in name.lower().split() if word.translate(_UMLAUTS) != word)
