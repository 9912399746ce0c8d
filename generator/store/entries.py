"""Read the entries of a content folder as raw mappings, add fields to them in place, and write files.

Drafts are included: their raw mappings need not be valid entries.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from generator.build.safe_files import write_whole
from generator.codec.decode import AnyRecord, encode
from generator.codec.merge import merge_additions
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Location, RawRecord
from generator.store import jsonl_file, yaml_edit, yaml_file, yaml_fix, yaml_write
from generator.store.layout import ContentFile, content_files, paper_path, record_path, schema_reference
from generator.store.reading import is_bulk, read_text

FIELDS = tuple(field.name for field in fields(Paper))
"""The names of an entry's fields, in the order of canonical files."""


@dataclass(frozen=True)
class Entry:
    """An entry or draft. ``path`` is relative to the content folder; ``line`` is 0 in a YAML file."""

    id: str
    path: str
    line: int
    raw: RawRecord

    @property
    def part_index(self) -> int:
        """The index of the entry's text in ``split_file``."""
        return max(self.line - 1, 0)


def read_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """All entries of a content folder, and the problems of files and lines that cannot be read."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in content_files(folder) if folder.is_dir() else ():
        if isinstance(file, ContentFile) and file.kind is Paper:
            entries_of_file, problems_of_file = _read_file(folder, file)
            entries += entries_of_file
            problems += [replace(problem, path=file.path) for problem in problems_of_file]
    return entries, problems


def _read_file(folder: Path, file: ContentFile) -> tuple[list[Entry], list[Problem]]:
    """The entries in a file, and its problems. The caller sets the path of the problems."""
    text = read_text(folder, file.path)
    if isinstance(text, Problem):
        return [], [text]
    if not is_bulk(file.path):
        if (raw := yaml_file.read_fast(text)) is not None:
            return [Entry(file.id, file.path, 0, raw)], []
        document = yaml_file.read(text)
        entries = [Entry(file.id, file.path, 0, document.raw)] if document.raw is not None else []
        return entries, document.problems
    rows = list(jsonl_file.read_rows(text))
    entries = [Entry(str(row.raw.get("id", "")), file.path, row.line, row.raw) for row in rows if row.raw is not None]
    return entries, [problem for row in rows for problem in row.problems]


def split_file(data: bytes, entry: Entry) -> list[str]:
    """The parts of an entry's file: the lines of a JSON Lines file, or the whole text. Line feeds join them again."""
    text = data.decode("utf-8")
    return text.split("\n") if entry.line else [text]


def edit_entry(
    parts_by_path: dict[str, list[str]], folder: Path, entry: Entry, edit: Callable[[str], str | None]
) -> bool:
    """Replace an entry's part of its file by ``edit(part)``. Returns False, without a change, if that is None.

    ``parts_by_path`` has the parts of files that were edited before; another file is read from ``folder`` and added.
    """
    parts = parts_by_path.get(entry.path) or split_file((folder / entry.path).read_bytes(), entry)
    edited = edit(parts[entry.part_index])
    if edited is None:
        return False
    parts[entry.part_index] = edited
    parts_by_path[entry.path] = parts
    return True


def with_additions(part: str, entry: Entry, additions: RawRecord) -> str | None:
    """An entry's part of its file with added fields. A YAML file keeps all its lines byte for byte.

    None if the form of the file does not allow this, as for a YAML mapping in braces.
    """
    if not entry.line:
        return yaml_edit.with_fields(part, additions, FIELDS)
    return _replace_row(part, merge_additions(_parse_row(part), additions))


def with_values(part: str, entry: Entry, values: RawRecord) -> str | None:
    """An entry's part of its file with new values, which replace existing values or are added.

    Mappings such as ``links`` are merged field by field. None if the form of the file does not allow this.
    """
    if entry.line:
        return _replace_row(part, merge_values(_parse_row(part), values))
    old_texts = dict(_texts_of(entry.raw))
    # Only texts that the entry has can be replaced; the others are among the additions.
    replacements = {field: text for field, text in _texts_of(values) if old_texts.get(field, text) != text}
    additions = _missing(entry.raw, values)
    edited = yaml_fix.with_texts(part, replacements) if replacements else part
    if edited is not None and additions:
        edited = yaml_edit.with_fields(edited, additions, FIELDS)
    # Existing lists are not replaced above. The comparison then fails, and the file stays as it is.
    if edited is None or yaml_file.read_for_editing(edited).raw != merge_values(entry.raw, values):
        return None
    return edited


def _texts_of(values: RawRecord) -> Iterator[tuple[Location, str]]:
    """Yield the location and the text of each field that is a text, and of each text in a mapping."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (((name, key), text) for key, text in value.items() if isinstance(text, str))
        elif isinstance(value, str):
            yield (name,), value


def _missing(raw: RawRecord, values: RawRecord) -> RawRecord:
    """The fields of ``values``, and the fields of its mappings, that ``raw`` does not have."""
    missing: RawRecord = {}
    for name, value in values.items():
        current = raw.get(name)
        if name not in raw:
            missing[name] = value
        elif isinstance(current, dict) and isinstance(value, dict) and value.keys() - current.keys():
            missing[name] = {key: text for key, text in value.items() if key not in current}
    return missing


def merge_values(raw: RawRecord, values: RawRecord) -> RawRecord:
    """Return ``raw`` with ``values``. Mappings are merged field by field; other values are replaced."""
    merged = dict(raw)
    for name, value in values.items():
        current = merged.get(name)
        merged[name] = {**current, **value} if isinstance(current, dict) and isinstance(value, dict) else value
    return merged


def _parse_row(part: str) -> RawRecord:
    """The record in a line of a JSON Lines file."""
    raw: RawRecord = json.loads(part.removeprefix("\ufeff"), parse_float=str)
    return raw


def _replace_row(part: str, raw: RawRecord) -> str:
    """A line of a JSON Lines file with another record."""
    # The first line can begin with a byte order mark, and lines of a file from Windows end with a carriage return.
    bom = "\ufeff" if part.startswith("\ufeff") else ""
    carriage_return = "\r" if part.endswith("\r") else ""
    return bom + json.dumps(raw, ensure_ascii=False) + carriage_return


def record_file(record: AnyRecord) -> tuple[str, str]:
    """The path of the file for a single record, relative to the content folder, and its text in canonical form."""
    raw = encode(record)
    del raw["id"]  # the file's name is the id
    if isinstance(record, Paper):
        path = paper_path(record.id, record.venue)
    else:
        path = record_path(type(record), record.id)
    return path, yaml_write.to_yaml(raw, schema_reference(path))


def write_file(path: Path, text: str, inside: Path) -> bool:
    """Replace or create a text file below the folder ``inside`` in one step, without following links.

    Returns False, and leaves the file untouched, if it already has this text.
    """
    return write_whole(path, text.encode("utf-8"), inside)
