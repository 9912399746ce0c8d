"""The digest's own text on a paper: in each language it has, and who wrote it, in words."""

from collections.abc import Mapping

from generator.model.paper import Paper, WriterKind
from generator.model.record import record

_WRITERS = {
    WriterKind.AI: "written by a language model",
    WriterKind.AI_EDITED: "written by a language model and edited by a person",
    WriterKind.HUMAN: "written by a person",
}


@record
class OwnText:
    """The text in one language. What is not written in it is ''."""

    language: str
    tldr: str
    summary: str
    significance: str
    limitations: str


def own_texts(paper: Paper, own: str) -> tuple[OwnText, ...]:
    """The text in each language it has, ``own``, the digest's language, first."""
    fields = (paper.tldr, paper.summary, paper.significance, paper.limitations)
    spoken = {key or own for field in fields if field for key in field}
    return tuple(
        OwnText(
            language=language,
            tldr=_spoken(paper.tldr, language, own),
            summary=_spoken(paper.summary, language, own),
            significance=_spoken(paper.significance, language, own),
            limitations=_spoken(paper.limitations, language, own),
        )
        for language in sorted(spoken, key=lambda language: (language != own, language))
    )


def _spoken(field: Mapping[str, str] | None, language: str, own: str) -> str:
    return {key or own: value for key, value in field.items()}.get(language, "") if field else ""


def written_by(paper: Paper) -> str:
    """Who wrote the text, when and from what. What an entry does not say is not recorded, never assumed."""
    by = paper.summary_by
    if by is None:
        return "Who wrote this text is not recorded."
    parts = [f"This text was {_WRITERS[by.kind]}"]
    if by.model:
        parts.append(f"({by.model})")
    if by.date:
        parts.append(f"on {by.date.isoformat()}")
    parts.append(f"from the {by.of}." if by.of else "; from which version is not recorded.")
    sentence = " ".join(parts).replace(" ;", ";")
    return f"{sentence} Reviewed by {by.reviewed_by}." if by.reviewed_by else f"{sentence} No review is recorded."
