"""Read a whole content folder: the records and pages, and all problems of its files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.cache import Cache
from generator.build.executors import gc_paused
from generator.model.catalog import Content, HandFile, HandPage
from generator.model.editorial import Collection, Tag, Term
from generator.model.entities import Institution, Person, Series, Topic
from generator.model.paper import Paper
from generator.model.problem import Problem, ProblemLimit, limit_per_file
from generator.store.gather import gather
from generator.store.layout import PAGES, ContentFile, Kind, bulk_path, content_files, paper_path, subject
from generator.store.limits import MAX_PAGES_BYTES
from generator.store.page_limits import costly_markdown
from generator.store.permalinks_file import FILE as PERMALINKS
from generator.store.permalinks_file import read_permalinks
from generator.store.reading import FileRecords, decode_file, positions, read_bytes, read_page


class Origin(NamedTuple):
    """The place of a record: its file, its line in a JSON Lines file (0 in a YAML file), its edition or ''.

    The edition is that of the path, which can differ from the venue of a paper.
    """

    path: str
    line: int
    edition: str


@dataclass(frozen=True)
class Loaded:
    """The content of a folder. ``origins`` has the place of each record by subject, such as ``papers/ID``."""

    folder: Path
    content: Content
    problems: tuple[Problem, ...]
    origins: dict[str, Origin]

    def with_positions(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems of rules, with the path, line and column of the values that they name. Each file is read once.

        In each file, the first problems of a kind are listed and the others are counted.
        """
        result = limit_per_file(problems, self._file_of)
        indexes_by_path: dict[str, list[int]] = defaultdict(list)
        for index, problem in enumerate(result):
            if problem.subject in self.origins:
                indexes_by_path[self.origins[problem.subject].path].append(index)
        for path, indexes in indexes_by_path.items():
            if path.endswith(".md"):  # a page has no values to look up: the rule states the line
                for index in indexes:
                    result[index] = replace(result[index], path=path)
                continue
            values = [(self.origins[result[index].subject].line, result[index].location) for index in indexes]
            for index, (line, column) in zip(indexes, positions(self.folder, path, values), strict=True):
                result[index] = replace(result[index], path=path, line=line, column=column)
        return result

    def _file_of(self, problem: Problem) -> str:
        return self.origins[problem.subject].path if problem.subject in self.origins else problem.path


def load(folder: Path, cache: Cache | None = None) -> Loaded:
    """Read the content folder. Records of unchanged files come from the ``cache``.

    Never raises: faulty and unreadable files, or a missing folder, are ``problems`` of the result.
    """
    if not folder.is_dir():
        message = "there is no content folder here"
        problem = Problem(code="E114", message=message, hint="Name one with --content DIR.", path=str(folder))
        return Loaded(folder, Content(), (problem,), {})
    with gc_paused():
        return _load(folder, cache)


def _load(folder: Path, cache: Cache | None) -> Loaded:
    collector = _Collector(folder)
    files = list(content_files(folder))
    records = gather(folder, [file for file in files if isinstance(file, ContentFile) and file.kind], cache)
    for file in files:
        if isinstance(file, Problem):
            collector.problems.append(file)
        elif file.kind is None:
            collector.add_page(file)
        else:
            collector.add_file(file, records.pop(file.path))  # removed here, so that its memory is freed
    addresses, problems = read_permalinks(folder)
    # Permalinks come after all files, because `is_faulty` needs the faulty records of every file.
    collector.permalinks = tuple("" if collector.is_faulty(address) else address for address in addresses)
    collector.problems += [replace(problem, path=PERMALINKS) for problem in problems]
    collector.problems += collector.unlisted_duplicates()
    return Loaded(folder, collector.content(), tuple(collector.problems), collector.origins)


class _Collector:
    """Collects records, pages, origins and problems, file by file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.permalinks: tuple[str, ...] = ()
        self.origins: dict[str, Origin] = {}
        # Subjects of faulty records (``papers/ID``), and folders that contain an unreadable file (``papers``).
        self._faulty: set[str] = set()
        self._records: dict[type, list[Any]] = {}
        self._pages: list[HandPage] = []
        self._files: list[HandFile] = []
        self._duplicates = ProblemLimit()
        self._page_bytes = 0

    def add_file(self, file: ContentFile, records: FileRecords) -> None:
        """Add the records and problems of a file."""
        assert file.kind is not None
        self.problems += records.problems
        if not records.is_complete:
            self._faulty.add(file.path.split("/")[0])
        for row in records.rows:
            if row.record is None:
                self._faulty.update(subject(file.kind, claimed_id) for claimed_id in row.claimed_ids)
            else:
                self._add(file.kind, row.record, Origin(file.path, row.line, file.edition))
            self.problems += row.problems

    def add_page(self, file: ContentFile) -> None:
        """Read and add a hand-written page, or a file beside pages."""
        data = self._read_page_bytes(file.path)
        if isinstance(data, Problem):
            self._add_faulty_page(data)
            return
        if not file.id:
            self._files.append(HandFile(id=file.path.removeprefix(f"{PAGES}/"), data=data))
            return
        text = decode_file(file.path, data)
        if isinstance(text, Problem):
            self._add_faulty_page(text)
        elif problem := costly_markdown(file.path, text):
            self._add_faulty_page(problem)
        else:
            self._pages.append(read_page(file.id, text))
            self.origins[f"{PAGES}/{file.id}"] = Origin(file.path, 0, "")

    def _read_page_bytes(self, path: str) -> bytes | Problem:
        """The bytes of a file below ``pages/``, or a problem if all these files together exceed the limit."""
        data = read_bytes(self.folder, path)
        if isinstance(data, Problem):
            return data
        if self._page_bytes + len(data) > MAX_PAGES_BYTES:
            message = f"{PAGES}/ has more than {MAX_PAGES_BYTES // 1024 // 1024} MB"
            return Problem(code="E108", message=message, hint="Link to large files elsewhere.", path=path)
        self._page_bytes += len(data)
        return data

    def _add_faulty_page(self, problem: Problem) -> None:
        self.problems.append(problem)
        self._faulty.add(PAGES)

    def is_faulty(self, address: str) -> bool:
        """Whether an address may belong to a faulty record. Such an address is not also reported as missing.

        An unreadable file can have any alias, so all addresses of its folder may belong to it.
        """
        folder, _, rest = address.partition("/")
        return folder in self._faulty or f"{folder}/{rest.partition('/')[0]}" in self._faulty

    def unlisted_duplicates(self) -> list[Problem]:
        """A summary problem for each file with more duplicate ids than are listed."""
        return self._duplicates.summaries()

    def content(self) -> Content:
        """All records and pages, sorted by id."""

        def records_of(kind: type) -> tuple[Any, ...]:
            return tuple(sorted(self._records.get(kind, ()), key=attrgetter("id")))

        papers: tuple[Paper, ...] = records_of(Paper)
        return Content(
            papers=papers,
            series=records_of(Series),
            topics=records_of(Topic),
            people=records_of(Person),
            institutions=records_of(Institution),
            collections=records_of(Collection),
            glossary=records_of(Term),
            tags=records_of(Tag),
            pages=tuple(sorted(self._pages, key=attrgetter("id"))),
            files=tuple(sorted(self._files, key=attrgetter("id"))),
            permalinks=self.permalinks,
            bulk=frozenset(paper.id for paper in papers if self.origins[subject(Paper, paper.id)].line),
        )

    def _add(self, kind: Kind, record: Any, origin: Origin) -> None:
        """Add a record. If another record of this kind already has its id, add a problem instead."""
        key = subject(kind, record.id)
        other = self.origins.get(key)
        if other is None:
            self.origins[key] = origin
            self._records.setdefault(kind, []).append(record)
            return
        place = f"{other.path}:{other.line}" if other.line else other.path
        problem = Problem(
            code="E303", message=f"{record.id} is also used in {place}", path=origin.path, line=origin.line,
            location=("id",), hint="Delete one of the two, or give it another id.",
        )  # fmt: skip
        if self._duplicates.allows(problem, origin.path):
            line, column = positions(self.folder, origin.path, [(origin.line, ("id",))])[0]
            self.problems.append(replace(problem, line=line, column=column))


def misplaced_papers(loaded: Loaded) -> Iterator[Problem]:
    """A problem for each paper in the folder or JSON Lines file of another edition than its venue."""
    for paper in loaded.content.papers:
        key = subject(Paper, paper.id)
        origin = loaded.origins[key]
        if origin.edition != paper.venue:
            path = bulk_path(paper.venue) if origin.line else paper_path(paper.id, paper.venue)
            yield Problem(
                code="E306",
                message=f"the venue is {paper.venue}, the folder is {origin.edition}",
                hint=f"Move it to {path}, or correct the venue.",
                subject=key,
                location=("venue",),
            )
