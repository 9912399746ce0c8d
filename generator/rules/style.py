"""Rules for the digest's own texts: what a program can check of content/STYLE.md, copied words, unsupported numbers.

All are warnings.
"""

from collections.abc import Iterator, Mapping

from generator.model.catalog import Content
from generator.model.paper import Paper, Status
from generator.model.problem import Problem
from generator.model.provenance import WriterKind
from generator.rules.problems import paper_problem
from generator.text import style
from generator.text.claims import shared_runs, unsupported_numbers
from generator.text.style import KNOWN_ACRONYMS

_WORD_RANGES: Mapping[str, tuple[int, int]] = {
    "tldr": (6, 35), "summary": (80, 160), "significance": (20, 60), "limitations": (15, 50),
}  # fmt: skip
"""The least and the greatest number of words by field. A formula counts as one word."""


def texts_are_complete(content: Content) -> Iterator[Problem]:
    """A paper has all four texts, each in the same languages. Removed papers are exempt."""
    for paper in content.papers:
        texts = _texts(paper)
        # '' stands for the digest's language, which rules do not know.
        languages = {language for by_language in texts.values() for language in by_language if language}
        missing = [
            f"{field} ({language})" if language else field
            for field, by_language in texts.items()
            for language in sorted((languages or {""}) - by_language.keys())
        ]
        if missing and paper.status is not Status.REMOVED:
            message = f"not written yet: {', '.join(missing)}"
            hint = "Write what is missing; content/STYLE.md says how."
            yield paper_problem(paper, "W401", message, hint)


def texts_have_their_length(content: Content) -> Iterator[Problem]:
    """The length of each text is within the limits of its field."""
    for paper, field, language, text in _every_text(content):
        count, (fewest, most) = style.count_words(text), _WORD_RANGES[field]
        if not fewest <= count <= most:
            yield _problem(
                paper, field, language, "W402", f"{count} words", f"Write {fewest} to {most} words; a formula is one."
            )


def summaries_have_paragraphs(content: Content) -> Iterator[Problem]:
    """A summary has two or three paragraphs."""
    for paper, field, language, text in _every_text(content):
        count = style.count_paragraphs(text)
        if field == "summary" and count not in (2, 3):
            message = f"{count} paragraph{'s' * (count != 1)}"
            hint = "Write two or three. Separate them by an empty line, or by two in a block after `>-`."
            yield _problem(paper, field, language, "W403", message, hint)


def texts_use_no_stock_phrases(content: Content) -> Iterator[Problem]:
    """Texts contain no stock openings, praise or fillers, such as *In this paper*."""
    for paper, field, language, text in _every_text(content):
        for phrase in style.stock_phrases(text, language):
            yield _problem(
                paper, field, language, "W404", f"the stock phrase '{phrase}'", "Leave it out; see content/STYLE.md."
            )


def tldrs_are_sentences(content: Content) -> Iterator[Problem]:
    """The tldr is one sentence, with a verb and a full stop."""
    for paper, field, language, text in _every_text(content):
        if field != "tldr":
            continue
        if not style.is_one_sentence(text):
            yield _problem(
                paper, field, language, "W405", "not one sentence", "Write one, and end it with a full stop."
            )
        if not style.has_verb(text, language):
            yield _problem(paper, field, language, "W406", "no verb", "Say what was found, not what it is about.")


def acronyms_are_explained(content: Content) -> Iterator[Problem]:
    """An acronym is spelled out at its first occurrence, unless it is a name."""
    for paper in content.papers:
        texts = _texts(paper)
        # Readers see all texts of a paper on one page, in this order, so the first one explains an acronym for all.
        names = KNOWN_ACRONYMS | _names_of_paper(paper)
        for language in sorted({language for by_language in texts.values() for language in by_language}):
            text_by_field = {field: texts[field][language] for field in texts if language in texts[field]}
            for acronym in style.unexplained_acronyms(list(text_by_field.values()), names):
                field = next(field for field, text in text_by_field.items() if acronym in style.acronyms(text))
                hint = f"Write 'its words ({acronym})' there; if it is a name, add it to the keywords."
                yield _problem(paper, field, language, "W407", f"{acronym} is not explained", hint)


def writers_are_named(content: Content) -> Iterator[Problem]:
    """``summary_by`` states who wrote the texts; for a model, also its name and the date."""
    for paper in content.papers:
        writer = paper.summary_by
        if writer is None and any(_texts(paper).values()):
            hint = "Write summary_by: with kind: human, ai-edited or ai."
            message = "the entry does not state who wrote the texts"
            yield paper_problem(paper, "W408", message, hint)
        elif writer is not None and writer.kind is not WriterKind.HUMAN and not (writer.model and writer.date):
            message = f"{'the model' if not writer.model else 'the day'} is not named"
            hint = "Add model: and date: below summary_by."
            yield paper_problem(paper, "W409", message, hint, "summary_by")


def texts_follow_their_abstract(content: Content) -> Iterator[Problem]:
    """A text copies no eight consecutive words of the entry's abstract, and all its numbers occur there."""
    for paper in content.papers:
        if paper.abstract:
            yield from _compare(paper, paper.abstract, "the abstract")


def texts_follow_their_source(content: Content, sources: Mapping[str, str]) -> Iterator[Problem]:
    """A text of an entry without an abstract copies nothing from the source of its draft, and all numbers occur there.

    ``sources`` has the stored texts of these sources, by paper id. The limits are those for abstracts.
    """
    for paper in content.papers:
        if not paper.abstract and paper.id in sources:
            yield from _compare(paper, sources[paper.id], "the source of its draft")


def _compare(paper: Paper, source: str, source_name: str) -> Iterator[Problem]:
    """Compare the texts of a paper with ``source``; ``source_name`` names it in messages."""
    # Words of title and keywords may be repeated: they are names and terms, not sentences of the authors.
    terms = " ".join((paper.title, *paper.other_titles, *paper.keywords))
    for field, by_language in _texts(paper).items():
        for language, text in by_language.items():
            for run in shared_runs(text, source, terms):
                hint = "Write it in your own words, as content/STYLE.md describes."
                yield _problem(paper, field, language, "W606", f"eight words of {source_name}: “{run} …”", hint)
            for number in unsupported_numbers(text, f"{source}\n{terms}", language or "en"):
                # Numbers in words are skipped: *one* and *second* have other meanings too.
                if any(character.isdigit() for character in number):
                    hint = "Check it in the paper, and leave it out if the source does not state it."
                    yield _problem(paper, field, language, "W607", f"{number} is not in {source_name}", hint)


def _names_of_paper(paper: Paper) -> set[str]:
    """The acronyms in a paper's title and keywords, which count as names."""
    lines = (paper.title, *paper.other_titles, *paper.keywords)
    return {name for line in lines for name in style.acronyms(line.replace("-", " "))}


def _texts(paper: Paper) -> dict[str, Mapping[str, str]]:
    """The four texts of a paper by field, each by language; '' as language stands for the digest's language."""
    return {field: getattr(paper, field) or {} for field in _WORD_RANGES}


def _every_text(content: Content) -> Iterator[tuple[Paper, str, str, str]]:
    """Yield paper, field, language and text of each text."""
    for paper in content.papers:
        for field, by_language in _texts(paper).items():
            for language, text in by_language.items():
                yield paper, field, language, text


def _problem(paper: Paper, field: str, language: str, code: str, message: str, hint: str) -> Problem:
    location = (field, language) if language else (field,)
    return paper_problem(paper, code, message, hint, *location)
