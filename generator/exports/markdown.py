"""The digest for readers of Markdown, people and language models: a twin of each paper's page, and ``llms.txt``.

``llms.txt`` follows https://llmstxt.org/.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.citation.bibtex import bibtex
from generator.citation.reference import Reference
from generator.exports.rendering import make_environment
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.own_text import own_texts, written_by
from generator.model.page import Page
from generator.model.settings import Settings
from generator.text.escape import for_markdown

NEWEST = 50


def markdown_files(
    catalog: Catalog, settings: Settings, theme: Path, references: Mapping[str, Reference]
) -> Iterator[Page]:
    """``index.md`` beside each paper's page, and ``llms.txt``."""
    environment = make_environment(theme, for_markdown, settings.words)
    environment.globals["site"] = settings
    twin = environment.get_template("paper.md.j2")
    own = settings.language
    for paper in catalog.papers.values():
        reference = references[paper.id]
        text = twin.render(
            paper=paper,
            reference=reference,
            url=f"{settings.site_url}{places.paper(paper.id)}/",
            texts=own_texts(paper, own),
            written_by=written_by(paper, settings.words),
            bibtex=bibtex(reference),
        )
        yield Page(path=f"{places.paper(paper.id)}/index.md", text=text)
    text = environment.get_template("llms.txt.j2").render(
        total=len(catalog.papers),
        editions=[
            (entry.name, places.edition(entry), len(catalog.papers_by_edition.get(key, ())))
            for key, entry in catalog.editions.items()
        ],
        newest=[(paper.title, places.paper(paper.id)) for paper in list(catalog.papers.values())[:NEWEST]],
    )
    yield Page(path="llms.txt", text=text)
