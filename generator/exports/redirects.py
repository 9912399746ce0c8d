"""Redirects: a small page at each former URL, so that links from other sites keep working.

The pages refresh after zero seconds, which browsers and search engines treat as a redirect: not every static host can
answer with status 301 (https://developers.google.com/search/docs/crawling-indexing/301-redirects#metarefresh).

Programs do not follow such pages. So the record of a paper, with its current id, is also at its earlier URLs.
"""

from collections.abc import Iterable, Iterator

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

_SPAN_LENGTHS = (len("2026"), len("2026-04"), len("2026-04-23"))  # of a year, a month and a day in ISO 8601


class Redirects:
    """The pages and records at former URLs."""

    def __init__(self, texts: PaperTexts) -> None:
        self._texts, self.inputs = texts, texts.inputs
        self._environment = make_environment(texts.theme, for_html, texts.settings.words, texts.inputs)
        self.inputs.register(self)

    def tasks(self) -> Iterator[Task]:
        """Yield tasks for the record and the page of each earlier id of a paper, and for other former URLs."""
        for old_path in self._moved():
            yield plain_task(f"redirect {old_path}", self._page, old_path)
        for paper, alias in _renamed(self._texts.catalog):
            yield plain_task(f"record of {alias}", self._record, paper.id, alias)

    def _page(self, old_path: str) -> Iterator[File]:
        new_path, title = self.target(old_path)
        settings = self._texts.settings
        to_root = "../" * len(old_path.split("/"))  # relative, so that the site works in any folder of a host
        text = self._environment.get_template("moved.html.j2").render(
            site=settings, title=title, to=f"{to_root}{new_path}/", address=f"{settings.site_url}{new_path}/"
        )
        yield text_file(f"{old_path}/index.html", text)

    def _record(self, paper_id: str, alias: str) -> Iterator[File]:
        yield text_file(f"{site_paths.paper(alias)}/index.json", self._texts.record_line(paper_id))

    @query
    def target(self, old_path: str) -> tuple[str, str]:
        """The new site path for a former one, and the title of the page there."""
        return self._moved()[old_path]

    @query
    def _moved(self) -> dict[str, tuple[str, str]]:
        moved_pages = _moved_pages(self._texts.catalog, self._texts.settings.words)
        return {old_path: (new_path, title) for old_path, new_path, title in moved_pages}


def _renamed(catalog: Catalog) -> Iterator[tuple[Paper, str]]:
    """Each paper with each of its earlier ids."""
    for paper in catalog.papers.values():
        yield from ((paper, alias) for alias in paper.aliases if alias != paper.id)


def _moved_pages(catalog: Catalog, words: Words) -> Iterator[tuple[str, str, str]]:
    """The former site path of each page that moved, the new one, and the title of the page."""
    for paper, alias in _renamed(catalog):
        yield site_paths.paper(alias), site_paths.paper(paper.id), paper.title
    for entry in catalog.editions.values():
        for old_path in site_paths.earlier_editions(entry):
            yield old_path, site_paths.edition(entry), entry.name
    for old_id, author in _merged(catalog.authors.values(), frozenset(catalog.authors)):
        yield site_paths.author(old_id), site_paths.author(author.id), author.name
    for old_id, institution in _merged(catalog.institutions.values(), frozenset(catalog.institutions)):
        yield site_paths.institution(old_id), site_paths.institution(institution.id), institution.name
    # The weekly pages were once below ``mail/``.
    yield "mail", "weekly", words.say("Weekly")
    for week in weeks(catalog, words):
        yield site_paths.earlier_week(week.slug), site_paths.week(week.slug), week.name
    yield from _founding_pages(catalog, words)


def _founding_pages(catalog: Catalog, words: Words) -> Iterator[tuple[str, str, str]]:
    """The former pages of days on which the founding collection was added, as ``_moved_pages`` yields them.

    In earlier versions, the archive listed papers by the day they were added, and weekly pages listed the founding
    collection. These pages redirect to the month in ``archive/added``.
    """
    dates = {date[:length] for date in catalog.papers_by_date for length in _SPAN_LENGTHS}
    used_paths = {*map(site_paths.archive, dates), *(site_paths.earlier_week(week.slug) for week in weeks(catalog))}
    moved: dict[str, tuple[str, str]] = {}
    # The days of the founding collection are those that ``additions`` leaves out.
    for day in sorted(catalog.papers_by_added.keys() - catalog.additions.keys()):
        old_paths = [site_paths.archive(day.isoformat()[:length]) for length in _SPAN_LENGTHS]
        old_paths.append(site_paths.earlier_week(period_of(Length.WEEK, day).slug))
        month_page = site_paths.added(f"{day:%Y-%m}"), month_name(day, words)
        moved |= dict.fromkeys(old_paths, month_page)
    # If a paper was published on such a day, the day still has a page in the archive, and needs no redirect.
    yield from ((old_path, *page) for old_path, page in moved.items() if old_path not in used_paths)


def _merged(
    entries: Iterable[AuthorEntry | InstitutionEntry], present_ids: frozenset[str]
) -> Iterator[tuple[str, AuthorEntry | InstitutionEntry]]:
    """Each former id of an author or institution, with the entry: ids that a record states, and ids of spellings.

    Ids of the site's present pages are left out.
    """
    used_ids = set(present_ids)
    for entry in entries:
        for old_id in (*_earlier_ids(entry), *map(name_id, (entry.name, *entry.variants))):
            if old_id not in used_ids:
                used_ids.add(old_id)
                yield old_id, entry


def _earlier_ids(entry: AuthorEntry | InstitutionEntry) -> tuple[str, ...]:
    return entry.person.earlier_ids if isinstance(entry, AuthorEntry) and entry.person else ()
