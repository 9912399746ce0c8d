"""The Markdown copies of pages, for people and language models, and ``llms.txt`` (https://llmstxt.org/).

The copy of a paper's page is written from a template. The copy of any other page is its source without the theme's
markup.
"""

import re
from itertools import islice

from jinja2 import Environment

from generator.build.export_templates import make_environment
from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.paper_texts import PaperTexts
from generator.model import site_paths
from generator.model.own_text import own_texts, writer_line
from generator.text.escape import for_markdown, single_blank_lines

NEWEST = 50  # papers that ``llms.txt`` lists


class MarkdownWriter:
    """The Markdown copies of papers' pages, and ``llms.txt``."""

    def __init__(self, texts: PaperTexts) -> None:
        self._texts, self.inputs = texts, texts.inputs
        self.inputs.register(self)
        self._environment = _environment(texts)

    def paper_copy(self, paper_id: str) -> File:
        """Return ``index.md`` of a paper's page."""
        texts, settings = self._texts, self._texts.settings
        paper = texts.catalog.papers[paper_id]
        text = self._environment.get_template("paper.md.j2").render(
            paper=paper,
            reference=texts.reference(paper_id),
            url=f"{settings.site_url}{site_paths.paper(paper_id)}/",
            texts=own_texts(paper, settings.language),
            written_by=writer_line(paper, settings.words),
            bibtex=texts.bibtex(paper_id),
        )
        return text_file(f"{site_paths.paper(paper_id)}/index.md", text)

    def llms(self) -> File:
        """Return ``llms.txt``."""
        text = self._environment.get_template("llms.txt.j2").render(
            total=len(self._texts.catalog.papers), editions=self.editions(), newest=self.newest()
        )
        return text_file("llms.txt", text)

    @query
    def editions(self) -> tuple[tuple[str, str, int], ...]:
        """All editions: name, site path, and number of papers."""
        catalog = self._texts.catalog
        return tuple(
            (entry.name, site_paths.edition(entry), len(catalog.papers_by_edition.get(edition_id, ())))
            for edition_id, entry in catalog.editions.items()
        )

    @query
    def newest(self) -> tuple[tuple[str, str], ...]:
        """The newest papers: title and site path."""
        papers = islice(self._texts.catalog.papers.values(), NEWEST)
        return tuple((paper.title, site_paths.paper(paper.id)) for paper in papers)


def _environment(texts: PaperTexts) -> Environment:
    environment = make_environment(texts.theme, for_markdown, texts.settings.words, texts.inputs)
    environment.globals["site"] = texts.settings
    return environment


# These patterns match only markup of the theme: in the source of a page, text of entries has entities for `<` and `{`.
_COUNT = re.compile(r'<span class="count">([^<]*)</span>')  # a number of papers, or the name of an edition
# Elements that are useless in Markdown: pictures, forms, buttons, the links to edit a page, and search facets.
# ``(?!<\1\b)`` stops at a second start tag: text after an element without an end tag remains.
_USELESS = re.compile(
    r"<(svg|form|button)\b(?:(?!<\1\b).)*?</\1>|<nav class=.page-links(?:(?!<nav).)*?</nav>"
    r"|<details class=.facets-all(?:(?!<details).)*?</details>",
    re.DOTALL,
)
# ``<h3 class="card-title">``, ``<a href="URL">TITLE</a> STATUS`` and ``</h3>``, a line each: the heading of a card.
_CARD_TITLE = re.compile(r'<h3 class="card-title"[^>]*>\n<a href="([^"]*)">(.*?)</a>(.*)\n</h3>')
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTES = re.compile(r"\{ [.#:a-z][^{}]*\}")  # such as `{ .lead }` and `{ #years }`
_PLACEHOLDER = "\0"  # texts never contain this character


def has_markdown_copy(path: str) -> bool:
    """Whether ``markdown_copy`` makes the copy of the page at ``path``. Those of papers are made from a template."""
    site_path = path.removesuffix("index.md").rstrip("/")
    return site_paths.has_markdown(site_path) and not site_path.startswith("papers/")


def markdown_copy(path: str, source: str) -> File:
    """Return ``index.md`` of the page at ``path``; ``source`` is the Markdown from which MkDocs makes the page."""
    text = source.partition("\n---\n")[2]  # without the front matter
    text = _COUNT.sub(lambda match: f"({match[1]})" if match[1] else "", text)
    text = _CARD_TITLE.sub(r"### [\2](\1)\3", text)
    text = _ATTRIBUTES.sub(_PLACEHOLDER, _TAG.sub("", _USELESS.sub("", text)))
    # Removes a space before attributes too. In the pattern, a leading space would be slow.
    text = text.replace(f" {_PLACEHOLDER}", "").replace(_PLACEHOLDER, "")
    return text_file(path, single_blank_lines(text))
