"""Read a whole content folder: every file that can be read, and every problem of those that cannot."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.codec.decode import decode
from generator.model.content import Content, HandPage
from generator.model.paper import Paper
from generator.model.person import Institution, Person
from generator.model.problem import Problem
from generator.model.record import Location, RawRecord
from generator.model.topic import Topic
from generator.model.venue import Series
from generator.store import jsonl_file, yaml_file
from generator.store.layout import PAGES, Place, bulk_path, paper_path, places, subject
from generator.store.permalinks_file import FILE as PERMALINKS
from generator.store.permalinks_file import read_permalinks


class Origin(NamedTuple):
    """Where a record was read: its file, its line in a JSON Lines file (0 in a YAML file), its edition."""

    path: str
    line: int
    edition: str


@dataclass(frozen=True)
class Loaded:
    """A content folder as read. ``origins`` tells for each subject (``papers/ID``) where it stands."""

    folder: Path
    content: Content
    problems: tuple[Problem, ...]
    origins: dict[str, Origin]

    def placed(self, problem: Problem) -> Problem:
        """A rule's problem with the path, line and column of what it speaks of."""
        origin = self.origins.get(problem.subject)
        if origin is None:
            return problem
        line, column = _position(self.folder, origin, problem.location)
        return replace(problem, path=origin.path, line=line, column=column)


def load(folder: Path) -> Loaded:
    """Read the content folder. Never raises for what the content holds; an unreadable file is a problem."""
    reading = _Reading(folder)
    if not folder.is_dir():
        message = "there is no content folder here"
        problem = Problem(code="E114", message=message, hint="Name one with --content DIR.", path=str(folder))
        return Loaded(folder, Content(), (problem,), {})
    for place in places(folder):
        if isinstance(place, Problem):
            reading.problems.append(place)
        else:
            reading.take(place)
    addresses, wrong = read_permalinks(folder)
    reading.permalinks = tuple("" if reading.is_faulty(address) else address for address in addresses)
    reading.problems += [replace(problem, path=PERMALINKS) for problem in wrong]
    return Loaded(folder, reading.content(), tuple(reading.problems), reading.origins)


class _Reading:
    """Gathers records, origins and problems while the files are read one after another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.permalinks: tuple[str, ...] = ()
        self.origins: dict[str, Origin] = {}
        self._faulty: set[str] = set()
        self._records: dict[type, list[Any]] = {}
        self._pages: list[HandPage] = []

    def take(self, place: Place) -> None:
        text = _read_text(self.folder / place.path, whole=place.path.endswith((".jsonl", ".md")))
        if isinstance(text, Problem):
            self.problems.append(replace(text, path=place.path))
            self._faulty.add(place.path.split("/")[0])
        elif place.kind is None:
            self._pages.append(_hand_page(place.id, text))
            self.origins[f"{PAGES}/{place.id}"] = Origin(place.path, 0, "")
        elif place.path.endswith(".jsonl"):
            for row in jsonl_file.read_rows(text):
                self._row(place, row)
        else:
            self._file(place, text)

    def is_faulty(self, address: str) -> bool:
        """Whether an address may be that of a record which is there and has faults of its own: it is not lost.

        The aliases of a file that cannot be read are not known, so any address of its folder may be among them.
        """
        folder, _, rest = address.partition("/")
        return folder in self._faulty or f"{folder}/{rest.partition('/')[0]}" in self._faulty

    def content(self) -> Content:
        def of(kind: type) -> tuple[Any, ...]:
            return tuple(sorted(self._records.get(kind, ()), key=lambda item: item.id))

        return Content(
            papers=of(Paper),
            series=of(Series),
            topics=of(Topic),
            people=of(Person),
            institutions=of(Institution),
            pages=tuple(sorted(self._pages, key=lambda page: page.id)),
            permalinks=self.permalinks,
            bulk=frozenset(paper.id for paper in of(Paper) if self.origins[subject(Paper, paper.id)].line),
        )

    def _file(self, place: Place, text: str) -> None:
        document = yaml_file.read(text)
        if document.raw is None:
            self._faulty.add(place.path.split("/")[0])
            self.problems += [replace(problem, path=place.path) for problem in document.problems]
            return
        raw: RawRecord = {"id": place.id, **{k: v for k, v in document.raw.items() if k != "id"}}
        faults = self._decode(place, raw, Origin(place.path, 0, place.edition))
        if "id" in document.raw:
            faults.append(
                Problem(
                    code="E201",
                    message="unknown field 'id'",
                    hint="Delete it: the file's name is the id.",
                    location=("id",),
                )
            )
        for fault in faults:
            at_key = fault.code == "E201"
            line, column = (document.keys if at_key else {}).get(fault.location) or document.position(fault.location)
            self.problems.append(replace(fault, path=place.path, line=line, column=column))

    def _row(self, place: Place, row: jsonl_file.Row) -> None:
        faults = list(row.problems)
        if row.raw is not None:
            for fault in self._decode(place, row.raw, Origin(place.path, row.line, place.edition)):
                line, column = jsonl_file.position(row.text, row.line, fault.location)
                faults.append(replace(fault, line=line, column=column))
        self.problems += [replace(fault, path=place.path) for fault in faults]

    def _decode(self, place: Place, raw: RawRecord, origin: Origin) -> list[Problem]:
        assert place.kind is not None
        record, faults = decode(place.kind, raw)  # type: ignore[type-var]  # the kinds are those of the type variable
        if record is None:
            names = raw.get("aliases")
            for name in (raw.get("id"), *(names if isinstance(names, list) else ())):
                self._faulty.add(subject(place.kind, str(name)))
            return faults
        key = subject(place.kind, record.id)
        if key in self.origins:
            other = self.origins[key]
            where = f"{other.path}:{other.line}" if other.line else other.path
            hint = "Delete one of the two, or give one another id."
            return [Problem(code="E303", message=f"{record.id} stands in {where} too", hint=hint, location=("id",))]
        self.origins[key] = origin
        self._records.setdefault(place.kind, []).append(record)
        return []


def misplaced(loaded: Loaded) -> list[Problem]:
    """Papers whose folder says another edition than their venue."""
    found = []
    for paper in loaded.content.papers:
        key = subject(Paper, paper.id)
        origin = loaded.origins[key]
        if origin.edition != paper.venue:
            right = bulk_path(paper.venue) if origin.line else paper_path(paper.id, paper.venue)
            found.append(
                Problem(
                    code="E306",
                    message=f"the venue is {paper.venue}, the folder is {origin.edition}",
                    hint=f"Move it to {right}, or mend the venue.",
                    subject=key,
                    location=("venue",),
                )
            )
    return found


def _read_text(path: Path, *, whole: bool) -> str | Problem:
    try:
        with path.open("rb") as file:
            data = file.read(-1 if whole else yaml_file.SIZE_MOST + 1)
    except OSError as error:
        return Problem(code="E114", message=error.strerror or "unreadable", hint="Check the file's permissions.")
    return yaml_file.read_bytes(data, limit=None if whole else yaml_file.SIZE_MOST)


def _hand_page(page_id: str, text: str) -> HandPage:
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("# "):
        return HandPage(id=page_id, title=first[2:].strip(), text=rest.strip() + "\n")
    return HandPage(id=page_id, title=page_id.replace("-", " ").capitalize(), text=text, has_heading=False)


def _position(folder: Path, origin: Origin, location: Location) -> yaml_file.Position:
    text = _read_text(folder / origin.path, whole=bool(origin.line))
    if isinstance(text, Problem):
        return yaml_file.Position(max(origin.line, 1), 1)
    if origin.line:
        line = text.split("\n")[origin.line - 1 : origin.line] or [""]
        return jsonl_file.position(line[0], origin.line, location)
    return yaml_file.read(text).position(location)
