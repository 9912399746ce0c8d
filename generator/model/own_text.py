"""The digest's own text on a paper in each of its languages, and statements of who wrote it."""

import re
from collections.abc import Mapping

from generator.model.paper import Paper
from generator.model.provenance import Reading, SummaryBy, WriterKind
from generator.model.record import record
from generator.text.words import ENGLISH, Words, day_name, translatable

_WRITERS = {
    WriterKind.AI: translatable("Written by a language model"),
    WriterKind.AI_EDITED: translatable("Written by a language model and edited by a person"),
    WriterKind.HUMAN: translatable("Written by a person"),
}
_SHORT_WRITERS = {
    WriterKind.AI: translatable("AI-written summary"),
    WriterKind.AI_EDITED: translatable("AI-written summary, edited by a person"),
    WriterKind.HUMAN: translatable("Summary written by a person"),
}
# Codes in ``DIGITAL_SOURCE_VOCABULARY``. An edited text counts as a composite, with parts by a model.
_DIGITAL_SOURCE_CODES = {
    WriterKind.AI: "trainedAlgorithmicMedia",
    WriterKind.AI_EDITED: "compositeWithTrainedAlgorithmicMedia",
    WriterKind.HUMAN: "digitalCreation",
}
DIGITAL_SOURCE_VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""The URL of the IPTC vocabulary for how a digital text was made. A code is appended to it."""

_NUMBERED_VERSION = re.compile(r"v[0-9]+")  # as on arXiv


@record
class OwnText:
    """The digest's own text on a paper in one language. Missing parts are ''."""

    language: str
    tldr: str
    summary: str
    significance: str
    limitations: str


def own_texts(paper: Paper, digest_language: str) -> tuple[OwnText, ...]:
    """Return the text in each of its languages; ``digest_language`` comes first."""
    fields = (paper.tldr, paper.summary, paper.significance, paper.limitations)
    languages = {code or digest_language for field in fields if field for code in field}
    return tuple(
        OwnText(
            language=language,
            tldr=_only_in_language(paper.tldr, language, digest_language),
            summary=_only_in_language(paper.summary, language, digest_language),
            significance=_only_in_language(paper.significance, language, digest_language),
            limitations=_only_in_language(paper.limitations, language, digest_language),
        )
        for language in sorted(languages, key=lambda language: (language != digest_language, language))
    )


def _only_in_language(field: Mapping[str, str] | None, language: str, digest_language: str) -> str:
    # ``in_language`` would substitute another language, but all parts of a text must be in one.
    return {code or digest_language: text for code, text in field.items()}.get(language, "") if field else ""


def disclosure(summary_by: SummaryBy | None, words: Words = ENGLISH) -> str:
    """Return a short statement of who wrote the text and whether a person reviewed it, for the top of the page."""
    if summary_by is None:
        return words.say("Writer of this summary not recorded")
    writer = words.say(_SHORT_WRITERS[summary_by.kind])
    if summary_by.reviewed_by:
        return f"{writer}, {words.say('reviewed by {name}', name=summary_by.reviewed_by)}"
    # A person has read a text that a person wrote or edited, so only a model's text is marked as not reviewed.
    return f"{writer}, {words.say('not reviewed')}" if summary_by.kind is WriterKind.AI else writer


def short_disclosure(summary_by: SummaryBy | None, words: Words = ENGLISH) -> str:
    """Return the label that lists show for a text by a language model; '' for other texts."""
    if summary_by is None or summary_by.kind is WriterKind.HUMAN:
        return ""
    return words.say("AI text, reviewed") if summary_by.reviewed_by else words.say("AI text")


def digital_source(summary_by: SummaryBy | None) -> str:
    """Return the code in ``DIGITAL_SOURCE_VOCABULARY`` for how the text was made; '' if that is not recorded."""
    return _DIGITAL_SOURCE_CODES[summary_by.kind] if summary_by else ""


def writer_line(paper: Paper, words: Words = ENGLISH) -> str:
    """Return who wrote the text, when and from what. Missing facts are stated as not recorded, never assumed."""
    summary_by = paper.summary_by
    if summary_by is None:
        return words.say("The writer is not recorded.")
    # The field ``of`` lists the texts that the writer read.
    source = (
        words.say("Based on: {version}.", version=", ".join(map(_reading_with_version, summary_by.of)))
        if summary_by.of
        else words.say("The version that it is based on is not recorded.")
    )
    newer_version = newer_version_note(summary_by, words)
    return " ".join(filter(None, (_writer(summary_by, words), source, newer_version, _review(summary_by, words))))


def newer_version_note(summary_by: SummaryBy, words: Words = ENGLISH) -> str:
    """Return a note on the version of the paper that is newer than the text, or ''."""
    if not summary_by.newer_version:
        return ""
    new = summary_by.newer_version.removeprefix("v")
    # Only numbers can be compared: other versions have names such as "camera-ready".
    versions = (reading.version for reading in summary_by.of if reading.version)
    old = next((version for version in versions if _NUMBERED_VERSION.fullmatch(version)), "")
    if old:
        return words.say("Written from version {old}; version {new} is available.", old=old.removeprefix("v"), new=new)
    return words.say("Version {new} of the paper has appeared since.", new=new)


def collection_writer_line(summary_by: SummaryBy, words: Words = ENGLISH) -> str:
    """Return who wrote a collection, when, and who reviewed it. A collection has no single source to name."""
    return f"{_writer(summary_by, words)} {_review(summary_by, words)}"


def _writer(summary_by: SummaryBy, words: Words) -> str:
    writer = words.say(_WRITERS[summary_by.kind]) + (f" ({_model(summary_by, words)})" if summary_by.model else "")
    return f"{writer}{f', {day_name(summary_by.date, words)}' if summary_by.date else ''}."


def _review(summary_by: SummaryBy, words: Words) -> str:
    if summary_by.reviewed_by:
        return words.say("Reviewed by {name}.", name=summary_by.reviewed_by)
    return words.say("No review by a person is recorded.")


def _model(summary_by: SummaryBy, words: Words) -> str:
    if summary_by.version:
        return f"{summary_by.model} {summary_by.version}"
    return words.say("{model}, version not recorded", model=summary_by.model)


def _reading_with_version(reading: Reading) -> str:
    """Return the name of a text that the writer read, such as ``abstract``, with its version."""
    return f"{reading.what} ({reading.version})" if reading.version else reading.what
