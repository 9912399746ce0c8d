"""Addresses that moved: a small page at each that leads on, so that no link from elsewhere is lost.

A static host cannot answer 301 everywhere; a refresh of no seconds is taken for one by readers and search engines
(https://developers.google.com/search/docs/crawling-indexing/301-redirects#metarefresh).

Scripts read no such page, so a paper's record stands at its earlier ids as well, with the id of today in it.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.exports.records import record_of
from generator.exports.rendering import make_environment
from generator.model import places
from generator.model.catalog import AuthorEntry, Catalog, InstitutionEntry, name_id
from generator.model.page import Page
from generator.model.paper import Paper
from generator.model.settings import Settings
from generator.text.escape import for_html


def redirect_files(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Page]:
    """A page and a record for each earlier id of a paper, a page for each edition that moved and each joined name."""
    template = make_environment(theme, for_html, settings.words).get_template("moved.html.j2")
    for old, new, name in _moved(catalog):
        text = template.render(
            site=settings, name=name, to=f"{'../' * len(old.split('/'))}{new}/", address=f"{settings.site_url}{new}/"
        )
        yield Page(path=f"{old}/index.html", text=text)
    for paper, alias in _renamed(catalog):
        record = json.dumps(record_of(catalog, settings, paper), ensure_ascii=False)
        yield Page(path=f"{places.paper(alias)}/index.json", text=f"{record}\n")


def _renamed(catalog: Catalog) -> Iterator[tuple[Paper, str]]:
    """Each paper with each id that it had before."""
    for paper in catalog.papers.values():
        yield from ((paper, alias) for alias in paper.aliases if alias != paper.id)


def _moved(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Each address that moved: the old place, the new one, and the title of the page there."""
    for paper, alias in _renamed(catalog):
        yield places.paper(alias), places.paper(paper.id), paper.title
    for entry in catalog.editions.values():
        yield from ((old, places.edition(entry), entry.name) for old in places.earlier_editions(entry))
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
