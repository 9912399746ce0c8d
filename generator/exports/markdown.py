"""The digest for readers of Markdown, people and language models: a twin of each paper's page, and ``llms.txt``.

``llms.txt`` follows https://llmstxt.org/.
"""

from itertools import islice

from jinja2 import Environment

from generator.build.export_templates import make_environment
from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.paper_texts import PaperTexts
from generator.model import places
from generator.model.own_text import own_texts, written_by
from generator.text.escape import for_markdown

NEWEST = 50


class MarkdownWriter:
    """Writes the Markdown of one digest."""

    def __init__(self, texts: PaperTexts) -> None:
        self._texts, self.inputs = texts, texts.inputs
        self.inputs.register(self)
        self._environment = _environment(texts)

    def twin(self, paper_id: str) -> File:
        """``index.md`` beside a paper's page."""
        texts, settings = self._texts, self._texts.settings
        paper = texts.catalog.papers[paper_id]
        text = self._environment.get_template("paper.md.j2").render(
            paper=paper,
            reference=texts.reference(paper_id),
            url=f"{settings.site_url}{places.paper(paper_id)}/",
            texts=own_texts(paper, settings.language),
            written_by=written_by(paper, settings.words),
            bibtex=texts.bibtex(paper_id),
        )
        return text_file(f"{places.paper(paper_id)}/index.md", text)

    def llms(self) -> File:
        """``llms.txt``."""
        text = self._environment.get_template("llms.txt.j2").render(
            total=len(self._texts.catalog.papers), editions=self.editions(), newest=self.newest()
        )
        return text_file("llms.txt", text)

    @query
    def editions(self) -> tuple[tuple[str, str, int], ...]:
        """All editions: name, place, and number of papers."""
        catalog = self._texts.catalog
        return tuple(
            (entry.name, places.edition(entry), len(catalog.papers_by_edition.get(key, ())))
            for key, entry in catalog.editions.items()
        )

    @query
    def newest(self) -> tuple[tuple[str, str], ...]:
        """The newest papers: title and place."""
        papers = islice(self._texts.catalog.papers.values(), NEWEST)
        return tuple((paper.title, places.paper(paper.id)) for paper in papers)


def _environment(texts: PaperTexts) -> Environment:
    environment = make_environment(texts.theme, for_markdown, texts.settings.words, texts.inputs)
    environment.globals["site"] = texts.settings
    return environment
