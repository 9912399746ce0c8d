"""Who wrote the digest's own text of a paper, in words. What an entry does not say is not recorded, never assumed."""

from generator.model.paper import Paper, WriterKind

_WRITERS = {
    WriterKind.AI: "written by a language model",
    WriterKind.AI_EDITED: "written by a language model and edited by a person",
    WriterKind.HUMAN: "written by a person",
}


def written_by(paper: Paper) -> str:
    """One or two sentences on writer, date, version and review of the text."""
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
