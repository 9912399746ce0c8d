"""The list of page kinds. A new kind is a module and a line here."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from markupsafe import Markup

from generator.build.inputs import SEPARATOR, Inputs
from generator.build.task import File, Task, Value
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.pages.archive import archive_tasks
from generator.pages.awards import award_task
from generator.pages.collections import collection_tasks
from generator.pages.date_lists import DateLists
from generator.pages.edit_links import EditLinks
from generator.pages.editorial import Editorial
from generator.pages.front import front_tasks
from generator.pages.glossary import glossary_tasks
from generator.pages.hand import hand_written_tasks
from generator.pages.lists import Lists
from generator.pages.map import map_task
from generator.pages.papers import paper_tasks
from generator.pages.people import people_tasks
from generator.pages.people_lists import PeopleLists
from generator.pages.rendering import Renderer, make_environment
from generator.pages.site_info import site_info_tasks
from generator.pages.stats import stats_task
from generator.pages.tags import tag_tasks
from generator.pages.topics import topic_tasks
from generator.pages.venues import venue_tasks
from generator.pages.views import Views
from generator.pages.weekly import weekly_tasks
from generator.similarity.related import RelatedPapers


def page_tasks(catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> Iterator[Task]:
    """Yield a task for each page or small group of pages; the home page comes first.

    The same catalog gives the same tasks in the same order. The tasks of papers and of the map need values of the task
    ``related papers``.
    """
    views = Views(catalog, settings, inputs)
    lists, people_lists, date_lists, editorial = Lists(views), PeopleLists(views), DateLists(views), Editorial(views)
    environment = make_environment(theme, settings.words, inputs)
    renderer = Renderer(environment, {"site": settings, "Markup": Markup}, EditLinks(catalog, settings), inputs)
    yield from front_tasks(views, lists, editorial, renderer, partial(theme_texts, theme, settings, inputs))
    yield from hand_written_tasks(views, renderer)
    yield from paper_tasks(views, lists, editorial, renderer)
    yield map_task(views, lists, renderer)
    yield stats_task(views, renderer)
    yield award_task(views, lists, renderer)
    yield from venue_tasks(views, lists, renderer)
    yield from topic_tasks(views, lists, editorial, renderer)
    yield from collection_tasks(views, date_lists, editorial, renderer)
    yield from tag_tasks(views, editorial, renderer)
    yield from glossary_tasks(views, renderer)
    yield from people_tasks(views, people_lists, renderer)
    yield from archive_tasks(views, date_lists, renderer)
    yield from weekly_tasks(views, lists, date_lists, editorial, renderer)
    yield from site_info_tasks(views, lists, people_lists, renderer)


def all_pages(catalog: Catalog, settings: Settings, theme: Path) -> Iterator[File]:
    """Yield every Markdown page of the site, in the order of the tasks."""
    related_papers = RelatedPapers(catalog, settings, Inputs(), lambda: None).task  # without an earlier build's state
    values = {item.name: item.data for item in related_papers.run({}) if isinstance(item, Value)}
    for task in page_tasks(catalog, settings, theme, Inputs()):
        for item in task.run({name: values[name] for name in task.value_names}):
            assert isinstance(item, File)
            yield item


# A text in a template of the theme: ``say("Home")``.
_TEXT = re.compile(r"""\bsay\("([^"]*)"\)""")


def theme_texts(theme: Path, settings: Settings, inputs: Inputs) -> dict[str, str]:
    """The translations of the texts in the theme's templates and of the titles of the navigation, by English text.

    MkDocs cannot read the language files of a digest. So the front matter of the home page has these translations, and
    the theme reads them there (``partials/say.html``). An English site needs none.
    """
    templates = sorted((theme / "overrides").rglob("*.html"))
    texts: list[str] = []
    # Each template is an input of the home page's task: an edited template may use another text.
    for path in templates:
        inputs.record(f"file{SEPARATOR}{path.relative_to(theme).as_posix()}")
        texts += _TEXT.findall(path.read_text("utf-8"))
    translated = {text: settings.words.texts.get(text) for text in dict.fromkeys((*texts, *settings.navigation))}
    return {text: translation for text, translation in translated.items() if translation is not None}
