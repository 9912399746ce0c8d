"""The evidence of drafts: kept outside the repository, never published, shown by ``digest review``."""

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from generator.build.safe_files import read_at_most, write_whole
from generator.build.tracked import is_tracked
from generator.drafting.answer import Claim
from generator.drafting.drafter import Draft
from generator.drafting.reading import SourceText

FOLDER = Path(".cache/evidence")
_SIZE_MOST = 4 * 1024 * 1024


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Reviewed(_Kept):
    """A sentence in a review: ``verdict`` is '' (open), ``accept``, ``edit`` or ``reject``; ``text`` as it is now."""

    text: str
    evidence: tuple[str, ...]
    verdict: str = ""


class Evidence(_Kept):
    """What a draft rests on: its source, and by language and field each paragraph's sentences with their passages.

    ``failed`` has the reasons why fields are empty.
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
        """Where each sentence stands: language, field, paragraph, place."""
        return [
            (language, field, number, place)
            for language, fields in self.texts.items()
            for field, paragraphs in fields.items()
            for number, paragraph in enumerate(paragraphs)
            for place in range(len(paragraph))
        ]

    def at(self, place: tuple[str, str, int, int]) -> Reviewed:
        """The sentence at a place."""
        language, field, number, position = place
        return self.texts[language][field][number][position]

    def with_sentence(self, place: tuple[str, str, int, int], sentence: Reviewed) -> "Evidence":
        """The same with another sentence at a place."""
        language, field, number, position = place
        paragraphs = [list(paragraph) for paragraph in self.texts[language][field]]
        paragraphs[number][position] = sentence
        fields = {**self.texts[language], field: tuple(map(tuple, paragraphs))}
        return self.model_copy(update={"texts": {**self.texts, language: fields}})


def evidence_of(paper: str, source: SourceText, draft: Draft) -> Evidence:
    """The evidence of a draft."""
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


def keep_evidence(folder: Path, evidence: Evidence) -> None:
    """Keep the evidence of a draft; a file is the old one or the new one, never half."""
    write_whole(evidence_file(folder, evidence.paper), evidence.model_dump_json(indent=1).encode(), folder)


def kept_evidence(folder: Path, paper: str) -> Evidence | None:
    """The evidence of a paper's draft, or None."""
    try:
        return Evidence.model_validate_json(read_at_most(evidence_file(folder, paper), _SIZE_MOST))
    except (OSError, ValidationError):
        return None


def kept_sources(folder: Path) -> Mapping[str, str]:
    """The sources that are kept, by paper; none in a folder that git tracks, which a pull request may have added."""
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
    """The file that has the evidence of a paper's draft."""
    return folder / f"{paper}.json"
