"""MkDocs runs in this process with the project's settings, a fixed clock, and without the plugins that have no use."""

import os
from pathlib import Path
from typing import Any

import pytest

from generator.build.inputs import Inputs
from generator.site.mkdocs_build import ASSETS, THEME
from generator.site.mkdocs_site import RenderOptions, SiteNotBuilt, add_theme
from tests.support.small_site import CONFIG, small_site

PAGES = {"index.md": "# Home"}


def test_the_clock_of_the_build_is_that_of_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    with small_site(tmp_path, PAGES, options=RenderOptions(86400)):
        assert os.environ["SOURCE_DATE_EPOCH"] == "86400"
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with pytest.raises(ZeroDivisionError), small_site(tmp_path, PAGES):
        1 / 0  # noqa: B018
    assert "SOURCE_DATE_EPOCH" not in os.environ


@pytest.mark.parametrize(
    "plugins", ["plugins: [search]", "plugins: {search: {lang: en}}", "plugins: [search: {lang: en}, material/tags]"]
)
def test_plugins_without_a_use_do_not_slow_pages_down(plugins: str, tmp_path: Path) -> None:
    with small_site(tmp_path, PAGES, CONFIG.replace("plugins: []", plugins)) as (site, _):
        assert site.page_builder is not None


@pytest.mark.parametrize("entry", ["{How to: howto.md}", "{More: [{A: howto.md}]}"])
def test_the_navigation_may_name_pages_as_people_write_them(entry: str, tmp_path: Path) -> None:
    config = CONFIG.replace("[{Home: index.md}]", f"[{{Home: index.md}}, {entry}]")
    with small_site(tmp_path, {**PAGES, "howto/index.md": "# How to"}, config) as (site, _):
        assert site.page_builder
        assert [page.file.src_uri for page in site.page_builder.nav.pages] == ["index.md", "howto/index.md"]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (CONFIG.replace("site_name: x\n", ""), "site_name"),
        (CONFIG.replace("plugins: []", "plugins: [nosuch]"), 'The "nosuch" plugin is not installed'),
        (CONFIG.replace("custom_dir: theme", "custom_dir: nowhere"), "nowhere"),
    ],
)
def test_faulty_settings_are_a_message(config: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SiteNotBuilt, match=message), small_site(tmp_path, PAGES, config):
        pass


def test_a_faulty_template_is_a_message_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/main.html").write_text("\n{% if %}", "utf-8")
    with pytest.raises(SiteNotBuilt, match=r"main\.html:2: "), small_site(tmp_path, PAGES) as (site, _):
        list(site.tasks()[1].run({}))


def _theme(folder: Path, options: RenderOptions, **files: str) -> tuple[Any, Any]:
    """The fingerprints of templates and of all files of a theme."""
    (folder / "theme").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").touch()
    for name, text in files.items():
        (folder / "theme" / name.replace("_", ".")).write_text(text, "utf-8")
    inputs = Inputs()
    add_theme(inputs, [folder / "mkdocs.yml"], folder / "theme", options)
    return inputs.evaluate(THEME)[0], inputs.evaluate(ASSETS)[0]


def test_pages_depend_on_templates_and_options_but_not_on_styles(tmp_path: Path) -> None:
    pages, files = _theme(tmp_path, RenderOptions(0), main_html="a", a_css="x")
    assert _theme(tmp_path, RenderOptions(0), a_css="y")[0] == pages
    assert _theme(tmp_path, RenderOptions(0), a_css="y")[1] != files
    assert _theme(tmp_path, RenderOptions(0, preview=True))[0] != pages
    assert _theme(tmp_path, RenderOptions(0), main_html="b")[0] != pages


@pytest.mark.parametrize(("template", "depends"), [("{{ build_date_utc }}", True), ("{{ page.title }}", False)])
def test_pages_depend_on_the_clock_only_if_the_theme_shows_it(template: str, depends: bool, tmp_path: Path) -> None:
    first, _ = _theme(tmp_path, RenderOptions(0), main_html=template)
    assert (_theme(tmp_path, RenderOptions(86400))[0] != first) == depends
