"""The texts of a paper for comparison with others, as plain text."""

from typing import NamedTuple

from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.text.markup import prose_plain
from generator.text.maths import to_plain


def title_of(paper: Paper) -> str:
    """The title alone: a new entry has no other text."""
    return to_plain(paper.title)


def short_text(paper: Paper, own: str) -> str:
    """Title, one sentence and keywords, in the digest's ``own`` language."""
    return "\n".join((title_of(paper), to_plain(in_language(paper.tldr, own, own)), *paper.keywords))


class Compared(NamedTuple):
    """The texts of a paper for comparison, in one language, with their markup."""

    title: str
    tldr: str
    summary: str
    keywords: tuple[str, ...]


def compared_text(paper: Paper, own: str) -> Compared:
    """The texts of ``paper`` in the digest's ``own`` language."""
    return Compared(
        paper.title, in_language(paper.tldr, own, own), in_language(paper.summary, own, own), tuple(paper.keywords)
    )


def whole_text(text: Compared) -> str:
    """All texts of a paper; the title twice, since its words matter most."""
    title = to_plain(text.title)
    return "\n".join((title, title, to_plain(text.tldr), prose_plain(text.summary), *text.keywords))
