"""Adds papers to the content folder: new entries, and further fields of existing ones.

Nothing is written before everything is planned. Each file is then replaced in one step, new venues first and entries
in the order of their records. A run that is killed and repeated therefore ends like a run that is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.codec.decode import decode
from generator.codec.merge import EntryIndex, additions, merge_additions, propose_id
from generator.codec.venue_names import VenueBook
from generator.importers.dates import year_of
from generator.model.catalog import Content
from generator.model.entities import Series, VenueName
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.model.values import quoted
from generator.store.entries import FIELDS, Entry, edit_part, entry_text, read_entries, with_additions, write_file
from generator.store.layout import record_path
from generator.store.load import Loaded, load
from generator.store.yaml_edit import with_editions, with_fields
from generator.text.identifiers import KINDS

# Optional fields. A wrong value in one of them drops the field and not the whole record.
_DROPPABLE_FIELDS = frozenset(
    (*KINDS, *"links keywords abstract published track volume pages publisher other_titles source awards".split())
)


@dataclass
class Outcome:
    """The result for each record, as lines for a person: ``added``, ``changed``, ``unchanged`` and ``faults``.

    ``dropped`` lists invalid fields with the reason. The rest of their record was imported.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """One line for each file."""
        outcomes = {"added": self.added, "changed": self.changed, "left": self.unchanged}
        return [f"{outcome} {line}" for outcome, lines in outcomes.items() for line in lines]

    @property
    def summary(self) -> str:
        """The number of files of each kind, as text."""
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.unchanged)} left as they were"


class Intake:
    """A content folder to which papers are added. ``empty_fields`` names text fields that new entries list as empty.

    Without ``strict``, an invalid value of an optional field is dropped. ``problems`` are unreadable files: their
    papers are unknown, so an import could duplicate them. ``content`` is the content before the import. ``new_papers``
    are by path.
    """

    def __init__(self, folder: Path, today: str, empty_fields: tuple[str, ...] = (), *, strict: bool = True) -> None:
        self.outcome = Outcome()
        self.new_papers: dict[str, Paper] = {}
        self.entry_index = EntryIndex()
        self._folder, self._today, self._empty_fields, self._strict = folder, today, empty_fields, strict
        entries, self.problems = read_entries(folder)
        self._entries = {entry.id: entry for entry in entries}
        for entry in entries:
            self.entry_index.add(entry.id, entry.raw)
        loaded = load(folder) if folder.is_dir() else Loaded(folder, Content(), (), {})
        # The series of an unreadable file is unknown, so an import could create it again.
        self.problems += [problem for problem in loaded.problems if problem.path.startswith("venues/")]
        self.content = loaded.content
        self._series = {series.id: series for series in loaded.content.series}
        self._book = VenueBook(loaded.content.series)
        self._parts: dict[str, list[str]] = {}
        self._editions_used: dict[str, None] = {}
        self._source_position = ""

    def add_all(
        self, papers: Iterable[tuple[RawRecord, VenueName | None] | tuple[RawRecord, VenueName | None, str]]
    ) -> None:
        """Plan the import of records. Each comes with the name of its venue, if it has no edition's id.

        The optional third part is the position of the record in its source, for messages.
        """
        for record, venue, *position in papers:
            self._source_position = position[0] if position else ""
            self._add(record, venue)
        self._plan_venues()

    def comment(self, path: str, line: str, comment: str) -> None:
        """Add a comment to a line of a new entry. ``comment`` must be one line of plain text."""
        # A new entry is a file of its own, so it has one part.
        (text,) = self._parts[path]
        self._parts[path] = [text.replace(f"\n{line}\n", f"\n{line}  # {comment}\n", 1)]

    def write(self) -> None:
        """Write the planned files, each by a rename."""
        for path, text in self.planned.items():
            write_file(self._folder / path, text, self._folder)

    @property
    def planned(self) -> Mapping[str, str]:
        """The files that ``write`` writes, by path, in order."""
        return {path: "\n".join(parts) for path, parts in self._parts.items()}

    def path(self, entry_id: str) -> str:
        """Return the path of an entry, with its line in a JSON Lines file."""
        entry = self._entries[entry_id]
        return f"{entry.path}:{entry.line}" if entry.line else entry.path

    def _add(self, record: RawRecord, venue: VenueName | None) -> None:
        # Two entries that match, by different identifiers, may be duplicates of each other: a person joins them.
        matches = self.entry_index.find(record)
        owner = self.entry_index.entry_id_of(record.get("id"))
        if len(matches) > 1:
            title = quoted(str(record.get("title")))
            self.outcome.unchanged.append(f"{title}: it is both {' and '.join(matches)}; join these first")
        elif matches:
            self._merge(self._entries[matches[0]], record)
        # An id is part of published addresses, so it is never given to another paper.
        elif owner is not None:
            self.outcome.faults.append(f"{self._label(record)}: the id is taken by another paper, {owner}")
        else:
            self._add_entry(record, venue)

    def _merge(self, entry: Entry, record: RawRecord) -> None:
        new = additions(entry.raw, record)
        added = ", ".join(_field_names(new.fields))
        differs = f"; {', '.join(new.differing)} left" if new.differing else ""
        where = self.path(entry.id)
        if not added:
            self.outcome.unchanged.append(where + differs)
            return
        # Only the new fields are checked, so the required fields get placeholders.
        decoded = self._decoded({"id": entry.id, "title": "x", "venue": "x", "topics": [], **new.fields})
        if decoded is None:
            return
        fields = {name: value for name, value in new.fields.items() if name in decoded[1]}
        if not fields:
            self.outcome.unchanged.append(where + differs)
        elif edit_part(self._parts, self._folder, entry, lambda part: with_additions(part, entry, fields)):
            self._register(replace(entry, raw=merge_additions(entry.raw, fields)))
            self.outcome.changed.append(f"{where}: {added} added{differs}")
        else:
            self.outcome.unchanged.append(f"{where}; {added} to add by hand{differs}")

    def _add_entry(self, record: RawRecord, venue: VenueName | None) -> None:
        raw: RawRecord = {"topics": [], **record}
        if "venue" not in raw:
            raw["venue"] = self._book.edition_id(venue, year_of(record.get("published", "")))
        if "id" not in raw:
            raw["id"] = propose_id(raw, self.entry_index, self._book.year_of(str(raw["venue"])))
        decoded = self._decoded(raw)
        if decoded is None:
            return
        paper, raw = decoded
        path, text = entry_text(paper)
        blanks: RawRecord = {name: "" for name in self._empty_fields if name not in raw}
        self._parts[path] = [(blanks and with_fields(text, blanks, FIELDS)) or text]
        self.new_papers[path] = paper
        self._editions_used[paper.venue] = None
        # A later record of the same run may describe the same paper.
        self._register(Entry(paper.id, path, 0, raw))
        missing = [name for name in ("topics", *blanks) if not raw.get(name)]
        self.outcome.added.append(path + (f"; still to write: {', '.join(missing)}" if missing else ""))

    def _decoded(self, raw: RawRecord) -> tuple[Paper, RawRecord] | None:
        """Decode a record. Returns the paper and its fields, without invalid optional ones, or None."""
        paper, problems = decode(Paper, {"added": self._today, **raw})
        wrong = {str(fault.location[0]) for fault in problems if fault.location}
        messages = [f"{self._label(raw)}: {fault.code} {fault.message}\n    {fault.hint}" for fault in problems]
        if paper is None and not self._strict and wrong and wrong <= _DROPPABLE_FIELDS:
            raw = {name: value for name, value in raw.items() if name not in wrong}
            paper, remaining = decode(Paper, {"added": self._today, **raw})
            if not remaining:
                self.outcome.dropped += messages
                messages = []
        self.outcome.faults += messages
        return (paper, raw) if paper else None

    def _label(self, raw: RawRecord) -> str:
        """Return the position of a record in its source, and its present or proposed id."""
        return f"{self._source_position}: {raw['id']}" if self._source_position else str(raw["id"])

    def _register(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self.entry_index.add(entry.id, entry.raw)

    def _plan_venues(self) -> None:
        """Plan the venue files that new entries need. They are written first, so no entry names a missing venue."""
        needed = {self._book.series_of(edition) for edition in self._editions_used}
        venues = dict(entry_text(series) for key, series in self._book.new_series.items() if key in needed)
        self.outcome.added += [f"{path}; look at the name and the kind" for path in venues]
        for series_id, editions in self._book.new_editions.items():
            if series_id in needed:
                path, names = record_path(Series, series_id), ", ".join(edition.id for edition in editions)
                before = (self._folder / path).read_bytes().decode("utf-8")
                text = with_editions(before, self._series[series_id].editions, editions)
                if text is None:
                    self.outcome.faults.append(
                        f"{path}: add {names} by hand; the file does not have one field per line"
                    )
                else:
                    venues[path] = text
                    self.outcome.changed.append(f"{path}: {names} added")
        self._parts = {**{path: [text] for path, text in venues.items()}, **self._parts}


def _field_names(fields: RawRecord) -> list[str]:
    """Return the names of fields, with each link by its own name."""
    links = fields.get("links")
    inside = [f"links.{kind}" for kind in links] if isinstance(links, dict) else []
    return [*(name for name in fields if name != "links"), *inside]
