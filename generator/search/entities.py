"""What a search box offers beside words: pages of venues, topics, tags, collections, terms, people, institutions.

``search/places.json`` lists venues, topics, tags and collections, which are few, each as ``[kind, name, address,
papers, other names, description]``. The others are many: ``search/names/le.json`` lists those with a word that begins
with ``le``, each as ``[kind, name, id, papers, other names]``; ``shards.py`` divides large files and joins small ones,
so a file may have more or other letters. Kinds are ``series``, ``edition``, ``topic``, ``tag``
and ``collection``, and in the files of names ``a`` (author), ``i`` (institution) and ``t`` (term). ``papers`` is the
number of papers, 0 for terms. Other names are separated by line feeds. ``search/ids/`` has the number of each paper,
its position in the catalog from 0, by its identifiers, entry ids and aliases.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.build.task import File, text_file
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.editorial import CollectionKind
from generator.model.localized import in_digest_language
from generator.model.settings import Settings
from generator.search.folding import words_of
from generator.search.records import institution_names, typed_name_words, venue_names
from generator.search.shards import Shard, Sizes, divide_lines, file_name, first_letters, last_letters, shard_files

Row = list[str | int]
"""An entry of one of the lists, with the items that the docstring of this module describes."""
_IDENTIFIER_SIZES = Sizes(largest=12_000, small=4_000, full=8_000)
_NAME_SIZES = Sizes(largest=12_000, small=3_000, full=8_000)
_MIN_LENGTH = 2  # letters; the files are divided by the first two or more
_MAX_EDITION_NAMES = 4  # other names of an edition


def place_rows(catalog: Catalog, settings: Settings) -> list[Row]:
    """Return the rows of ``search/places.json``: series and editions with papers; topics, tags and collections."""
    language = settings.language
    venues = (*_series_rows(catalog), *_edition_rows(catalog))
    return [*venues, *_topic_rows(catalog, language), *_editorial_rows(catalog, language)]


def _series_rows(catalog: Catalog) -> Iterator[Row]:
    for series in catalog.series.values():
        count = len(catalog.papers_in_series(series.id))
        if count:
            entry = next(entry for entry in catalog.editions.values() if entry.series.id == series.id)
            others = [name for name in venue_names(entry) if name != series.name and not name.isdigit()]
            yield ["series", series.name, f"{site_paths.series(series.id)}/", count, "\n".join(others), ""]


def _edition_rows(catalog: Catalog) -> Iterator[Row]:
    for entry in catalog.editions.values():
        count = len(catalog.papers_by_edition.get(entry.edition.id, ()))
        if count and entry.edition.year:  # an edition without a year has the name of its series
            others = [f"{name} {entry.edition.year}" for name in venue_names(entry)[1:] if not name.isdigit()]
            other_names = "\n".join(others[:_MAX_EDITION_NAMES])
            yield ["edition", entry.name, f"{site_paths.edition(entry)}/", count, other_names, ""]


def _topic_rows(catalog: Catalog, language: str) -> Iterator[Row]:
    for topic in catalog.topics.values():
        name = in_digest_language(topic.name, language)
        others = [text for text in topic.name.values() if text != name]
        description = in_digest_language(topic.description, language)
        count = len(catalog.papers_by_topic.get(topic.id, ()))
        yield ["topic", name, f"{site_paths.topic(topic.id)}/", count, "\n".join(others), description]


def _editorial_rows(catalog: Catalog, language: str) -> Iterator[Row]:
    """Tags and collections, except introductions: they have the name of their topic, whose page shows them."""
    for tag in catalog.tags.values():
        count = len(catalog.papers_by_tag.get(tag.id, ()))
        yield _named_row("tag", tag.name, f"{site_paths.tag(tag.id)}/", count, language)
    for collection in catalog.collections.values():
        if collection.kind is not CollectionKind.START_HERE:
            address = f"{site_paths.collection(collection.id)}/"
            yield _named_row("collection", collection.name, address, len(collection.papers), language)


def _named_row(
    kind: str, names: Mapping[str, str], address: str, papers: int, language: str, others: Sequence[str] = ()
) -> Row:
    """Return the row of an entry with ``names`` by language, and further names, which are in no certain language."""
    name = in_digest_language(names, language)
    other_names = dict.fromkeys(other for other in (*names.values(), *others) if other != name)
    return [kind, name, address, papers, "\n".join(other_names), ""]


def name_rows(catalog: Catalog, settings: Settings) -> list[Row]:
    """Return the rows of the files of names: people, institutions and terms of the glossary."""
    rows: list[Row] = []
    for author in catalog.authors.values():
        others = dict.fromkeys((*author.variants, *(author.person.aliases if author.person else ())))
        others.pop(author.name, None)
        rows.append(["a", author.name, author.id, len(author.papers), "\n".join(others)])
    for institution in catalog.institutions.values():
        _, *aliases = institution_names(catalog, institution.id)
        rows.append(["i", institution.name, institution.id, len(institution.papers), "\n".join(aliases)])
    for term in catalog.glossary.values():
        aliases = [name for names in (term.aliases or {}).values() for name in names]
        # Rows in the files of names have no description.
        rows.append(_named_row("t", term.name, term.id, 0, settings.language, aliases)[:-1])
    return rows


def name_shards(rows: Iterable[Row]) -> list[Shard]:
    """Divide rows into the files of names. A row is in the file of each word of its names."""
    lines_by_word: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        _, name, *_, other_names = row
        names = f"{name}\n{other_names}"
        line = json.dumps(row if other_names else row[:-1], ensure_ascii=False, separators=(",", ":"))
        for word in sorted(
            {*words_of(names), *(word for name in names.split("\n") for word in typed_name_words(name))}
        ):
            if len(word) >= _MIN_LENGTH:
                lines_by_word[word].append(line)
    lines = {word: ",".join(word_lines) for word, word_lines in sorted(lines_by_word.items())}
    return divide_lines(lines, first_letters, _NAME_SIZES)


def name_files(shards: Iterable[Shard]) -> Iterator[File]:
    """Yield the files of names. Several words of a row may be in the same file, which has the row only once."""
    for letter_groups, lines in shards:
        unique_rows = dict.fromkeys(
            json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            for line in lines
            for row in json.loads(f"[{line}]")
        )
        yield text_file(f"search/names/{file_name(letter_groups[0])}.json", f"[{','.join(unique_rows)}]\n")


def places_file(rows: Iterable[Row]) -> File:
    """Return ``search/places.json``."""
    return text_file("search/places.json", json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")) + "\n")


def identifiers(catalog: Catalog) -> dict[str, int]:
    """Return the numbers of all papers by their identifiers, entry ids and aliases, all in lower case."""
    numbers: dict[str, int] = {}
    for number, paper in enumerate(catalog.papers.values()):
        for identifier in (*paper.identifiers.values(), paper.id, *paper.aliases):
            numbers.setdefault(identifier.lower(), number)
    return numbers


def identifier_shards(numbers: Mapping[str, int]) -> list[Shard]:
    """Divide identifiers into files. Identifiers with a character that JSON would escape are left out."""
    lines = {
        identifier: f'"{identifier}":{number}'
        for identifier, number in sorted(numbers.items())
        if '"' not in identifier and "\\" not in identifier
    }
    # By their last letters: the first ones are the same for thousands of papers (``10.1``, ``2501``).
    return divide_lines(lines, last_letters, _IDENTIFIER_SIZES)


def identifier_files(shards: list[Shard]) -> Iterator[File]:
    """Yield the files of identifiers."""
    return shard_files("search/ids", shards, "{", "}")
