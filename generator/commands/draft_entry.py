"""Writes drafts and reviews into entries. Text that a person wrote is never replaced."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.codec.decode import decode
from generator.drafting.answer import FIELDS as TEXT_FIELDS
from generator.drafting.drafter import Draft
from generator.drafting.evidence import evidence_path, load_evidence
from generator.drafting.prompt import Prompt
from generator.drafting.source_text import SourceText
from generator.model.paper import Paper
from generator.model.provenance import WriterKind
from generator.model.record import RawRecord
from generator.store import yaml_write
from generator.store.entries import FIELDS as FIELD_ORDER
from generator.store.entries import Entry, read_entries, split_file, write_file
from generator.store.layout import schema_reference


def read_all_papers(content: Path) -> dict[str, Paper]:
    """Return the papers of all entries by id, including entries whose texts or topics are still empty."""
    papers = {}
    for entry in read_entries(content)[0]:
        # Unfinished entries contain empty fields, which the codec rejects.
        raw: RawRecord = {name: value for name, value in entry.raw.items() if value not in ("", [])}
        paper, _ = decode(Paper, {"topics": [], **raw, "id": entry.id})
        if paper is not None:
            papers[paper.id] = paper
    return papers


def unknown_ids_message(ids: Sequence[str]) -> str:
    """Return a message about ids that no entry has."""
    listed = ", ".join(ids)
    return f"no entry has the id {listed} (its file's name without .yaml); digest check reports unreadable files"


def reason_against_draft(paper: Paper, *, rewrite: bool) -> str:
    """Return the reason why a model may not write an entry's text, or ''."""
    writer = paper.summary_by
    has_text = any(getattr(paper, field) for field in TEXT_FIELDS)
    if writer is None:
        return "the writer of its text is not recorded, so it is treated as written by a person" if has_text else ""
    if writer.kind is not WriterKind.AI or writer.reviewed_by:
        return f"a person wrote or reviewed its text ({writer.reviewed_by or writer.kind.value})"
    return "" if rewrite or not has_text else "a model wrote its text; use --rewrite to replace it"


def reason_to_keep_review(folder: Path, paper_id: str) -> str:
    """Return the reason why a new draft would discard a person's verdicts in the evidence ``folder``, or ''."""
    evidence = load_evidence(folder, paper_id)
    verdicts = [evidence.sentence(position).verdict for position in evidence.positions()] if evidence else []
    if not any(verdicts):
        return ""
    count = f"{sum(map(bool, verdicts))} of {len(verdicts)} sentences have a person's verdict"
    path = evidence_path(folder, paper_id)
    return f"{count}: digest review {paper_id} continues with them; delete {path} to discard them"


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

    def write_draft(self, draft: Draft, source: SourceText, prompt: Prompt, model: str, today: date) -> str:
        """Write a draft into the entry. Returns a message with the written fields: ``drafted tldr, summary``."""
        source_fields: RawRecord = {"what": source.what, "url": source.url, "version": source.version}
        summary_by: RawRecord = {
            "kind": WriterKind.AI.value,
            "model": model,
            "date": today.isoformat(),
            "of": {**{name: value for name, value in source_fields.items() if value}, "sha256": source.short_hash},
            "prompt": prompt.short_hash,
            "gates": draft.gates,
        }
        values: RawRecord = {field: dict(text) for field in TEXT_FIELDS if (text := draft.localized(field))}
        lists = {"topics": draft.topics, "tags": draft.tags, "asked_as": draft.asked_as}
        for name, items in lists.items():
            if items and not getattr(self.paper, name):
                values[name] = list(items)
        # ``summary_by`` describes only this draft, so an older text of a field that failed is removed.
        removed = [field for field in TEXT_FIELDS if field not in values]
        self.update({**values, **({"summary_by": summary_by} if values else {})}, removed)
        return f"drafted {', '.join(values) or 'nothing'}"

    def update(self, values: RawRecord, removed: list[str]) -> None:
        """Write fields into the entry and delete those in ``removed``.

        A YAML file is written anew: lines that begin with ``#`` move above the entry, and other comments are lost.
        """
        entry = self._entry
        path = self.content / entry.path
        if entry.line:  # the entry is a row of a JSON Lines file
            parts = split_file(path.read_bytes(), entry)
            parts[entry.part_index] = _updated_row(parts[entry.part_index], values, removed)
            write_file(path, "\n".join(parts), self.content)
            return
        raw = {name: value for name, value in {**entry.raw, **values}.items() if name not in removed}
        ordered = {name: raw[name] for name in FIELD_ORDER if name in raw}
        text = yaml_write.to_yaml(ordered, schema_reference(entry.path))
        # ``to_yaml`` puts a schema reference in the first line and no other comments. They are added below it again.
        lines = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
        comments = "".join(f"{line}\n" for line in lines if "yaml-language-server" not in line)
        schema, _, rest = text.partition("\n")
        write_file(path, f"{schema}\n{comments}{rest}", self.content)


def _updated_row(part: str, values: RawRecord, removed: list[str]) -> str:
    """Return a row of a JSON Lines file with new fields, without a byte order mark. A carriage return is kept."""
    # parse_float=str keeps the last zero of an identifier that is written as a number, such as 2501.12340.
    row = {**json.loads(part.removeprefix("\ufeff"), parse_float=str), **values}
    row = {name: value for name, value in row.items() if name not in removed}
    return json.dumps(row, ensure_ascii=False) + ("\r" if part.endswith("\r") else "")
