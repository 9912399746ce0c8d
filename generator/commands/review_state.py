"""The state of a review: a person's verdict on each sentence of a draft, and the resulting entry.

The *gates* are the automatic checks of sentences (`drafting/gates.py`), for example for numbers that the source lacks.
"""

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
"""The name of each pledge, and the question with which the reviewer confirms it at the end."""


@dataclass
class Review:
    """A review in progress by ``reviewer``. ``content`` is the content folder.

    Each verdict is saved in ``evidence_folder`` at once, so the review can be interrupted and continued.
    """

    paper: Paper
    content: Path
    evidence_folder: Path
    reviewer: str
    evidence: Evidence

    @property
    def open_positions(self) -> list[Position]:
        """The positions of the sentences without a verdict."""
        return [position for position in self.evidence.positions() if not self.evidence.sentence(position).verdict]

    def decide(self, position: Position, verdict: str, text: str = "") -> list[str]:
        """Save a verdict: ``accept``, ``reject``, or ``edit`` with the new ``text``.

        Returns what the gates find wrong with an edited sentence. The reviewer may ignore that. If the new text is
        empty, nothing is saved, and a message says so.
        """
        before = self.evidence.sentence(position)
        new_text = text.strip() if verdict == "edit" else before.text
        if not new_text:
            return ["there is no new text; to leave a sentence out, reject it"]
        if verdict != "reject":
            # A sentence that was edited earlier remains edited if it is accepted now.
            verdict = "edit" if new_text != before.text or before.verdict == "edit" else "accept"
        sentence = ReviewedSentence(text=new_text, evidence=before.evidence, verdict=verdict)
        self.evidence = self.evidence.with_sentence(position, sentence)
        save_evidence(self.evidence_folder, self.evidence)
        return self.remarks(position) if verdict == "edit" else []

    def remarks(self, position: Position) -> list[str]:
        """Return what the gates find wrong with the current text of a sentence."""
        sentence = self.evidence.sentence(position)
        source = SourceText(self.evidence.what, self.evidence.source)  # ``what``: ``abstract`` or ``full text``
        known_text = " ".join((self.paper.title, *self.paper.other_titles, *self.paper.keywords))
        # The gates check an edited sentence in the same way as a sentence of the model.
        claim = Claim(text=sentence.text, evidence=sentence.evidence)
        return list(sentence_faults(claim, position.language, Context(source, known_text, (position.language,))))

    def finish(self, *, confirmed: bool) -> str:
        """Write the sentences that were not rejected into the entry. Returns a message.

        ``confirmed`` says whether the reviewer confirmed all pledges. Otherwise the entry does not name the reviewer.
        """
        values: RawRecord = {}
        removed, missing = [], []
        # ``evidence.texts`` contains texts by language and field. Each field is written once, with all its languages.
        for field in dict.fromkeys(field for fields in self.evidence.texts.values() for field in fields):
            texts = {language: self._remaining_text(language, field) for language in self.evidence.texts}
            text = {language: part for language, part in texts.items() if part}
            missing += [f"{field} ({language})" for language in texts if language not in text]
            if text:
                values[field] = dict(text)
            else:
                removed.append(field)
        verdicts = {self.evidence.sentence(position).verdict for position in self.evidence.positions()}
        summary_by = self._summary_by(edited=bool(verdicts & {"edit", "reject"}), confirmed=confirmed)
        DraftedEntry(self.content, self.paper).update({**values, "summary_by": summary_by}, removed)
        outcome = (
            f"reviewed by {self.reviewer}" if confirmed else "written without a review: not everything was confirmed"
        )
        next_step = "digest check, then digest build" if confirmed else "the same command asks again"
        empty_fields = f"; empty: {', '.join(missing)}" if missing else ""
        return f"{self.paper.id}: {outcome}{empty_fields}; next: {next_step}"

    def _remaining_text(self, language: str, field: str) -> str:
        """Return the sentences of a field that were not rejected, with empty lines between paragraphs."""
        paragraphs = self.evidence.texts[language].get(field, ())
        remaining = (
            [sentence.text for sentence in paragraph if sentence.verdict != "reject"] for paragraph in paragraphs
        )
        return "\n\n".join(" ".join(sentences) for sentences in remaining if sentences)

    def _summary_by(self, *, edited: bool, confirmed: bool) -> RawRecord:
        """Return the field ``summary_by`` of the reviewed entry."""
        recorded = DraftedEntry(self.content, self.paper).raw.get("summary_by")
        fields: RawRecord = dict(recorded) if isinstance(recorded, dict) else {}
        for name in ("reviewed_by", "review"):  # of an earlier review, after which sentences may have changed
            fields.pop(name, None)
        today = date.today().isoformat()
        if edited:  # the date of a text that was not edited remains that of the draft
            fields |= {"kind": WriterKind.AI_EDITED.value, "date": today}
        if confirmed:
            pledges = ", ".join(name for name, _ in PLEDGES)
            fields |= {"reviewed_by": self.reviewer, "review": f"{pledges}; {today}"}
        order = ("kind", "model", "version", "date", "of", "prompt", "gates", "newer_version", "reviewed_by", "review")
        return {name: fields[name] for name in order if name in fields}
