"""The state of a review: a person's verdict on each sentence of a draft, and the resulting entry."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.commands.draft_entry import DraftedEntry
from generator.drafting.answer import Claim
from generator.drafting.evidence import Evidence, Reviewed, store_evidence
from generator.drafting.gates import Context, sentence_faults
from generator.drafting.reading import SourceText
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
    def open_places(self) -> list[tuple[str, str, int, int]]:
        """The positions of the sentences without a verdict."""
        return [place for place in self.evidence.places() if not self.evidence.sentence(place).verdict]

    def decide(self, place: tuple[str, str, int, int], verdict: str, text: str = "") -> list[str]:
        """Save a verdict. Returns the remarks of the gates on an edited sentence, which the reviewer may ignore."""
        before = self.evidence.sentence(place)
        changed = text.strip() if verdict == "edit" else before.text
        if not changed:
            return ["there is no new text; reject leaves a sentence out"]
        if verdict != "reject":
            # Text that was edited before stays marked as edited, even if it is accepted now.
            verdict = "edit" if changed != before.text or before.verdict == "edit" else "accept"
        sentence = Reviewed(text=changed, evidence=before.evidence, verdict=verdict)
        self.evidence = self.evidence.with_sentence(place, sentence)
        store_evidence(self.folder, self.evidence)
        return self.remarks(place) if verdict == "edit" else []

    def remarks(self, place: tuple[str, str, int, int]) -> list[str]:
        """Return the remarks of the gates on the current text of a sentence."""
        sentence = self.evidence.sentence(place)
        source = SourceText(self.evidence.what, self.evidence.source)
        known = " ".join((self.paper.title, *self.paper.other_titles, *self.paper.keywords))
        claim = Claim(text=sentence.text, evidence=sentence.evidence)
        return list(sentence_faults(claim, place[0], Context(source, known, (place[0],))))

    def finish(self, *, vouched: bool) -> str:
        """Write the remaining sentences into the entry. Returns a message."""
        values: RawRecord = {}
        gone, empty = [], []
        for field in dict.fromkeys(field for fields in self.evidence.texts.values() for field in fields):
            text = {language: left for language in self.evidence.texts if (left := self._left(language, field))}
            empty += [f"{field} ({language})" for language in self.evidence.texts if language not in text]
            if text:
                values[field] = dict(text)
            else:
                gone.append(field)
        verdicts = {self.evidence.sentence(place).verdict for place in self.evidence.places()}
        by = self._writer(edited=bool(verdicts & {"edit", "reject"}), vouched=vouched)
        DraftedEntry(self.content, self.paper).put({**values, "summary_by": by}, gone)
        outcome = f"reviewed by {self.by}" if vouched else "written without a review: not everything was confirmed"
        following = "digest check, then digest build" if vouched else "the same command asks again"
        missing = f"; empty: {', '.join(empty)}" if empty else ""
        return f"{self.paper.id}: {outcome}{missing}; next: {following}"

    def _left(self, language: str, field: str) -> str:
        paragraphs = self.evidence.texts[language].get(field, ())
        remaining = ([sentence.text for sentence in part if sentence.verdict != "reject"] for part in paragraphs)
        return "\n\n".join(" ".join(sentences) for sentences in remaining if sentences)

    def _writer(self, *, edited: bool, vouched: bool) -> RawRecord:
        entry = DraftedEntry(self.content, self.paper)
        recorded = entry.raw.get("summary_by")
        by: RawRecord = dict(recorded) if isinstance(recorded, dict) else {}
        if edited:
            by = {**by, "kind": WriterKind.AI_EDITED.value, "date": date.today().isoformat()}
        if vouched:
            pledges = ", ".join(name for name, _ in PLEDGES)
            by = {**by, "reviewed_by": self.by, "review": f"{pledges}; {date.today().isoformat()}"}
        order = ("kind", "model", "version", "date", "of", "prompt", "gates", "newer_version", "reviewed_by", "review")
        return {name: by[name] for name in order if name in by}
