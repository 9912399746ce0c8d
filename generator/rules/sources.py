"""Compare the digest's texts with their source: the entry's abstract, or the stored source of a draft."""

from collections.abc import Iterator, Mapping

from generator.model.content import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.rules.finding import of_paper
from generator.text.claims import shared_runs, unsupported_numbers

_FIELDS = ("tldr", "summary", "significance", "limitations")


def texts_follow_their_abstract(content: Content) -> Iterator[Problem]:
    """A text copies no eight consecutive words of the entry's abstract, and all its numbers occur there."""
    for paper in content.papers:
        if paper.abstract:
            yield from _compared(paper, paper.abstract, "the abstract")


def texts_follow_their_source(content: Content, sources: Mapping[str, str]) -> Iterator[Problem]:
    """The same for stored sources of drafts, given by paper id."""
    for paper in content.papers:
        if not paper.abstract and paper.id in sources:
            yield from _compared(paper, sources[paper.id], "the source that it was drafted from")


def _compared(paper: Paper, source: str, name: str) -> Iterator[Problem]:
    known = " ".join((paper.title, *paper.other_titles, *paper.keywords))
    for field in _FIELDS:
        for language, text in (getattr(paper, field) or {}).items():
            location = (field, language) if language else (field,)
            for run in shared_runs(text, source, known):
                hint = "Write it in your own words, as content/STYLE.md describes."
                yield of_paper(paper, "W606", f"eight words of {name}: “{run} …”", hint, *location)
            for number in unsupported_numbers(text, f"{source}\n{known}", language or "en"):
                if any(character.isdigit() for character in number):
                    hint = "Check it in the paper, and leave it out if the source does not state it."
                    yield of_paper(paper, "W607", f"{number} is not in {name}", hint, *location)
