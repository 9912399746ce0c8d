"""The digest's own text on a paper in each of its languages, and a description of who wrote it."""

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
# Codes of ``DIGITAL_SOURCES``; an edited text is a composite with parts by a model.
_DIGITAL_SOURCES = {
    WriterKind.AI: "trainedAlgorithmicMedia",
    WriterKind.AI_EDITED: "compositeWithTrainedAlgorithmicMedia",
    WriterKind.HUMAN: "digitalCreation",
}
DIGITAL_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
"""The IPTC vocabulary for how a digital text was made."""

_NUMBERED = re.compile(r"v[0-9]+")  # versions of arXiv, which have an order; others are only names


@record
class OwnText:
    """The text in one language. Missing parts are ''."""

    language: str
    tldr: str
    summary: str
    significance: str
    limitations: str


def own_texts(paper: Paper, digest_language: str) -> tuple[OwnText, ...]:
    """The text in each of its languages; ``digest_language`` comes first."""
    fields = (paper.tldr, paper.summary, paper.significance, paper.limitations)
    languages = {key or digest_language for field in fields if field for key in field}
    return tuple(
        OwnText(
            language=language,
            tldr=_in_exactly(paper.tldr, language, digest_language),
            summary=_in_exactly(paper.summary, language, digest_language),
            significance=_in_exactly(paper.significance, language, digest_language),
            limitations=_in_exactly(paper.limitations, language, digest_language),
        )
        for language in sorted(languages, key=lambda language: (language != digest_language, language))
    )


def _in_exactly(field: Mapping[str, str] | None, language: str, digest_language: str) -> str:
    # Unlike ``in_language``, without a substitute: each text stays in one language.
    return {key or digest_language: value for key, value in field.items()}.get(language, "") if field else ""


def disclosure(by: SummaryBy | None, words: Words = ENGLISH) -> str:
    """A short statement of who wrote the text and whether a person reviewed it, for the top of the page."""
    if by is None:
        return words.say("Writer of this summary not recorded")
    writer = words.say(_SHORT_WRITERS[by.kind])
    if by.reviewed_by:
        return f"{writer}, {words.say('reviewed by {name}', name=by.reviewed_by)}"
    # A text that a person wrote or edited had a reader already, so only a model's text is marked.
    return f"{writer}, {words.say('not reviewed')}" if by.kind is WriterKind.AI else writer


def short_disclosure(by: SummaryBy | None, words: Words = ENGLISH) -> str:
    """The label that lists show for a text by a language model; '' for other texts."""
    if by is None or by.kind is WriterKind.HUMAN:
        return ""
    return words.say("AI text, reviewed") if by.reviewed_by else words.say("AI text")


def digital_source(by: SummaryBy | None) -> str:
    """The code for how the text was made, in the vocabulary ``DIGITAL_SOURCES``; '' if that is not recorded."""
    return _DIGITAL_SOURCES[by.kind] if by else ""


def written_by(paper: Paper, words: Words = ENGLISH) -> str:
    """Who wrote the text, when and from what. Missing facts are stated as not recorded, never assumed."""
    by = paper.summary_by
    if by is None:
        return words.say("The writer is not recorded.")
    source = (
        words.say("Based on: {version}.", version=", ".join(map(_read, by.of)))
        if by.of
        else words.say("The version that it is based on is not recorded.")
    )
    return " ".join(filter(None, (_writer(by, words), source, stale(by, words), _review(by, words))))


def stale(by: SummaryBy, words: Words = ENGLISH) -> str:
    """A note on the version of the paper that is newer than the text, or ''."""
    if not by.newer_version:
        return ""
    new = by.newer_version.removeprefix("v")
    # Other readings, such as "camera-ready", are no numbered version that one could compare.
    old = next((reading.version for reading in by.of if reading.version and _NUMBERED.fullmatch(reading.version)), "")
    if old:
        text = words.say("Written from version {old}; version {new} is available.", old=old.removeprefix("v"), new=new)
    else:
        text = words.say("Version {new} of the paper has appeared since.", new=new)
    return text


def collection_written_by(by: SummaryBy, words: Words = ENGLISH) -> str:
    """Who wrote a collection and when. It has no single source, so none is named."""
    return f"{_writer(by, words)} {_review(by, words)}"


def _writer(by: SummaryBy, words: Words) -> str:
    writer = words.say(_WRITERS[by.kind]) + (f" ({_model(by, words)})" if by.model else "")
    return f"{writer}{f', {day_name(by.date, words)}' if by.date else ''}."


def _review(by: SummaryBy, words: Words) -> str:
    if by.reviewed_by:
        return words.say("Reviewed by {name}.", name=by.reviewed_by)
    return words.say("No review by a person is recorded.")


def _model(by: SummaryBy, words: Words) -> str:
    if by.version:
        return f"{by.model} {by.version}"
    return words.say("{model}, version not recorded", model=by.model)


def _read(reading: Reading) -> str:
    return f"{reading.what} ({reading.version})" if reading.version else reading.what
