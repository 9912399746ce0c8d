"""The digest for readers of Markdown, people and language models: a twin of each paper's page, and ``llms.txt``.

``llms.txt`` follows https://llmstxt.org/.
"""

from functools import partial

from jinja2 import Environment

from generator.exports.paper_texts import PaperTexts
from generator.build.export_templates import make_environment
from generator.model import places
from generator.model.fingerprints import Fingerprints
from generator.model.own_text import own_texts, written_by
from generator.model.page import Draft
from generator.text.escape import for_markdown

NEWEST = 50


class MarkdownWriter:
    """Writes the Markdown of one digest."""

    def __init__(self, texts: PaperTexts, marks: Fingerprints) -> None:
        self._texts, self._marks = texts, marks
        self._environment = _environment(texts)
        self._twin = self._environment.get_template("paper.md.j2")

    def twin(self, paper_id: str) -> Draft:
        """``index.md`` beside a paper's page."""
        path = f"{places.paper(paper_id)}/index.md"
        return Draft(path=path, made_from=self._marks.paper(paper_id), write=partial(self._twin_text, paper_id))

    def llms(self) -> Draft:
        """``llms.txt``."""
        return Draft(path="llms.txt", made_from=self._marks.whole, write=self._llms_text)

    def _twin_text(self, paper_id: str) -> str:
        texts, settings = self._texts, self._texts.settings
        paper = texts.catalog.papers[paper_id]
        return self._twin.render(
            paper=paper,
            reference=texts.reference(paper_id),
            url=f"{settings.site_url}{places.paper(paper_id)}/",
            texts=own_texts(paper, settings.language),
            written_by=written_by(paper, settings.words),
            bibtex=texts.bibtex(paper_id),
        )

    def _llms_text(self) -> str:
        catalog = self._texts.catalog
        return self._environment.get_template("llms.txt.j2").render(
            total=len(catalog.papers),
            editions=[
                (entry.name, places.edition(entry), len(catalog.papers_by_edition.get(key, ())))
                for key, entry in catalog.editions.items()
            ],
            newest=[(paper.title, places.paper(paper.id)) for paper in list(catalog.papers.values())[:NEWEST]],
        )


def _environment(texts: PaperTexts) -> Environment:
    environment = make_environment(texts.theme, for_markdown, texts.settings.words)
    environment.globals["site"] = texts.settings
    return environment
