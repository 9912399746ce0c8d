"""Changes of entries by ``digest watch --write``: of fields, and of the venue of a preprint that was published."""

from dataclasses import replace
from pathlib import Path

from generator.codec.decode import decode
from generator.codec.venue_names import VenueResolver
from generator.model.catalog import Content
from generator.model.entities import Edition, Series, VenueKind, VenueName
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.store.entries import Entry, edit_entry, merge_values, read_entries, with_values, write_file
from generator.store.layout import paper_path, record_path
from generator.store.yaml_edit import with_editions
from generator.watching.findings import Finding


class PlannedChanges:
    """Changes of entries in the content ``folder``, which are first planned and then written."""

    def __init__(self, folder: Path, content: Content) -> None:
        self._folder, self._content = folder, content
        self._entries = {entry.id: entry for entry in read_entries(folder)[0]}
        # Changed files by path. A file with entries is a list of parts: the lines of a JSON Lines file, or the whole
        # text. A file of a venue is a text.
        self._parts: dict[str, list[str]] = {}
        self._venues: dict[str, str] = {}
        self._new_paths: dict[str, str] = {}  # the new path of a moved entry, by its old path

    def path(self, paper_id: str) -> str:
        """Return the path of an entry, with its line in a JSON Lines file."""
        entry = self._entries[paper_id]
        return f"{entry.path}:{entry.line}" if entry.line else entry.path

    def change(self, paper_id: str, finding: Finding) -> str:
        """Plan the changes of a finding. Returns the effect on the entry as text: ``written: doi, venue``."""
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
            self._new_paths[entry.path] = paper_path(entry.id, edition)
        by_hand = f"; the venue {finding.venue!r} is to be written by hand" if finding.venue and not edition else ""
        return f"written: {', '.join(values)}{by_hand}"

    def write(self) -> None:
        """Write the planned changes: venues, then entries. An entry with a new venue moves to the venue's folder."""
        for path, text in self._venues.items():
            write_file(self._folder / path, text, self._folder)
        for path, parts in self._parts.items():
            new_path = self._new_paths.get(path, path)
            write_file(self._folder / new_path, "\n".join(parts), self._folder)
            if new_path != path:
                (self._folder / path).unlink()  # deleted last: if the run is killed, both files exist

    def _plan_fields(self, entry: Entry, values: RawRecord) -> bool:
        """Plan new values of fields. Returns False if a value is invalid, or if the file cannot be edited."""
        # Only the new values are checked: the other fields of the entry may be unfinished. Required fields get
        # placeholders. Mappings, such as ``links``, are checked with their other values.
        required: RawRecord = {"id": entry.id, "title": "x", "venue": "x", "topics": [], "added": "2000-01-01"}
        mappings: RawRecord = {
            name: value for name, value in entry.raw.items() if name in values and isinstance(value, dict)
        }
        _, problems = decode(Paper, {**required, **merge_values(mappings, values)})
        if problems:
            return False
        if not edit_entry(self._parts, self._folder, entry, lambda part: with_values(part, entry, values)):
            return False
        self._entries[entry.id] = replace(entry, raw=merge_values(entry.raw, values))
        return True

    def _published_edition(self, entry: Entry, finding: Finding) -> str:
        """Return the id of the edition in which a paper appeared, or '' if a person must write the venue.

        Plans to add the edition to its series if it is new.
        """
        if entry.line:  # a row of a JSON Lines file cannot move to another folder
            return ""
        resolver = VenueResolver(self._content.series)
        name = VenueName(name=finding.venue, year=finding.year, kind=VenueKind.OTHER)
        edition = resolver.edition_id(name, finding.year)
        series_id = resolver.series_of(edition)
        series = next((candidate for candidate in self._content.series if candidate.id == series_id), None)
        # Registries name a venue in many ways, so a person adds new series. A preprint server does not publish papers.
        if series is None or series.kind is VenueKind.PREPRINT:
            return ""
        return edition if self._plan_editions(series, resolver.new_editions.get(series.id, [])) else ""

    def _plan_editions(self, series: Series, editions: list[Edition]) -> bool:
        """Plan to add ``editions`` to a series. Returns False if the form of its file does not allow that."""
        path = record_path(Series, series.id)
        for edition in editions:
            # An earlier finding may have planned a change of the same file, or this edition.
            text = self._venues.get(path) or (self._folder / path).read_bytes().decode("utf-8")
            if f"id: {edition.id}\n" in text:
                continue
            extended = with_editions(text, series.editions, [edition])
            if extended is None:
                return False
            self._venues[path] = extended
        return True
