"""What a digest tells of a paper, as plain words to be compared."""

from generator.model.paper import Paper
from generator.model.values import in_language
from generator.text.markup import prose_plain
from generator.text.maths import to_plain

WORD = r"[^\W\d_][\w-]{2,}"
"""What counts as a word, as a regular expression."""


def title_of(paper: Paper) -> str:
    """The title alone, which is all that a new entry has."""
    return to_plain(paper.title)


def short_text(paper: Paper, own: str) -> str:
    """Title, one sentence and keywords, in the digest's ``own`` language."""
    return "\n".join((title_of(paper), to_plain(in_language(paper.tldr, own, own)), *paper.keywords))


def whole_text(paper: Paper, own: str) -> str:
    """Everything that is told of a paper; the title twice, since it says most."""
    title, summary = title_of(paper), prose_plain(in_language(paper.summary, own, own))
    return "\n".join((title, title, to_plain(in_language(paper.tldr, own, own)), summary, *paper.keywords))
