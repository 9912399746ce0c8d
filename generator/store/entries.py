"""Entries as they are on disk, drafts included: read without decoding, extended without rewriting, and saved.

A saved file has the canonical form. It is replaced whole: readers see the old or the new file, never half.
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
from generator.store.reading import is_bulk, read_bytes, read_text

FIELDS = tuple(field.name for field in fields(Paper))
"""The fields of an entry in their order."""


@dataclass(frozen=True)
class Entry:
    """One entry: its id, its file (relative to the content folder), its line in a JSON Lines file (else 0), its fields.

    The fields are raw: a draft may lack what a good entry needs.
    """

    id: str
    path: str
    line: int
    raw: RawRecord

    @property
    def part(self) -> int:
        """The index of the entry's part in ``parts_of`` its file."""
        return max(self.line - 1, 0)


def read_entries(folder: Path) -> tuple[list[Entry], list[Problem]]:
    """Every entry of a content folder, and the problems of files whose fields cannot be read."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in content_files(folder) if folder.is_dir() else ():
        if isinstance(file, ContentFile) and file.kind is Paper:
            new_entries, new_problems = _read(folder, file)
            entries += new_entries
            problems += [replace(problem, path=file.path) for problem in new_problems]
    return entries, problems


def _read(folder: Path, file: ContentFile) -> tuple[list[Entry], list[Problem]]:
    data = read_bytes(folder, file.path)
    text = data if isinstance(data, Problem) else read_text(file.path, data)
    if isinstance(text, Problem):
        return [], [text]
    if not is_bulk(file.path):
        if (raw := yaml_file.fields(text)) is not None:
            return [Entry(file.id, file.path, 0, raw)], []
        document = yaml_file.read(text)
        entries = [Entry(file.id, file.path, 0, document.raw)] if document.raw is not None else []
        return entries, document.problems
    rows = list(jsonl_file.read_rows(text))
    entries = [Entry(str(row.raw.get("id", "")), file.path, row.line, row.raw) for row in rows if row.raw is not None]
    return entries, [problem for row in rows for problem in row.problems]


def parts_of(data: bytes, entry: Entry) -> list[str]:
    """The text of an entry's file in parts, one for each entry, to be joined by line feeds."""
    text = data.decode("utf-8")
    return text.split("\n") if entry.line else [text]


def edit_part(parts: dict[str, list[str]], folder: Path, entry: Entry, edit: Callable[[str], str | None]) -> bool:
    """Edit an entry's part of its file in ``parts``, the parts of files by path. A file is read for its first edit.

    Returns False if ``edit`` gives None: the form of the file does not allow the edit.
    """
    parts_of_file = parts.get(entry.path) or parts_of((folder / entry.path).read_bytes(), entry)
    edited = edit(parts_of_file[entry.part])
    if edited is None:
        return False
    parts_of_file[entry.part] = edited
    parts[entry.path] = parts_of_file
    return True


def with_additions(part: str, entry: Entry, added: RawRecord) -> str | None:
    """An entry's part of its file with added fields: a YAML file keeps all its lines byte for byte.

    None if the file's form does not allow it (a YAML mapping in braces, for example).
    """
    if not entry.line:
        return yaml_edit.with_fields(part, added, FIELDS)
    return _with_row(part, merge_additions(_row(part), added))


def with_values(part: str, entry: Entry, values: RawRecord) -> str | None:
    """An entry's part of its file with new values, which replace those of the entry in place.

    Mappings (``links``, ``summary_by``) are merged field by field. None as for ``with_additions``.
    """
    texts = dict(_texts_of(entry.raw))
    replaced = {field: text for field, text in _texts_of(values) if field in texts and texts[field] != text}
    added = _missing(entry.raw, values)
    if entry.line:
        return _with_row(part, set_values(_row(part), values))
    changed = yaml_fix.with_texts(part, replaced) if replaced else part
    extended = yaml_edit.with_fields(changed, added, FIELDS) if added and changed is not None else changed
    # Values that are lists were not replaced above; the comparison then fails, and the file stays as it is.
    is_right = extended is not None and yaml_file.read_by_lines(extended).raw == set_values(entry.raw, values)
    return extended if is_right else None


def _texts_of(values: RawRecord) -> Iterator[tuple[Location, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (((name, key), text) for key, text in value.items() if isinstance(text, str))
        elif isinstance(value, str):
            yield (name,), value


def _missing(raw: RawRecord, values: RawRecord) -> RawRecord:
    """The fields of ``values``, and of its mappings, that ``raw`` does not have."""
    missing: RawRecord = {}
    for name, value in values.items():
        current = raw.get(name)
        if name not in raw:
            missing[name] = value
        elif isinstance(current, dict) and isinstance(value, dict) and value.keys() - current.keys():
            missing[name] = {key: text for key, text in value.items() if key not in current}
    return missing


def set_values(raw: RawRecord, values: RawRecord) -> RawRecord:
    """An entry with ``values``; mappings are merged field by field."""
    merged = dict(raw)
    for name, value in values.items():
        current = merged.get(name)
        merged[name] = {**current, **value} if isinstance(current, dict) and isinstance(value, dict) else value
    return merged


def _row(part: str) -> RawRecord:
    row: RawRecord = json.loads(part.removeprefix("\ufeff"), parse_float=str)
    return row


def _with_row(part: str, raw: RawRecord) -> str:
    row = json.dumps(raw, ensure_ascii=False)
    # The byte order mark of a file is in its first part; a carriage return ends each part of a file from Windows.
    return ("\ufeff" if part.startswith("\ufeff") else "") + row + ("\r" if part.endswith("\r") else "")


def entry_text(record: AnyRecord) -> tuple[str, str]:
    """The path of a record's own file, relative to the content folder, and its canonical text."""
    raw = encode(record)
    del raw["id"]  # the file's name is the id
    if isinstance(record, Paper):
        path = paper_path(record.id, record.venue)
    else:
        path = record_path(type(record), record.id)
    return path, yaml_write.write(raw, schema_reference(path))


def write_file(path: Path, text: str, inside: Path) -> bool:
    """Write a text file below the folder ``inside``, whole and through no link (``generator.build.safe_files``).

    Returns False, and does not touch the file, if it has this text already.
    """
    return write_whole(path, text.encode("utf-8"), inside)
