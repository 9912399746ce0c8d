"""The tasks of search: Pagefind indexes each part of the papers, then the parts are joined.

The words of a part are divided by their first letters into *ranges*, and each range is joined on its own. After an
edit, only the part that contains the paper is indexed again, and only the ranges with other words are joined again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.build.inputs import SEPARATOR, Inputs, fingerprint_of, query
from generator.build.task import File, Task, Value, Values, plain_task, text_file
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.search.abbreviations import Tables, explained_abbreviations, meanings_files, read_synonyms, read_table
from generator.search.entities import (
    Row,
    identifier_files,
    identifier_shards,
    identifiers,
    name_files,
    name_rows,
    name_shards,
    place_rows,
    places_file,
)
from generator.search.facets import FacetFiles, title_ranks_file
from generator.search.pagefind_canonical import Chunk, chunk_files, chunk_size, entry_of, fragments, meta_file
from generator.search.pagefind_part import PagefindPart, divided_part, index_entry, index_part
from generator.search.parts import (
    FIELDS,
    LARGE,
    SearchRecord,
    papers_per_fragment,
    part_slices,
    range_starts,
    records_hash,
    short_hash,
)
from generator.search.records import SearchRecords, url_of
from generator.search.shards import shard_names
from generator.search.words import (
    PartWords,
    count_words,
    divided_words,
    ending_files,
    ending_shards,
    title_lengths,
    vocabulary,
    word_files,
)

INDEX_FOLDER = "pagefind"
"""The folder of Pagefind's index in the site."""

TABLES = ("search/abbreviations.tsv", "search/german.tsv", "search/synonyms.tsv")
"""The paths in the theme of the tables of meanings."""

# Names of tasks and of their values.
_ENTRY = "search entry"
_NAMES = "search names"
_IDENTIFIERS = "search identifiers"
_FIRST_TOPIC_CHARACTER = ord("0")  # the first topic is this character, the second one the next, and so on


class IndexedPart(NamedTuple):
    """Data of a part that is not divided into ranges: the hash of its records, their titles, and ``title_lengths``.

    ``explained`` are the abbreviations that the part's texts explain, each with its long form.
    """

    hash: str
    titles: tuple[str, ...]
    lengths: str
    explained: tuple[tuple[str, str], ...]


class PartRange(NamedTuple):
    """A range of the words of a part: Pagefind's index of them, and their numbers of papers for the vocabulary."""

    pagefind: PagefindPart
    words: PartWords


class JoinedRange(NamedTuple):
    """A range of the words of all parts: its chunks, ``shard_names`` of its files, and the number of papers by word."""

    chunks: tuple[Chunk, ...]
    file_names: str
    counts: dict[str, int]


class SearchIndex:
    """The tasks of the search index of a catalog. They raise IndexNotBuilt if Pagefind fails.

    ``theme`` is the folder of the theme, which contains ``TABLES``.
    """

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self._theme, self.inputs = catalog, settings, theme, inputs
        inputs.register(self)
        self._records = SearchRecords(catalog, settings, inputs)
        self._facets = FacetFiles(catalog, settings, inputs)
        paper_ids = list(catalog.papers)
        # The ids of the papers in each part.
        self._parts = [tuple(paper_ids[part]) for part in part_slices(list(map(url_of, paper_ids)))]

    def value_tasks(self) -> Iterator[Task]:
        """Yield the tasks whose values the other tasks need. They also yield the files that need no joining."""
        for part in self._parts:
            yield plain_task(_part_name(part), self._part_items, part)
        yield plain_task(_ENTRY, self._entry_value)
        yield plain_task(_NAMES, self._name_items)
        yield plain_task(_IDENTIFIERS, self._identifier_items)

    def word_tasks(self) -> Iterator[Task]:
        """Yield a task for each range of words, which joins the values of all parts. ``file_tasks`` need its value."""
        for start in self.range_starts():
            needs = tuple(_part_range_name(part, start) for part in self._parts)
            yield Task(_range_name(start), self._range_items, (start,), needs)

    def file_tasks(self) -> Iterator[Task]:
        """Yield the task of the files about all parts, and the tasks of places and facets."""
        needs = (*map(_part_name, self._parts), *map(_range_name, self.range_starts()), _ENTRY, _NAMES, _IDENTIFIERS)
        yield Task("search index", self._index_files, (), needs, in_parent=True)
        yield plain_task("search places", lambda: [places_file(self.place_rows())])
        yield from self._facets.tasks()

    def _part_items(self, paper_ids: tuple[str, ...]) -> Iterator[File | Value]:
        """Yield the fragments of a part and, as values, an ``IndexedPart`` and its ``PartRange`` objects."""
        records = [self._records.record(paper_id) for paper_id in paper_ids]
        part_hash = records_hash(records)
        for file in fragments(records, part_hash, self.papers_per_fragment()):
            yield _in_index_folder(file)
        titles = tuple(record.titles[0] for record in records)
        explained = tuple(pair for record in records for pair in explained_abbreviations(_explaining_text(record)))
        yield Value(_part_name(paper_ids), _encode(IndexedPart(part_hash, titles, title_lengths(records), explained)))
        words, pagefind, starts = count_words(records), index_part(records), self.range_starts()
        ranges = map(PartRange, divided_part(pagefind, starts), divided_words(words, starts))
        for start, part_range in zip(starts, ranges, strict=True):
            yield Value(_part_range_name(paper_ids, start), _encode(part_range))

    def _range_items(self, start: str, values: Values) -> Iterator[File | Value]:
        """Join a range of words of all parts: yield its files and, as a value, a ``JoinedRange``."""
        parts = [_decode_part_range(values[_part_range_name(part, start)]) for part in self._parts]
        words = vocabulary([part.words for part in parts], [part.pagefind.papers for part in parts])
        yield from word_files(words.shards)
        chunks = []
        for chunk, file in chunk_files([part.pagefind for part in parts], self.chunk_size()):
            chunks.append(chunk)
            yield _in_index_folder(file)
        yield Value(_range_name(start), _encode(JoinedRange(tuple(chunks), shard_names(words.shards), words.counts)))

    @query
    def papers_per_fragment(self) -> int:
        """The number of papers in a fragment, which is a file with the data that results show."""
        return papers_per_fragment(len(self._catalog.papers))

    @query
    def range_starts(self) -> tuple[str, ...]:
        """The first letters of each range of words."""
        return range_starts(len(self._catalog.papers))

    @query
    def chunk_size(self) -> int:
        """The largest size of a chunk in bytes before compression."""
        return chunk_size(len(self._catalog.papers))

    @query
    def place_rows(self) -> list[Row]:
        """The pages of venues, topics, tags and collections."""
        return place_rows(self._catalog, self._settings)

    @query
    def name_rows(self) -> list[Row]:
        """The pages of people, institutions and glossary terms."""
        return name_rows(self._catalog, self._settings)

    @query
    def identifiers(self) -> dict[str, int]:
        """The number of each paper (its position in the catalog) by its identifiers, id and aliases."""
        return identifiers(self._catalog)

    @query
    def topic_pairs(self) -> str:
        """The first two topics of each paper, as one character each; '' in a large digest."""
        catalog = self._catalog
        if len(catalog.papers) >= LARGE:
            return ""
        characters = {topic_id: chr(_FIRST_TOPIC_CHARACTER + index) for index, topic_id in enumerate(catalog.topics)}
        pairs = ((paper.topics * 2)[:2] for paper in catalog.papers.values())  # a single topic twice
        return "".join(characters[topic_id] for pair in pairs for topic_id in pair)

    def _name_items(self) -> Iterator[File | Value]:
        """Yield the files of names and, as a value, which letters each has."""
        shards = name_shards(self.name_rows())
        yield from name_files(shards)
        yield Value(_NAMES, shard_names(shards).encode())

    def _identifier_items(self) -> Iterator[File | Value]:
        """Yield the files of identifiers and, as a value, which letters each has."""
        shards = identifier_shards(self.identifiers())
        yield from identifier_files(shards)
        yield Value(_IDENTIFIERS, shard_names(shards).encode())

    def _entry_value(self) -> Iterator[Value]:
        """Yield the entry file that Pagefind writes for a sample record (``index_entry``) as a value."""
        yield Value(_ENTRY, index_entry(self._settings.language if self._catalog.papers else "").encode())

    def _index_files(self, values: Values) -> Iterator[File]:
        """Yield the files about all parts: endings, meanings, ranks, and the files that browsers read first."""
        parts = [_decode_part(values[_part_name(part)]) for part in self._parts]
        ranges = [_decode_joined_range(values[_range_name(start)]) for start in self.range_starts()]
        counts = {word: papers for joined in ranges for word, papers in joined.counts.items()}
        endings = ending_shards(counts)
        yield from ending_files(endings)
        yield from self._meanings_files(parts, {word: papers for word, papers in counts.items() if papers})
        yield title_ranks_file([title for part in parts for title in part.titles])
        chunks = [chunk for joined in ranges for chunk in joined.chunks]
        entry = json.loads(values[_ENTRY])
        papers = sum(len(part.titles) for part in parts)
        meta = meta_file(chunks, papers, entry["version"])
        yield _in_index_folder(meta)
        yield _in_index_folder(File("pagefind-entry.json", entry_of(entry, meta, papers)))
        # Browsers read this file first. It names all others and says which papers are in them; ``search-data.js``
        # describes its fields.
        index = {
            "digest": short_hash(*(part.hash for part in parts), *(chunk.name for chunk in chunks), meta.path),
            "parts": [[short_hash(part.hash), len(part.titles)] for part in parts],
            "together": papers_per_fragment(papers),
            "lengths": "".join(part.lengths for part in parts),
            "topics": self.topic_pairs(),
            "fields": FIELDS,
            "chunks": [[chunk.first, chunk.name] for chunk in chunks],
            "words": "|".join(joined.file_names for joined in ranges if joined.file_names),
            "ends": shard_names(endings),
            "names": values[_NAMES].decode(),
            "ids": values[_IDENTIFIERS].decode(),
        }
        yield text_file("search/index.json", json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n")

    def _meanings_files(self, parts: Sequence[IndexedPart], counts: Mapping[str, int]) -> Iterator[File]:
        for table in TABLES:  # the engine does not record reads of files by itself
            self.inputs.record(f"file{SEPARATOR}{table}")
        abbreviations, german, synonyms = (self._theme / table for table in TABLES)
        tables = Tables(read_table(abbreviations), read_table(german), read_synonyms(synonyms))
        explained = [pair for part in parts for pair in part.explained]
        yield from meanings_files(counts, explained, tables, sum(len(part.titles) for part in parts))


def search_files(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[File]:
    """Run all tasks and yield the files of search. Raises IndexNotBuilt if Pagefind fails."""
    search = SearchIndex(catalog, settings, theme, Inputs())
    values: dict[str, bytes] = {}
    for task in chain(search.value_tasks(), search.word_tasks(), search.file_tasks()):
        for item in task.run({name: values[name] for name in task.value_names}):
            if isinstance(item, File):
                yield item
            else:
                values[item.name] = item.data


def _explaining_text(record: SearchRecord) -> str:
    """The text of a paper in which abbreviations are explained."""
    return "\n".join((record.fields["tldr"], record.content, record.fields["more"]))


def _part_name(part: tuple[str, ...]) -> str:
    """The name of a part's task and value."""
    # The ids of the papers are part of the name: a trace records what a task reads, but not its arguments.
    return f"search part {fingerprint_of(part).hex()}"


def _part_range_name(part: tuple[str, ...], start: str) -> str:
    """The name of the value with a range of the words of a part."""
    return f"{_part_name(part)} {start}"


def _range_name(start: str) -> str:
    """The name of the task that joins a range of all parts, and of its value."""
    return f"search words {start}"


def _in_index_folder(file: File) -> File:
    return File(f"{INDEX_FOLDER}/{file.path}", file.data)


_encode = msgspec.msgpack.Encoder().encode
_decode_part = msgspec.msgpack.Decoder(IndexedPart).decode
_decode_part_range = msgspec.msgpack.Decoder(PartRange).decode
_decode_joined_range = msgspec.msgpack.Decoder(JoinedRange).decode
