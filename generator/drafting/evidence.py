"""The evidence of drafts, shown by ``digest review`` and in reports. It is stored outside version control.

It is never published.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.build.safe_files import is_tracked, read_at_most, write_whole
from generator.drafting.answer import Claim
from generator.drafting.drafter import Draft
from generator.drafting.reading import SourceText
from generator.model.paper import Paper
from generator.text.escape import for_markdown

FOLDER = Path(".cache/evidence")
_SIZE_MOST = 4 * 1024 * 1024


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Reviewed(_Kept):
    """A sentence in a review with its current text. ``verdict`` is '' (open), ``accept``, ``edit`` or ``reject``."""

    text: str
    evidence: tuple[str, ...]
    verdict: str = ""


class Evidence(_Kept):
    """The evidence of a draft: its source, and by language and field the sentences with their passages.

    ``failed`` contains the reasons for empty fields.
    """

    paper: str
    source: str
    what: str
    url: str = ""
    version: str = ""
    left_out: tuple[str, ...] = ()
    texts: dict[str, dict[str, tuple[tuple[Reviewed, ...], ...]]] = {}
    failed: dict[str, tuple[str, ...]] = {}

    def places(self) -> list[tuple[str, str, int, int]]:
        """Return the position of each sentence: language, field, paragraph, sentence."""
        return [
            (language, field, number, position)
            for language, fields in self.texts.items()
            for field, paragraphs in fields.items()
            for number, paragraph in enumerate(paragraphs)
            for position in range(len(paragraph))
        ]

    def sentence(self, place: tuple[str, str, int, int]) -> Reviewed:
        """Return the sentence at a position."""
        language, field, number, position = place
        return self.texts[language][field][number][position]

    def with_sentence(self, place: tuple[str, str, int, int], sentence: Reviewed) -> "Evidence":
        """Return a copy with another sentence at a position."""
        language, field, number, position = place
        paragraphs = [list(paragraph) for paragraph in self.texts[language][field]]
        paragraphs[number][position] = sentence
        fields = {**self.texts[language], field: tuple(map(tuple, paragraphs))}
        return self.model_copy(update={"texts": {**self.texts, language: fields}})


def evidence_of(paper: str, source: SourceText, draft: Draft) -> Evidence:
    """Return the evidence of a draft."""
    return Evidence(
        paper=paper,
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
        failed={" ".join(filter(None, place)): reasons for place, reasons in draft.failed.items()},
    )


def _reviewed(claim: Claim) -> Reviewed:
    return Reviewed(text=claim.text.strip(), evidence=claim.evidence)


def store_evidence(folder: Path, evidence: Evidence) -> None:
    """Save the evidence of a draft in one step, so that a killed run never leaves half a file."""
    write_whole(evidence_file(folder, evidence.paper), evidence.model_dump_json(indent=1).encode(), folder)


def stored_evidence(folder: Path, paper: str) -> Evidence | None:
    """Read the evidence of a paper's draft. Returns None if there is none, or if it is damaged."""
    try:
        return Evidence.model_validate_json(read_at_most(evidence_file(folder, paper), _SIZE_MOST))
    except (OSError, ValidationError):
        return None


def stored_sources(folder: Path) -> Mapping[str, str]:
    """Return the stored sources by paper. A folder that git tracks is ignored: a pull request may have added it."""
    sources = {}
    for path in sorted(folder.glob("*.json")) if folder.is_dir() and not is_tracked(folder) else ():
        try:
            record = json.loads(read_at_most(path, _SIZE_MOST))
        except (OSError, ValueError):
            continue
        if isinstance(record, dict) and isinstance(record.get("source"), str):
            sources[path.stem] = record["source"]
    return sources


def evidence_file(folder: Path, paper: str) -> Path:
    """Return the path of the file with the evidence of a paper's draft."""
    return folder / f"{paper}.json"


def draft_report(drafts: Sequence[tuple[Paper, Draft]]) -> str:
    """Return all drafts, with the reasons for empty fields. All texts are untrusted, so they are escaped."""
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
        for place, reasons in sorted(draft.failed.items()):
            lines.append(f"- {' '.join(filter(None, place))} stays empty: {for_markdown('; '.join(reasons))}")
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return for_markdown(" ".join(text.split())).replace("|", "&#124;")
