"""The changes of ``digest watch --write``: fields of entries, and the venue of a preprint that was published."""

from dataclasses import replace
from pathlib import Path

from generator.codec.decode import decode
from generator.codec.venue_names import VenueBook
from generator.model.catalog import Content
from generator.model.entities import Edition, Series, VenueKind, VenueName
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.store.entries import Entry, edit_part, read_entries, set_values, with_values, write_file
from generator.store.layout import paper_path, record_path
from generator.store.yaml_edit import with_editions
from generator.watching.findings import Finding


class PlannedChanges:
    """Plans changes of entries and writes them: venues first, each file in one step."""

    def __init__(self, folder: Path, content: Content) -> None:
        self._folder, self._content = folder, content
        self._entries = {entry.id: entry for entry in read_entries(folder)[0]}
        self._parts: dict[str, list[str]] = {}
        self._venues: dict[str, str] = {}
        self._moved: dict[str, str] = {}

    def path(self, paper_id: str) -> str:
        """Return the path of an entry, with its line in a JSON Lines file."""
        entry = self._entries[paper_id]
        return f"{entry.path}:{entry.line}" if entry.line else entry.path

    def change(self, paper_id: str, finding: Finding) -> str:
        """Plan the changes of a finding. Returns its effect on the entry, as text for a person."""
        entry = self._entries[paper_id]
        values = dict(finding.changes)
        edition = self._published_edition(entry, finding) if finding.venue else ""
        if edition:
            values["venue"] = edition
        if not values:
            return "a person must decide"
        if not self._plan_fields(entry, values):
            return "write it by hand: the file does not allow automatic edits"
        if edition:
            self._moved[entry.path] = paper_path(entry.id, edition)
        by_hand = f"; the venue {finding.venue!r} is to be written by hand" if finding.venue and not edition else ""
        return f"written: {', '.join(values)}{by_hand}"

    def write(self) -> None:
        """Write the planned changes. An entry whose venue changed moves to the folder of the new venue."""
        for path, text in self._venues.items():
            write_file(self._folder / path, text, self._folder)
        for path, parts in self._parts.items():
            write_file(self._folder / self._moved.get(path, path), "\n".join(parts), self._folder)
            if self._moved.get(path, path) != path:  # deleted last: a killed run leaves a copy and loses nothing
                (self._folder / path).unlink()

    def _plan_fields(self, entry: Entry, values: RawRecord) -> bool:
        """Plan new values of fields. Returns False if a value is invalid, or if the file cannot be edited."""
        # Only the new values are checked, so the required fields get placeholders.
        raw: RawRecord = {"id": entry.id, "title": "x", "venue": "x", "topics": [], "added": "2000-01-01"}
        known: RawRecord = {
            name: value for name, value in entry.raw.items() if name in values and isinstance(value, dict)
        }
        if decode(Paper, {**raw, **set_values(known, values)})[1]:
            return False
        if not edit_part(self._parts, self._folder, entry, lambda part: with_values(part, entry, values)):
            return False
        self._entries[entry.id] = replace(entry, raw=set_values(entry.raw, values))
        return True

    def _published_edition(self, entry: Entry, finding: Finding) -> str:
        """Return the edition in which a paper appeared, if the digest has its series, or ''."""
        if entry.line:  # a row of a JSON Lines file cannot move to another folder
            return ""
        book = VenueBook(self._content.series)
        name = VenueName(name=finding.venue, year=finding.year, kind=VenueKind.OTHER)
        edition = book.edition_id(name, finding.year)
        series_id = book.series_of(edition)
        series = next((candidate for candidate in self._content.series if candidate.id == series_id), None)
        # A new series is left to a person: a registry's text may name it in many ways. A preprint server is no venue.
        if series is None or series.kind is VenueKind.PREPRINT:
            return ""
        return edition if self._plan_editions(series, book.new_editions.get(series.id, [])) else ""

    def _plan_editions(self, series: Series, editions: list[Edition]) -> bool:
        """Plan the missing editions of a series. Returns False if its file does not allow that."""
        path = record_path(Series, series.id)
        for edition in editions:
            # A finding before this one may have planned a change of the same file.
            before = self._venues.get(path) or (self._folder / path).read_bytes().decode("utf-8")
            if f"id: {edition.id}\n" in before:
                continue
            text = with_editions(before, series.editions, [edition])
            if text is None:
                return False
            self._venues[path] = text
        return True
