"""Redirects: a small page at each former URL, so that external links keep working.

Not every static host can answer 301. Browsers and search engines treat a refresh after zero seconds as a redirect
(https://developers.google.com/search/docs/crawling-indexing/301-redirects#metarefresh).

Programs do not read such pages, so a paper's record is also at its earlier ids, with its current id.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from generator.build.export_templates import make_environment
from generator.build.inputs import query
from generator.build.task import File, Task, plain_task, text_file
from generator.exports.paper_texts import PaperTexts
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.contributors import AuthorEntry, InstitutionEntry, name_id
from generator.model.paper import Paper
from generator.model.period import Length, period_of, weeks
from generator.text.escape import for_html
from generator.text.words import Words, month_name

_SPANS = (len("2026"), len("2026-04"), len("2026-04-23"))  # lengths of a year, a month and a day in ISO form


class Redirects:
    """The pages and records at former URLs."""

    def __init__(self, texts: PaperTexts) -> None:
        self._texts, self.inputs = texts, texts.inputs
        self._environment = make_environment(texts.theme, for_html, texts.settings.words, texts.inputs)
        self.inputs.register(self)

    def tasks(self) -> Iterator[Task]:
        """Yield tasks for the record and the page of each earlier id of a paper, and for other former URLs."""
        for old in self._moved():
            yield plain_task(f"redirect {old}", partial(self._page, old))
        for paper, alias in self.inputs.unrecorded(lambda: list(_renamed(self._texts.catalog))):
            yield plain_task(f"record of {alias}", partial(self._record, paper.id, alias))

    def _page(self, old: str) -> Iterator[File]:
        new, name = self.target(old)
        settings = self._texts.settings
        template = self._environment.get_template("moved.html.j2")
        to_root = "../" * len(old.split("/"))  # relative, so that the site works in any folder of a host
        text = template.render(site=settings, name=name, to=f"{to_root}{new}/", address=f"{settings.site_url}{new}/")
        yield text_file(f"{old}/index.html", text)

    def _record(self, paper_id: str, alias: str) -> Iterator[File]:
        yield text_file(f"{site_paths.paper(alias)}/index.json", self._texts.record_line(paper_id))

    @query
    def target(self, old: str) -> tuple[str, str]:
        """The new URL of a former one, and the title of the page there."""
        return self._moved()[old]

    @query
    def _moved(self) -> dict[str, tuple[str, str]]:
        moved = _moved(self._texts.catalog, self._texts.settings.words)
        return {old: (new, name) for old, new, name in moved}


def _renamed(catalog: Catalog) -> Iterator[tuple[Paper, str]]:
    """Each paper with each of its earlier ids."""
    for paper in catalog.papers.values():
        yield from ((paper, alias) for alias in paper.aliases if alias != paper.id)


def _moved(catalog: Catalog, words: Words) -> Iterator[tuple[str, str, str]]:
    """Each former URL: the old site path, the new one, and the title of the page there."""
    for paper, alias in _renamed(catalog):
        yield site_paths.paper(alias), site_paths.paper(paper.id), paper.title
    for entry in catalog.editions.values():
        yield from ((old, site_paths.edition(entry), entry.name) for old in site_paths.earlier_editions(entry))
    for old, author in _joined(catalog.authors.values(), frozenset(catalog.authors)):
        yield site_paths.author(old), site_paths.author(author.id), author.name
    for old, institution in _joined(catalog.institutions.values(), frozenset(catalog.institutions)):
        yield site_paths.institution(old), site_paths.institution(institution.id), institution.name
    # The weekly pages were once below ``mail/``.
    yield "mail", "weekly", words.say("Weekly")
    yield from (
        (site_paths.earlier_week(week.slug), site_paths.week(week.slug), week.name) for week in weeks(catalog, words)
    )
    yield from _founding(catalog, words)


def _founding(catalog: Catalog, words: Words) -> Iterator[tuple[str, str, str]]:
    """Former URLs of the founding collection: the archive was once by date added, and weeks listed it as new."""
    dates = {when[:length] for when in catalog.papers_by_date for length in _SPANS}
    used = {*map(site_paths.archive, dates), *(site_paths.earlier_week(week.slug) for week in weeks(catalog))}
    moved: dict[str, tuple[str, str]] = {}
    for day in sorted(catalog.papers_by_added.keys() - catalog.additions.keys()):
        old = [site_paths.archive(day.isoformat()[:length]) for length in _SPANS]
        page = site_paths.added(f"{day:%Y-%m}"), month_name(day, words)
        moved |= dict.fromkeys((*old, site_paths.earlier_week(period_of(Length.WEEK, day).slug)), page)
    # Another paper may have appeared on such a day: its page keeps the address.
    yield from ((old, new, name) for old, (new, name) in moved.items() if old not in used)


def _joined(
    entries: Iterable[AuthorEntry | InstitutionEntry], used: frozenset[str]
) -> Iterator[tuple[str, AuthorEntry | InstitutionEntry]]:
    """The ids that names had before they were merged with another id, each once."""
    yielded = set(used)
    for entry in entries:
        for old in (*_earlier(entry), *map(name_id, (entry.name, *entry.variants))):
            if old not in yielded:
                yielded.add(old)
                yield old, entry


def _earlier(entry: AuthorEntry | InstitutionEntry) -> tuple[str, ...]:
    return entry.person.earlier_ids if isinstance(entry, AuthorEntry) and entry.person else ()
