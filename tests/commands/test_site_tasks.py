"""The catalog and the settings of a site record what a task reads of them."""

from collections.abc import Callable
from dataclasses import replace

from generator.build.inputs import SEPARATOR, Inputs
from generator.commands.site_tasks import traced_catalog, traced_settings
from generator.model.catalog import Catalog
from generator.text.words import Words
from tests.conftest import SETTINGS

CATS = "oconnor2025cats"


def _reads(inputs: Inputs, action: Callable[[], object]) -> list[str]:
    """The keys that ``action`` reads, and its value is that of each key when it is evaluated again."""
    _, keys = inputs.recorded(action)
    for key in keys:
        inputs.evaluate(key)
    return [key.replace(SEPARATOR, " | ") for key in keys]


def test_a_read_of_a_record_depends_on_this_record(toy: Catalog) -> None:
    inputs = Inputs()
    catalog = traced_catalog(inputs, toy)
    assert _reads(inputs, lambda: catalog.papers[CATS].title) == [f"catalog papers | {CATS}"]


def test_a_missing_record_is_recorded_too(toy: Catalog) -> None:
    inputs = Inputs()
    catalog = traced_catalog(inputs, toy)
    assert _reads(inputs, lambda: "nobody" in catalog.papers) == ["catalog papers | nobody"]


def test_days_are_read_back_from_the_text_of_a_key(toy: Catalog) -> None:
    inputs = Inputs()
    catalog = traced_catalog(inputs, toy)
    day = max(toy.papers_by_added)
    assert _reads(inputs, lambda: catalog.papers_by_added[day]) == [f"catalog papers_by_added | {day}"]
    changed = Inputs()
    traced_catalog(changed, replace(toy, papers_by_added={**toy.papers_by_added, day: ()}))
    key = f"catalog papers_by_added{SEPARATOR}{day}"
    assert inputs.evaluate(key)[0] != changed.evaluate(key)[0]


def test_a_read_of_a_setting_depends_on_this_setting() -> None:
    inputs = Inputs()
    settings = traced_settings(inputs, SETTINGS)
    assert settings.name == SETTINGS.name
    assert _reads(inputs, lambda: settings.name) == ["setting | name"]


def test_an_interface_text_depends_on_its_translation() -> None:
    inputs = Inputs()
    german = Words(language="de", texts={"Papers": "Arbeiten"})
    settings = traced_settings(inputs, replace(SETTINGS, language="de", words=german))
    assert settings.words.say("Papers") == "Arbeiten"
    assert "text | Papers" in _reads(inputs, lambda: settings.words.say("Papers"))


def test_english_texts_depend_on_there_being_no_translations() -> None:
    inputs = Inputs()
    settings = traced_settings(inputs, SETTINGS)
    assert _reads(inputs, lambda: settings.words.say("Papers")) == ["setting | words"]
