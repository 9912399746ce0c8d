"""Writes drafts and reviews into entries. Text that a person wrote is never replaced."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.codec.decode import decode
from generator.drafting.answer import FIELDS
from generator.drafting.drafter import Draft
from generator.drafting.prompt import Prompt
from generator.drafting.reading import SourceText
from generator.model.paper import Paper
from generator.model.provenance import WriterKind
from generator.model.record import RawRecord
from generator.store import yaml_write
from generator.store.entries import FIELDS as ORDER
from generator.store.entries import Entry, parts_of, read_entries, set_values, write_file
from generator.store.layout import schema_reference


def unwritten_papers(content: Path) -> dict[str, Paper]:
    """Return the entries by id, including those whose texts and topics are still empty."""
    papers = {}
    for entry in read_entries(content)[0]:
        # Templates contain empty fields, which the codec rejects.
        raw: RawRecord = {name: value for name, value in entry.raw.items() if value not in ("", [])}
        paper, _ = decode(Paper, {"topics": [], **raw, "id": entry.id})
        if paper is not None:
            papers[paper.id] = paper
    return papers


def no_entry(ids: Sequence[str]) -> str:
    """Return the message for ids that no entry has."""
    listed = ", ".join(ids)
    return f"no entry has the id {listed} (its file's name without .yaml); digest check reports unreadable files"


def needs_person(paper: Paper, *, rewrite: bool) -> str:
    """Return the reason why a model may not write an entry's text, or ''."""
    by = paper.summary_by
    has_text = any(getattr(paper, field) for field in FIELDS)
    if by is None:
        return "its text has no recorded writer, so it counts as a person's" if has_text else ""
    if by.kind is not WriterKind.AI or by.reviewed_by:
        return f"a person wrote or reviewed its text ({by.reviewed_by or by.kind.value})"
    return "" if rewrite or not has_text else "a model wrote its text; use --rewrite to replace it"


@dataclass(frozen=True)
class DraftedEntry:
    """The entry of a paper in the content folder."""

    content: Path
    paper: Paper

    @property
    def path(self) -> str:
        """The path of the entry in the content folder."""
        return self._entry.path

    @property
    def raw(self) -> RawRecord:
        """The fields of the entry as written in its file."""
        return self._entry.raw

    @property
    def _entry(self) -> Entry:
        return next(entry for entry in read_entries(self.content)[0] if entry.id == self.paper.id)

    def write(self, draft: Draft, source: SourceText, prompt: Prompt, model: str, today: date) -> str:
        """Write a draft. Returns the names of the written fields as text."""
        reading: RawRecord = {"what": source.what, "url": source.url, "version": source.version}
        by: RawRecord = {
            "kind": WriterKind.AI.value,
            "model": model,
            "date": today.isoformat(),
            "of": {**{name: value for name, value in reading.items() if value}, "sha256": source.sha256},
            "prompt": prompt.sha256,
            "gates": draft.gates,
        }
        values: RawRecord = {field: dict(text) for field in FIELDS if (text := draft.localized(field))}
        lists = {"topics": draft.topics, "tags": draft.tags, "asked_as": draft.asked_as}
        for name, items in lists.items():
            if items and not getattr(self.paper, name):
                values[name] = list(items)
        gone = [field for field in FIELDS if field not in values]
        self.put({**values, **({"summary_by": by} if values else {})}, gone)
        return f"drafted {', '.join(values) or 'nothing'}"

    def put(self, values: RawRecord, gone: list[str]) -> None:
        """Write fields into the entry and remove those in ``gone``. Comments above the entry are kept."""
        entry = self._entry
        raw = {name: value for name, value in {**entry.raw, **values}.items() if name not in gone}
        path = self.content / entry.path
        if entry.line:
            parts = parts_of(path.read_bytes(), entry)
            parts[entry.part] = _row(parts[entry.part], values, gone)
            write_file(path, "\n".join(parts), self.content)
            return
        ordered = {name: raw[name] for name in ORDER if name in raw}
        text = yaml_write.write(ordered, schema_reference(entry.path))
        # The writer drops comments and adds its own schema reference, so the other comments are put back below it.
        head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
        own = "".join(f"{line}\n" for line in head if "yaml-language-server" not in line)
        first, _, rest = text.partition("\n")
        write_file(path, f"{first}\n{own}{rest}", self.content)


def _row(part: str, values: RawRecord, gone: list[str]) -> str:
    row = set_values(json.loads(part.removeprefix("\ufeff"), parse_float=str), {})
    row = {name: value for name, value in {**row, **values}.items() if name not in gone}
    return json.dumps(row, ensure_ascii=False) + ("\r" if part.endswith("\r") else "")
