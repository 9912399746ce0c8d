"""The state of a review: a person's verdict on each sentence of a draft, and the resulting entry."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.commands.draft_entry import DraftedEntry
from generator.drafting.answer import Claim
from generator.drafting.evidence import Evidence, Position, ReviewedSentence, save_evidence
from generator.drafting.gates import Context, sentence_faults
from generator.drafting.source_text import SourceText
from generator.model.paper import Paper
from generator.model.provenance import WriterKind
from generator.model.record import RawRecord

PLEDGES = (
    ("accuracy", "Does every sentence that is left say what the paper says?"),
    ("plausibility", "Do numbers, units and comparisons make sense?"),
    ("sources", "Did you look at the passages in the paper itself where you were in doubt?"),
)
"""The questions that the reviewer confirms at the end."""


@dataclass
class Review:
    """A review in progress. Each verdict is saved at once, so the review can be interrupted and continued."""

    paper: Paper
    content: Path
    folder: Path
    by: str
    evidence: Evidence

    @property
    def open_positions(self) -> list[Position]:
        """The positions of the sentences without a verdict."""
        return [position for position in self.evidence.positions() if not self.evidence.sentence(position).verdict]

    def decide(self, position: Position, verdict: str, text: str = "") -> list[str]:
        """Save a verdict. Returns the remarks of the gates on an edited sentence, which the reviewer may ignore."""
        before = self.evidence.sentence(position)
        changed = text.strip() if verdict == "edit" else before.text
        if not changed:
            return ["there is no new text; reject leaves a sentence out"]
        if verdict != "reject":
            # Text that was edited before stays marked as edited, even if it is accepted now.
            verdict = "edit" if changed != before.text or before.verdict == "edit" else "accept"
        sentence = ReviewedSentence(text=changed, evidence=before.evidence, verdict=verdict)
        self.evidence = self.evidence.with_sentence(position, sentence)
        save_evidence(self.folder, self.evidence)
        return self.remarks(position) if verdict == "edit" else []

    def remarks(self, position: Position) -> list[str]:
        """Return the remarks of the gates on the current text of a sentence."""
        sentence = self.evidence.sentence(position)
        source = SourceText(self.evidence.what, self.evidence.source)
        known = " ".join((self.paper.title, *self.paper.other_titles, *self.paper.keywords))
        # The gates check an edited sentence like one of the model.
        claim = Claim(text=sentence.text, evidence=sentence.evidence)
        return list(sentence_faults(claim, position[0], Context(source, known, (position[0],))))

    def finish(self, *, confirmed: bool) -> str:
        """Write the remaining sentences into the entry. Returns a message."""
        values: RawRecord = {}
        removed, missing = [], []
        for field in dict.fromkeys(field for fields in self.evidence.texts.values() for field in fields):
            texts = {language: self._remaining_text(language, field) for language in self.evidence.texts}
            text = {language: part for language, part in texts.items() if part}
            missing += [f"{field} ({language})" for language in texts if language not in text]
            if text:
                values[field] = dict(text)
            else:
                removed.append(field)
        verdicts = {self.evidence.sentence(position).verdict for position in self.evidence.positions()}
        by = self._summary_by(edited=bool(verdicts & {"edit", "reject"}), confirmed=confirmed)
        DraftedEntry(self.content, self.paper).update({**values, "summary_by": by}, removed)
        outcome = f"reviewed by {self.by}" if confirmed else "written without a review: not everything was confirmed"
        next_step = "digest check, then digest build" if confirmed else "the same command asks again"
        note = f"; empty: {', '.join(missing)}" if missing else ""
        return f"{self.paper.id}: {outcome}{note}; next: {next_step}"

    def _remaining_text(self, language: str, field: str) -> str:
        paragraphs = self.evidence.texts[language].get(field, ())
        remaining = ([sentence.text for sentence in part if sentence.verdict != "reject"] for part in paragraphs)
        return "\n\n".join(" ".join(sentences) for sentences in remaining if sentences)

    def _summary_by(self, *, edited: bool, confirmed: bool) -> RawRecord:
        recorded = DraftedEntry(self.content, self.paper).raw.get("summary_by")
        by: RawRecord = dict(recorded) if isinstance(recorded, dict) else {}
        if edited:  # otherwise the text keeps the date of its draft
            by = {**by, "kind": WriterKind.AI_EDITED.value, "date": date.today().isoformat()}
        if confirmed:
            pledges = ", ".join(name for name, _ in PLEDGES)
            by = {**by, "reviewed_by": self.by, "review": f"{pledges}; {date.today().isoformat()}"}
        order = ("kind", "model", "version", "date", "of", "prompt", "gates", "newer_version", "reviewed_by", "review")
        return {name: by[name] for name in order if name in by}
