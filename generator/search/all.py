"""The search index as tasks: each part of the papers goes through Pagefind by itself, then the parts are joined.

After an edit only the part that holds the paper is indexed again.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from generator.build.inputs import Inputs, fingerprint_of, query
from generator.build.task import File, Task, Value, Values, plain_task
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.search.facets import FacetFiles, title_ranks_file
from generator.search.pagefind_canonical import entry_of, fragments, index_of
from generator.search.pagefind_part import Part, made_part, made_shell
from generator.search.parts import cut, hash_of, papers_in_a_file
from generator.search.records import SearchRecords, url_of
from generator.search.words import PartWords, counted, word_files

FOLDER = "pagefind"
"""Where the index stands in the site."""

_SHELL = "search shell"


class IndexedPart(NamedTuple):
    """What the index is joined from: a hash of a part's records, their titles, their words, and Pagefind's index."""

    hash: str
    titles: tuple[str, ...]
    words: PartWords
    indexed: Part


class Shell(NamedTuple):
    """The files of an index that do not depend on its papers, and Pagefind's entry as JSON."""

    files: dict[str, bytes]
    entry: str


class SearchIndex:
    """The tasks of one catalogue's index. All raise IndexNotBuilt if Pagefind fails."""

    def __init__(self, catalog: Catalog, settings: Settings, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        inputs.register(self)
        self._records = SearchRecords(catalog, settings, inputs)
        self._facets = FacetFiles(catalog, settings, inputs)
        papers = list(catalog.papers)
        self._parts = [tuple(papers[part]) for part in cut([url_of(paper_id) for paper_id in papers])]

    def value_tasks(self) -> Iterator[Task]:
        """A task for each part, which also yields what is shown of its papers, and one for Pagefind's own files."""
        for part in self._parts:
            yield plain_task(_name(part), partial(self._part, part))
        yield plain_task(_SHELL, self._shell)

    def file_tasks(self) -> Iterator[Task]:
        """The task that joins the parts, and those of the facets."""
        yield Task("search index", self._index, (*map(_name, self._parts), _SHELL), in_parent=True)
        yield from self._facets.tasks()

    def _part(self, paper_ids: tuple[str, ...]) -> Iterator[File | Value]:
        records = [self._records.record(paper_id) for paper_id in paper_ids]
        part_hash = hash_of(records)
        for file in fragments(records, part_hash, self.papers_in_a_file()):
            yield _placed(file)
        titles = tuple(record.titles[0] for record in records)
        yield Value(_name(paper_ids), _encode(IndexedPart(part_hash, titles, counted(records), made_part(records))))

    @query
    def papers_in_a_file(self) -> int:
        """How many papers are shown from one file of the index."""
        return papers_in_a_file(len(self._catalog.papers))

    def _shell(self) -> Iterator[Value]:
        files, entry = made_shell(self._settings.language if self._catalog.papers else "")
        yield Value(_SHELL, _encode(Shell(files, json.dumps(entry))))

    def _index(self, values: Values) -> Iterator[File]:
        shell = _decode_shell(values[_SHELL])
        parts = [_decode_part(values[_name(part)]) for part in self._parts]
        yield from word_files([part.words for part in parts], [part.hash for part in parts])
        yield title_ranks_file([title for part in parts for title in part.titles])
        for name, data in shell.files.items():
            yield _placed(File(name, data))
        entry = json.loads(shell.entry)
        for file in index_of([part.indexed for part in parts], entry["version"]):
            yield _placed(file)
        yield _placed(File("pagefind-entry.json", entry_of(entry, file, len(self._catalog.papers))))


def search_files(catalog: Catalog, settings: Settings) -> Iterator[File]:
    """All files of search, in the order of the tasks. Raises IndexNotBuilt."""
    search = SearchIndex(catalog, settings, Inputs())
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


def _name(part: tuple[str, ...]) -> str:
    """A part with another paper is another task: a trace knows only the papers that were read."""
    return f"search part {fingerprint_of(part).hex()}"


def _placed(file: File) -> File:
    return File(f"{FOLDER}/{file.path}", file.data)


_encode = msgspec.msgpack.Encoder().encode
_decode_part = msgspec.msgpack.Decoder(IndexedPart).decode
_decode_shell = msgspec.msgpack.Decoder(Shell).decode
