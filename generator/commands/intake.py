"""Adds papers to the content folder: new entries, and further fields of existing ones.

Nothing is written before everything is planned. Each file is then replaced in one step: first new venues, then entries
in the order of their records. If a run is killed and repeated, the result is that of an uninterrupted run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.codec.decode import decode
from generator.codec.merge import EntryIndex, additions, merge_additions, propose_id
from generator.codec.venue_names import VenueResolver
from generator.importers.dates import year_of
from generator.model.catalog import Content
from generator.model.entities import Series, VenueName
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.model.values import quoted
from generator.store.entries import FIELDS, Entry, edit_entry, read_entries, record_file, with_additions, write_file
from generator.store.layout import record_path
from generator.store.load import Loaded, load
from generator.store.yaml_edit import with_editions, with_fields
from generator.text.identifiers import KINDS

_DROPPABLE_FIELDS = frozenset(
    (*KINDS, *"links keywords abstract published track volume pages publisher other_titles source awards".split())
)
"""Optional fields that are dropped from a record if their value is invalid."""


class IncomingRecord(NamedTuple):
    """A record of a paper to add: raw fields of an entry, and the name of the venue, unless ``fields`` has its edition.

    ``position`` is the position of the record in its source, for messages: ``list.bib:7``.
    """

    fields: RawRecord
    venue: VenueName | None = None
    position: str = ""


@dataclass
class Outcome:
    """What happened to the records and to venues: messages by result, each with the path of a file, an id or a title.

    ``faults`` are messages about records that cannot be added, and about venue files that cannot be edited.
    ``dropped_fields`` are messages about invalid optional fields, without which their records were added. ``skipped``
    is the number of records that cannot be added: a record may have several faults.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    dropped_fields: list[str] = field(default_factory=list)
    skipped: int = 0

    @property
    def lines(self) -> list[str]:
        """The messages about added, changed and unchanged files, each after that word."""
        messages_by_result = {"added": self.added, "changed": self.changed, "left": self.unchanged}
        return [f"{result} {message}" for result, messages in messages_by_result.items() for message in messages]

    @property
    def summary(self) -> str:
        """The number of messages: ``2 added, 1 changed, 0 left as they were``."""
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.unchanged)} left as they were"


class Intake:
    """Adds papers to a content folder. ``today`` is the default of ``added``, as YYYY-MM-DD.

    New entries contain ``empty_fields`` with the value ''. Without ``strict``, invalid values of some optional fields
    are dropped.

    ``problems`` are those of unreadable files. Their papers are unknown and could be added twice, so callers do not
    write if there are any. ``content`` is the content before the import. ``new_papers`` are the added papers by path.
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
        # The series in an unreadable file is unknown and could be added twice, too.
        self.problems += [problem for problem in loaded.problems if problem.path.startswith("venues/")]
        self.content = loaded.content
        self._series = {series.id: series for series in loaded.content.series}
        self._venue_resolver = VenueResolver(loaded.content.series)
        self._parts: dict[str, list[str]] = {}  # the parts of planned files (see ``split_file``), by path
        self._used_editions: set[str] = set()
        self._source_position = ""

    def add_all(self, records: Iterable[IncomingRecord]) -> None:
        """Plan the files that add ``records``. Call this once. The results are in ``outcome``."""
        for record in records:
            self._source_position = record.position
            self._add(record.fields, record.venue)
        self._plan_venues()

    def add_comment(self, path: str, line: str, comment: str) -> None:
        """Add a comment to the end of ``line`` in a new entry. ``comment`` must be one line of plain text."""
        (text,) = self._parts[path]  # a new entry is a YAML file, which has one part
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
        """Plan a new entry for a record, or further fields of the entry that it matches."""
        # If two entries share an identifier with the record, they may be duplicates, which only a person can merge.
        matches = self.entry_index.find(record)
        id_owner = self.entry_index.entry_id_of(record.get("id"))
        if len(matches) > 1:
            title = quoted(str(record.get("title")))
            self.outcome.unchanged.append(f"{title}: it is both {' and '.join(matches)}; merge these first")
        elif matches:
            self._merge(self._entries[matches[0]], record)
        # An id is part of published addresses, so it is never given to another paper.
        elif id_owner is not None:
            self.outcome.faults.append(f"{self._label(record)}: the id is taken by another paper, {id_owner}")
            self.outcome.skipped += 1
        else:
            self._add_entry(record, venue)

    def _merge(self, entry: Entry, record: RawRecord) -> None:
        """Plan to add those fields of a record to its entry that the entry lacks."""
        new = additions(entry.raw, record)
        differs = f"; {', '.join(new.differing)} left" if new.differing else ""
        path = self.path(entry.id)
        if not _field_names(new.fields):
            self.outcome.unchanged.append(path + differs)
            return
        # Only the new fields are checked: the entry may be unfinished. Required fields get placeholders.
        decoded = self._decode({"id": entry.id, "title": "x", "venue": "x", "topics": [], **new.fields})
        if decoded is None:
            return
        _, valid = decoded
        fields = {name: value for name, value in new.fields.items() if name in valid}
        added = ", ".join(_field_names(fields))
        if not added:
            self.outcome.unchanged.append(path + differs)
        elif edit_entry(self._parts, self._folder, entry, lambda part: with_additions(part, entry, fields)):
            self._register(replace(entry, raw=merge_additions(entry.raw, fields)))
            self.outcome.changed.append(f"{path}: {added} added{differs}")
        else:
            self.outcome.unchanged.append(f"{path}; {added} to add by hand{differs}")

    def _add_entry(self, record: RawRecord, venue: VenueName | None) -> None:
        """Plan a new entry."""
        raw: RawRecord = {"topics": [], **record}
        if "venue" not in raw:
            raw["venue"] = self._venue_resolver.edition_id(venue, year_of(record.get("published", "")))
        if "id" not in raw:
            raw["id"] = propose_id(raw, self.entry_index, self._venue_resolver.year_of(str(raw["venue"])))
        decoded = self._decode(raw)
        if decoded is None:
            return
        paper, raw = decoded
        path, text = record_file(paper)
        empty: RawRecord = {name: "" for name in self._empty_fields if name not in raw}
        if empty:
            text = with_fields(text, empty, FIELDS) or text
        self._parts[path] = [text]
        self.new_papers[path] = paper
        self._used_editions.add(paper.venue)
        # A later record may describe the same paper.
        self._register(Entry(paper.id, path, line=0, raw=raw))
        missing = [name for name in ("topics", *empty) if not raw.get(name)]
        self.outcome.added.append(path + (f"; still to write: {', '.join(missing)}" if missing else ""))

    def _decode(self, raw: RawRecord) -> tuple[Paper, RawRecord] | None:
        """Return the paper of a record and its valid fields, or None if it is invalid. Adds messages to ``outcome``."""
        paper, problems = decode(Paper, {"added": self._today, **raw})
        invalid = {str(problem.location[0]) for problem in problems if problem.location}
        messages = [f"{self._label(raw)}: {problem.code} {problem.message}\n    {problem.hint}" for problem in problems]
        if paper is None and not self._strict and invalid and invalid <= _DROPPABLE_FIELDS:
            raw = {name: value for name, value in raw.items() if name not in invalid}
            paper, remaining = decode(Paper, {"added": self._today, **raw})
            if not remaining:
                self.outcome.dropped_fields += messages
        if paper is None:
            self.outcome.faults += messages
            self.outcome.skipped += 1
            return None
        return paper, raw

    def _label(self, raw: RawRecord) -> str:
        """Return the position of a record in its source, if it is known, and its id: ``list.bib:7: a2025b``."""
        return f"{self._source_position}: {raw['id']}" if self._source_position else str(raw["id"])

    def _register(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self.entry_index.add(entry.id, entry.raw)

    def _plan_venues(self) -> None:
        """Plan the venue files that new entries need. They are written first, so that every entry has its venue."""
        needed = {self._venue_resolver.series_of(edition) for edition in self._used_editions}
        new_series = [series for series_id, series in self._venue_resolver.new_series.items() if series_id in needed]
        venues = dict(map(record_file, new_series))  # texts by path
        self.outcome.added += [f"{path}; look at the name and the kind" for path in venues]
        for series_id, editions in self._venue_resolver.new_editions.items():
            if series_id in needed:
                path, edition_ids = record_path(Series, series_id), ", ".join(edition.id for edition in editions)
                before = (self._folder / path).read_bytes().decode("utf-8")
                text = with_editions(before, self._series[series_id].editions, editions)
                if text is None:
                    self.outcome.faults.append(
                        f"{path}: add {edition_ids} by hand; the file does not have one field per line"
                    )
                else:
                    venues[path] = text
                    self.outcome.changed.append(f"{path}: {edition_ids} added")
        self._parts = {**{path: [text] for path, text in venues.items()}, **self._parts}


def _field_names(fields: RawRecord) -> list[str]:
    """Return the names of fields, with a name for each link: ``doi``, ``links.pdf``."""
    links = fields.get("links")
    link_names = [f"links.{kind}" for kind in links] if isinstance(links, dict) else []
    return [*(name for name in fields if name != "links"), *link_names]
