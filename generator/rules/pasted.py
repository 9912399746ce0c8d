"""Rules for traces of pasting in texts and lists: markup, capitals, extra spaces, duplicate values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Location
from generator.rules.problems import paper_problem, record_problem
from generator.text import maths

# entities (``&amp;``, ``&#228;``), and the tags that Crossref has in titles (``<i>``, ``<mml:math>``)
_HTML = re.compile(
    r"&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|</?(?:i|b|em|strong|sub|sup|tt|jats:\w+|mml:\w+)>", re.IGNORECASE
)
# commands with arguments (``\emph{``), accents (``\"o``), braces around capitals (``{Bayes}``), escaped signs (``\&``)
_LATEX = re.compile(r"\\[A-Za-z]+\s*\{|\\['\"`^~=.][A-Za-z{]|\{[A-Z][A-Za-z]*\}|\\(?:&|%|_)")
_SPACES = re.compile(r"\s{2,}")
# Markdown that texts cannot use: a heading, a quotation, a table, a code block, a footnote, an image, an HTML tag
_UNSUPPORTED_MARKDOWN = re.compile(
    r"^ {0,3}(#{1,6} |>|\|.+\||```|~~~|\[\^)|(!\[[^\[\]]*\]\()|(</?[a-z][a-z0-9]*[^<>]*>)", re.MULTILINE
)
_CODE = re.compile(r"`[^`\n]*`")
_MAX_STEPS = 5  # from a topic to its ancestors; three levels are allowed, and cycles have their own rule
_FULL_STOP = re.compile(r"[^.]\.$")  # not ``...``
_ABBREVIATION_AT_END = re.compile(r"\b(?:etc|vs|al|inc|[A-Z])\.$")  # also an initial: ``A Reply to Byron A.``
_SEVERAL_KEYWORDS = re.compile(r";|,\s.*,\s")  # ``a; b`` or ``a, b, c``


def one_line_texts_have_no_markup(content: Content) -> Iterator[Problem]:
    """Texts of one line, such as titles and names, contain no HTML or LaTeX outside formulas, and no double spaces."""
    for paper in content.papers:
        for location, text in _one_line_texts(paper):
            without_formulas = text
            if "$" in text:  # parsing takes long, and most texts have no formula
                without_formulas = "".join(part.text for part in maths.segments(text) if not part.is_maths)
            if match := _HTML.search(without_formulas):
                hint = "Write the character itself; delete tags for emphasis, and write subscripts as a formula."
                yield paper_problem(paper, "W381", f"the text contains {match[0]}", hint, *location)
            if match := _LATEX.search(without_formulas):
                hint = 'Write the character itself, e.g. ö for \\"{o}; put a formula between dollars.'
                yield paper_problem(paper, "W382", f"the text contains {match[0]}", hint, *location)
            if _SPACES.search(text):
                hint = "Keep one; `digest check --fix` does this."
                yield paper_problem(paper, "W385", "there are several spaces in a row", hint, *location)


def titles_have_usual_form(content: Content) -> Iterator[Problem]:
    """A title is not all in capitals and ends without a full stop."""
    for paper in content.papers:
        if paper.title.isupper() and len(paper.title.split()) > 2:
            yield paper_problem(paper, "W383", "the title is in capitals", "Write it as the paper does.", "title")
        if _FULL_STOP.search(paper.title) and not _ABBREVIATION_AT_END.search(paper.title):
            yield paper_problem(paper, "W384", "the title ends with a full stop", "Delete it.", "title")


def formulas_can_be_converted(content: Content) -> Iterator[Problem]:
    """Every formula is in the subset of LaTeX that `text/maths.py` converts to MathML. Pages show others as source."""
    one_line_texts = ((f"papers/{paper.id}", *text) for paper in content.papers for text in _one_line_texts(paper))
    for subject, location, text in chain(one_line_texts, _prose(content)):
        for part in maths.segments(text) if "$" in text else ():
            if part.is_maths and not maths.to_mathml(part.text):
                hint = "Use plain LaTeX commands; for a price, leave no second $ in the text."
                yield record_problem(
                    subject, "W386", f"the formula ${part.text[:60]}$ cannot be converted", hint, *location
                )


def prose_uses_allowed_markdown(content: Content) -> Iterator[Problem]:
    """Longer texts have no headings, quotes, tables, images, code blocks, footnotes or HTML: pages show the source."""
    for subject, location, text in _prose(content):
        # In inline code, readers see ``#`` and ``>`` as they are, so the search leaves it out.
        if match := _UNSUPPORTED_MARKDOWN.search(_CODE.sub("", text)):
            construct = next(group for group in match.groups() if group)  # the alternative that matched
            hint = "Use paragraphs, *emphasis*, `code`, [links](https://…), lists and $formulas$ only."
            yield record_problem(subject, "W387", f"{construct.strip()[:20]} would be shown as it is", hint, *location)


def values_are_listed_once(content: Content) -> Iterator[Problem]:
    """Keywords, awards, affiliations, aliases and other titles are listed once. Other titles differ from the title."""
    for paper in content.papers:
        lists: tuple[tuple[str, Sequence[str]], ...] = (
            ("keywords", paper.keywords), ("awards", paper.awards), ("affiliations", paper.affiliations),
            ("aliases", paper.aliases), ("other_titles", paper.other_titles),
        )  # fmt: skip
        for field, values in lists:
            earlier = {paper.title.casefold()} if field == "other_titles" else set()
            for index, value in enumerate(values):
                if value.casefold() in earlier:
                    yield paper_problem(paper, "W371", f"{field}: {value} is listed twice", "Delete one.", field, index)
                earlier.add(value.casefold())


def keywords_are_single(content: Content) -> Iterator[Problem]:
    """A keyword is a single word or phrase."""
    for paper in content.papers:
        for index, keyword in enumerate(paper.keywords):
            if _SEVERAL_KEYWORDS.search(keyword):
                hint = "Write one keyword per line, each after `- `."
                yield paper_problem(paper, "W373", "the value contains several keywords", hint, "keywords", index)


def topics_are_most_specific(content: Content) -> Iterator[Problem]:
    """A paper does not list the ancestors of its topics."""
    parents = {topic.id: topic.parent for topic in content.topics}
    for paper in content.papers:
        descendants: dict[str, str] = {}  # for each ancestor, the listed topic below it
        for topic in paper.topics:
            parent, steps = parents.get(topic), 0
            while parent and steps < _MAX_STEPS:
                descendants.setdefault(parent, topic)
                parent, steps = parents.get(parent), steps + 1
        for index, topic in enumerate(paper.topics):
            if topic in descendants:
                message = f"{topic} is above {descendants[topic]}, which is also listed"
                yield paper_problem(paper, "W372", message, f"Delete {topic}.", "topics", index)


def _one_line_texts(paper: Paper) -> Iterator[tuple[Location, str]]:
    """Yield the location and the text of title, names, keywords and other values of one line."""
    yield ("title",), paper.title
    for index, author in enumerate(paper.authors):
        yield ("authors", index), author.name
    for field in ("other_titles", "keywords", "affiliations", "awards"):
        for index, text in enumerate(getattr(paper, field)):
            yield (field, index), text
    for language, text in (paper.tldr or {}).items():
        yield ("tldr", language) if language else ("tldr",), text


def _prose(content: Content) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject (``papers/byron2025good``), the location and the text of each text that can have paragraphs."""
    for paper in content.papers:
        for field in ("summary", "significance", "limitations"):
            yield from _translations(f"papers/{paper.id}", getattr(paper, field), field)
    for collection in content.collections:
        subject = f"collections/{collection.id}"
        for field in ("intro", "conclusion", "disclosure"):
            yield from _translations(subject, getattr(collection, field), field)
        for index, item in enumerate(collection.items):
            yield from _translations(subject, item.note, "items", index, "note")
    for term in content.glossary:
        yield from _translations(f"glossary/{term.id}", term.definition, "definition")


def _translations(
    subject: str, text: Mapping[str, str] | None, *location: str | int
) -> Iterator[tuple[str, Location, str]]:
    """Yield the subject, the location and the text of each language of a field."""
    for language, translation in (text or {}).items():
        yield subject, (*location, language) if language else location, translation
