"""The evidence of drafts, shown by ``digest review`` and in reports.

It quotes the papers at length, so it is stored outside version control and never published.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.build.safe_files import is_tracked, read_at_most, write_whole
from generator.drafting.answer import Claim
from generator.drafting.drafter import Draft
from generator.drafting.source_text import SourceText
from generator.model.paper import Paper
from generator.text.escape import for_markdown

EVIDENCE_FOLDER = Path(".cache/evidence")
_MAX_SIZE = 4 * 1024 * 1024  # bytes


class _StoredModel(BaseModel):
    model_config = ConfigDict(frozen=True)


class Position(NamedTuple):
    """The position of a sentence in a draft. Paragraphs and sentences are numbered from 0."""

    language: str
    field: str
    paragraph: int
    sentence: int


class ReviewedSentence(_StoredModel):
    """A sentence in a review with its current text. ``verdict`` is '' (open), ``accept``, ``edit`` or ``reject``."""

    text: str
    evidence: tuple[str, ...]
    verdict: str = ""


class Evidence(_StoredModel):
    """The evidence of a draft of the entry ``paper``: the text of its source, and sentences with their passages.

    ``texts`` contains paragraphs of sentences by language and field. ``what`` is the kind of the source, ``abstract``
    or ``full text``; ``url``, ``version`` and ``left_out`` are those of the ``SourceText``. ``failed`` contains the
    reasons for each empty field, by language and field (``en tldr``), or by field for topics, tags and ``asked_as``.
    """

    paper: str
    source: str
    what: str
    url: str = ""
    version: str = ""
    left_out: tuple[str, ...] = ()
    texts: dict[str, dict[str, tuple[tuple[ReviewedSentence, ...], ...]]] = {}
    failed: dict[str, tuple[str, ...]] = {}

    def positions(self) -> list[Position]:
        """Return the position of each sentence, in order."""
        return [
            Position(language, field, paragraph_number, sentence_number)
            for language, fields in self.texts.items()
            for field, paragraphs in fields.items()
            for paragraph_number, paragraph in enumerate(paragraphs)
            for sentence_number in range(len(paragraph))
        ]

    def sentence(self, position: Position) -> ReviewedSentence:
        """Return the sentence at a position."""
        language, field, paragraph_number, sentence_number = position
        return self.texts[language][field][paragraph_number][sentence_number]

    def with_sentence(self, position: Position, sentence: ReviewedSentence) -> "Evidence":
        """Return a copy with ``sentence`` at a position."""
        language, field, paragraph_number, sentence_number = position
        paragraphs = [list(paragraph) for paragraph in self.texts[language][field]]
        paragraphs[paragraph_number][sentence_number] = sentence
        fields = {**self.texts[language], field: tuple(map(tuple, paragraphs))}
        return self.model_copy(update={"texts": {**self.texts, language: fields}})


def make_evidence(paper_id: str, source: SourceText, draft: Draft) -> Evidence:
    """Return the evidence of a draft."""
    return Evidence(
        paper=paper_id,
        source=source.text,
        what=source.what,
        url=source.url,
        version=source.version,
        left_out=source.left_out,
        texts={
            language: {
                field: tuple(tuple(map(_reviewed, paragraph)) for paragraph in paragraphs)
                for field, paragraphs in fields.items()
            }
            for language, fields in draft.texts.items()
        },
        failed={" ".join(filter(None, key)): reasons for key, reasons in draft.failed.items()},
    )


def _reviewed(claim: Claim) -> ReviewedSentence:
    return ReviewedSentence(text=claim.text.strip(), evidence=claim.evidence)


def save_evidence(folder: Path, evidence: Evidence) -> None:
    """Save the evidence of a draft in one step, so that a killed run never leaves half a file."""
    write_whole(evidence_path(folder, evidence.paper), evidence.model_dump_json(indent=1).encode(), folder)


def load_evidence(folder: Path, paper_id: str) -> Evidence | None:
    """Read the evidence of a paper's draft. Returns None if there is none, or if it is damaged."""
    try:
        return Evidence.model_validate_json(read_at_most(evidence_path(folder, paper_id), _MAX_SIZE))
    except (OSError, ValidationError):
        return None


def load_sources(folder: Path) -> Mapping[str, str]:
    """Return the texts of stored sources by id of the paper. Damaged files are left out.

    A folder that git tracks is ignored, because a pull request may have added it.
    """
    sources = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() and not is_tracked(folder) else ():
        try:
            record = json.loads(read_at_most(path, _MAX_SIZE))
        except (OSError, ValueError):
            continue
        if isinstance(record, dict) and isinstance(record.get("source"), str):
            sources[path.stem] = record["source"]
    return sources


def evidence_path(folder: Path, paper_id: str) -> Path:
    """Return the path of the file with the evidence of a paper's draft."""
    return folder / f"{paper_id}.json"


def draft_report(drafts: Sequence[tuple[Paper, Draft]]) -> str:
    """Return a report of drafts in Markdown, with the reasons for empty fields. Texts are untrusted and escaped."""
    lines = ["Drafts by a language model. Each sentence is beside the passage of the source that supports it.", ""]
    for paper, draft in drafts:
        lines += [f"## {for_markdown(paper.title)}", "", f"`{paper.id}`, gates: {for_markdown(draft.gates)}", ""]
        for language, fields in draft.texts.items():
            for field, paragraphs in fields.items():
                lines += [f"### {field} ({language})", "", "| sentence | evidence |", "|---|---|"]
                for claim in (claim for paragraph in paragraphs for claim in paragraph):
                    evidence = " … ".join(claim.evidence)
                    lines.append(f"| {_cell(claim.text)} | {_cell(evidence)} |")
                lines.append("")
        for key, reasons in sorted(draft.failed.items()):
            lines.append(f"- {' '.join(filter(None, key))} stays empty: {for_markdown('; '.join(reasons))}")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return for_markdown(" ".join(text.split()))  # this also encodes the bars that divide cells
