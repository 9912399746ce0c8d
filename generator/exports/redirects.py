"""Addresses that moved: a small page at each that leads on, so that no link from elsewhere is lost.

A static host cannot answer 301 everywhere; a refresh of no seconds is taken for one by readers and search engines
(https://developers.google.com/search/docs/crawling-indexing/301-redirects#metarefresh).

Scripts read no such page, so a paper's record stands at its earlier ids as well, with the id of today in it.
"""

from collections.abc import Iterable, Iterator

from generator.build.export_templates import make_environment
from generator.build.inputs import query
from generator.build.task import File, text_file
from generator.exports.paper_texts import PaperTexts
from generator.model import places
from generator.model.catalog import AuthorEntry, Catalog, InstitutionEntry, name_id
from generator.model.paper import Paper
from generator.text.escape import for_html


class Redirects:
    """Makes the pages and records at the addresses that moved."""

    def __init__(self, texts: PaperTexts) -> None:
        self._texts, self.inputs = texts, texts.inputs
        self.inputs.register(self)

    def files(self) -> Iterator[File]:
        """A page and a record for each earlier id of a paper, a page for each name that was joined with another's."""
        settings, words = self._texts.settings, self._texts.settings.words
        template = make_environment(self._texts.theme, for_html, words, self.inputs).get_template("moved.html.j2")
        for old, new, name in self.moved():
            text = template.render(site=settings, name=name, to=f"../../{new}/", address=f"{settings.site_url}{new}/")
            yield text_file(f"{old}/index.html", text)
        for paper_id, alias in self.renamed():
            yield text_file(f"{places.paper(alias)}/index.json", self._texts.record_line(paper_id))

    @query
    def moved(self) -> tuple[tuple[str, str, str], ...]:
        """Each address that moved: the old place, the new one, and the title of the page there."""
        return tuple(_moved(self._texts.catalog))

    @query
    def renamed(self) -> tuple[tuple[str, str], ...]:
        """Each paper with each id that it had before."""
        return tuple((paper.id, alias) for paper, alias in _renamed(self._texts.catalog))


def _renamed(catalog: Catalog) -> Iterator[tuple[Paper, str]]:
    """Each paper with each id that it had before."""
    for paper in catalog.papers.values():
        yield from ((paper, alias) for alias in paper.aliases if alias != paper.id)


def _moved(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Each address that moved: the old place, the new one, and the title of the page there."""
    for paper, alias in _renamed(catalog):
        yield places.paper(alias), places.paper(paper.id), paper.title
    for old, author in _joined(catalog.authors.values(), frozenset(catalog.authors)):
        yield places.author(old), places.author(author.id), author.name
    for old, institution in _joined(catalog.institutions.values(), frozenset(catalog.institutions)):
        yield places.institution(old), places.institution(institution.id), institution.name


def _joined(
    entries: Iterable[AuthorEntry | InstitutionEntry], taken: frozenset[str]
) -> Iterator[tuple[str, AuthorEntry | InstitutionEntry]]:
    """The ids that names had before they were joined under another id, each once."""
    seen = set(taken)
    for entry in entries:
        for name in (entry.name, *entry.variants):
            if (old := name_id(name)) not in seen:
                seen.add(old)
                yield old, entry
