"""The texts of a paper by which it is compared with others, as plain words."""

from typing import NamedTuple

from generator.model.localized import in_language
from generator.model.paper import Paper
from generator.text.markup import prose_plain
from generator.text.maths import to_plain


def title_of(paper: Paper) -> str:
    """The title alone, which is all that a new entry has."""
    return to_plain(paper.title)


def short_text(paper: Paper, own: str) -> str:
    """Title, one sentence and keywords, in the digest's ``own`` language."""
    return "\n".join((title_of(paper), to_plain(in_language(paper.tldr, own, own)), *paper.keywords))


class Compared(NamedTuple):
    """The texts of a paper by which it is compared with others, in one language, as they are written."""

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
    """All words of a paper; the title twice, since it says most."""
    title = to_plain(text.title)
    return "\n".join((title, title, to_plain(text.tldr), prose_plain(text.summary), *text.keywords))
