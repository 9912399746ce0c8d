"""The tasks of the search index: Pagefind indexes each part of the papers, then the parts are joined.

After an edit, only the part that contains the paper is indexed again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
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
from generator.search.pagefind_canonical import entry_of, fragments, index_of
from generator.search.pagefind_part import PagefindPart, index_entry, index_part
from generator.search.parts import FIELDS, SearchRecord, papers_per_fragment, part_slices, records_hash, short_hash
from generator.search.records import SearchRecords, url_of
from generator.search.shards import shard_names
from generator.search.words import PartWords, count_words, word_shards

FOLDER = "pagefind"
"""The folder of the index in the site."""

TABLES = ("search/abbreviations.tsv", "search/german.tsv", "search/synonyms.tsv")
"""The tables of meanings, as files of the theme."""

_ENTRY = "search entry"
_NAMES = "search names"
_IDENTIFIERS = "search identifiers"
_NO_WORDS = PartWords({}, {}, {}, "")
_FIRST_CHARACTER = ord("0")
_LARGE = 4000  # papers; from this number on, a list of all papers is too large for search/index.json


class IndexedPart(NamedTuple):
    """The index of a part: a hash of its records, their titles, their words, and what Pagefind indexed.

    ``explained`` are the abbreviations that the part's texts explain, each with its long form.
    """

    hash: str
    titles: tuple[str, ...]
    words: PartWords
    explained: tuple[tuple[str, str], ...]
    pagefind: PagefindPart


class SearchIndex:
    """The tasks of the search index of a catalog. They raise IndexNotBuilt if Pagefind fails.

    ``theme`` is the folder of the theme, which contains ``TABLES``.
    """

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self._theme, self.inputs = catalog, settings, theme, inputs
        inputs.register(self)
        self._records = SearchRecords(catalog, settings, inputs)
        self._facets = FacetFiles(catalog, settings, inputs)
        papers = list(catalog.papers)
        self._parts = [tuple(papers[part]) for part in part_slices([url_of(paper_id) for paper_id in papers])]

    def value_tasks(self) -> Iterator[Task]:
        """Yield the tasks whose values ``file_tasks`` need. The task of a part also yields the part's fragments."""
        for part in self._parts:
            yield plain_task(_name(part), partial(self._part, part))
        yield plain_task(_ENTRY, self._entry)
        yield plain_task(_NAMES, self._names)
        yield plain_task(_IDENTIFIERS, self._identifiers)

    def file_tasks(self) -> Iterator[Task]:
        """Yield the task that joins the parts, and the tasks of places and facets."""
        needs = (*map(_name, self._parts), _ENTRY, _NAMES, _IDENTIFIERS)
        yield Task("search index", self._index, needs, in_parent=True)
        yield plain_task("search places", lambda: [places_file(self.place_rows())])
        yield from self._facets.tasks()

    def _part(self, paper_ids: tuple[str, ...]) -> Iterator[File | Value]:
        records = [self._records.record(paper_id) for paper_id in paper_ids]
        part_hash = records_hash(records)
        for file in fragments(records, part_hash, self.papers_per_fragment()):
            yield _in_folder(file)
        titles = tuple(record.titles[0] for record in records)
        explained = tuple(pair for record in records for pair in explained_abbreviations(_prose(record)))
        yield Value(
            _name(paper_ids),
            _encode(IndexedPart(part_hash, titles, count_words(records), explained, index_part(records))),
        )

    @query
    def papers_per_fragment(self) -> int:
        """The number of papers in a fragment, Pagefind's file of what a result shows."""
        return papers_per_fragment(len(self._catalog.papers))

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
        """The numbers of papers by their identifiers."""
        return identifiers(self._catalog)

    @query
    def topic_pairs(self) -> str:
        """The first two topics of each paper, one character each; '' in a large digest, where it would be large."""
        catalog = self._catalog
        if len(catalog.papers) >= _LARGE:
            return ""
        characters = {topic: chr(_FIRST_CHARACTER + number) for number, topic in enumerate(catalog.topics)}
        pairs = ((paper.topics * 2)[:2] for paper in catalog.papers.values())
        return "".join(characters[topic] for pair in pairs for topic in pair)

    def _names(self) -> Iterator[File | Value]:
        shards = name_shards(self.name_rows())
        yield from name_files(shards)
        yield Value(_NAMES, shard_names(shards).encode())

    def _identifiers(self) -> Iterator[File | Value]:
        shards = identifier_shards(self.identifiers())
        yield from identifier_files(shards)
        yield Value(_IDENTIFIERS, shard_names(shards).encode())

    def _entry(self) -> Iterator[Value]:
        yield Value(_ENTRY, index_entry(self._settings.language if self._catalog.papers else "").encode())

    def _index(self, values: Values) -> Iterator[File]:
        parts = [_decode_part(values[_name(part)]) for part in self._parts]
        words = word_shards([part.words for part in parts])
        yield from words.files()
        yield from self._meanings(parts, words.counts)
        yield title_ranks_file([title for part in parts for title in part.titles])
        lengths = "".join(part.words.lengths for part in parts)
        # Joining the index needs much memory, so that of the words is freed first.
        parts = [part._replace(words=_NO_WORDS) for part in parts]
        entry = json.loads(values[_ENTRY])
        table, files = index_of([part.pagefind for part in parts], entry["version"])
        for file in files:
            yield _in_folder(file)
        papers = sum(len(part.titles) for part in parts)
        yield _in_folder(File("pagefind-entry.json", entry_of(entry, files[-1], papers)))
        # The browser reads this file first: it names all others and says which papers are in them.
        index = {
            "digest": short_hash(*(part.hash for part in parts), *(file.path for file in files)),
            "parts": [[short_hash(part.hash), len(part.titles)] for part in parts],
            "together": papers_per_fragment(papers),
            "lengths": lengths,
            "topics": self.topic_pairs(),
            "fields": FIELDS,
            "chunks": [[first, name] for first, _, name in table],
            "words": shard_names(words.words),
            "ends": shard_names(words.ends),
            "names": values[_NAMES].decode(),
            "ids": values[_IDENTIFIERS].decode(),
        }
        yield text_file("search/index.json", json.dumps(index, ensure_ascii=False, separators=(",", ":")) + "\n")

    def _meanings(self, parts: Sequence[IndexedPart], counts: Mapping[str, int]) -> Iterator[File]:
        for table in TABLES:  # the engine records no reads of plain files
            self.inputs.note(f"file{SEPARATOR}{table}")
        abbreviations, german, synonyms = (self._theme / table for table in TABLES)
        tables = Tables(read_table(abbreviations), read_table(german), read_synonyms(synonyms))
        explained = [pair for part in parts for pair in part.explained]
        yield from meanings_files(counts, explained, tables, sum(len(part.titles) for part in parts))


def search_files(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[File]:
    """Yield all files of search, in the order of the tasks. Raises IndexNotBuilt."""
    search = SearchIndex(catalog, settings, theme, Inputs())
    values: dict[str, bytes] = {}
    for task in search.value_tasks():
        for item in task.run({}):
            if isinstance(item, File):
                yield item
            else:
                values[item.name] = item.data
    for task in search.file_tasks():
        for item in task.run({name: values[name] for name in task.needs}):
            assert isinstance(item, File)
            yield item


def _prose(record: SearchRecord) -> str:
    return "\n".join((record.fields["tldr"], record.content, record.fields["more"]))


def _name(part: tuple[str, ...]) -> str:
    """The name of a part's task. It contains the papers: a trace records reads, but not which papers the part had."""
    return f"search part {fingerprint_of(part).hex()}"


def _in_folder(file: File) -> File:
    return File(f"{FOLDER}/{file.path}", file.data)


_encode = msgspec.msgpack.Encoder().encode
_decode_part = msgspec.msgpack.Decoder(IndexedPart).decode
