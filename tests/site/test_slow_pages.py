"""A build reports each cause of slow pages once, and builds these pages correctly."""

import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.build.cache import Cache
from generator.build.output import write_exactly
from generator.commands.project import Project
from generator.commands.site_builder import build_site
from generator.commands.stages import Stages
from generator.model.catalog import Catalog
from generator.pages.all import all_pages
from generator.site.publish import publish
from generator.site.slow_pages import Reason, SlowPages, reasons_for_mkdocs_build, slow_lines, sum_by_reason
from generator.site.staging import staging
from tests.conftest import ROOT, SETTINGS, leads_on

_ARTICLE = '<article class="md-typeset page'


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A copy of the theme that a test may change, beside ``mkdocs.yml``."""
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = text.replace("theme/overrides", f"{tmp_path}/theme/overrides").replace("build/docs", f"{tmp_path}/docs")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    return tmp_path / "theme"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def _build(toy: Catalog, theme: Path) -> tuple[str, ...]:
    """Build the site beside the theme. Returns the messages of the build."""
    folder = theme.parent
    project, site = Project(folder / "mkdocs.yml", theme, SETTINGS, toy), folder / "site"
    with staging(site, Cache()) as staged:
        result = build_site(project, staged, Cache(), Stages(), strict=True)
        publish(staged.path, site)
    return result.messages


def test_a_template_that_inspects_the_length_of_a_title_is_reported(toy: Catalog, theme: Path) -> None:
    long = _ARTICLE + "{% if page and page.meta.title | length > 10 %} has-long-title{% endif %}"
    _change(theme / "overrides/main.html", _ARTICLE, long)
    [line] = [line for line in _build(toy, theme) if "slow way" in line]
    site = theme.parent / "site"
    assert line.endswith("the template passes a value of the page through the filter `length`")
    assert int(line.partition(" ")[0]) > 20
    assert ": main.html:" in line
    write_exactly(all_pages(toy, SETTINGS, theme), theme.parent / "docs")
    build(load_config(str(theme.parent / "mkdocs.yml"), site_dir=str(theme.parent / "plain")))
    pages = {path.relative_to(theme.parent / "plain"): path for path in (theme.parent / "plain").rglob("*.html")}
    assert len(pages) == len([path for path in site.rglob("*.html") if not leads_on(path)])
    assert [name for name, path in pages.items() if (site / name).read_bytes() != path.read_bytes()] == []
    assert 5 < sum(b"has-long-title" in path.read_bytes() for path in pages.values()) < len(pages)


def test_a_page_template_with_unsupported_markdown_is_reported(
    toy: Catalog, theme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.slow_pages.MAX_UNREPORTED", 3)
    _change(theme / "pages/author.md.j2", "{ .lead }", "{ .lead }\n\nAn **author**.")
    lines = [line for line in _build(toy, theme) if "slow way" in line]
    assert [line.partition("slow way: ")[2] for line in lines] == [
        "author.md.j2: only Python-Markdown converts `An **author**.`"
    ]


def test_the_theme_of_the_project_has_no_slow_pages(toy: Catalog, theme: Path) -> None:
    assert [line for line in _build(toy, theme) if "slow way" in line] == []


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("plugins: []", "plugins: [search]", "`plugins` is set"),
        ("use_directory_urls: true", "use_directory_urls: false", "`use_directory_urls` is false"),
        ("  - Home: index.md", "  - index.md", "`nav` names a page without a title"),
    ],
)
def test_settings_that_need_a_plain_build_are_reported(old: str, new: str, why: str, theme: Path) -> None:
    config = theme.parent / "mkdocs.yml"
    (theme.parent / "docs").mkdir()
    assert reasons_for_mkdocs_build(load_config(str(config))) == []
    _change(config, old, new)
    assert reasons_for_mkdocs_build(load_config(str(config))) == [Reason("mkdocs.yml", why)]


def test_a_template_that_lists_all_pages_is_reported(theme: Path) -> None:
    (theme.parent / "docs").mkdir()
    _change(theme / "overrides/main.html", _ARTICLE, "{% for other in pages %}{{ other.url }}{% endfor %}" + _ARTICLE)
    assert reasons_for_mkdocs_build(load_config(str(theme.parent / "mkdocs.yml"))) == [
        Reason("main.html", "it lists all `pages`")
    ]


def test_a_reason_is_reported_once_and_only_for_many_pages() -> None:
    one, other = Reason("a.md.j2", "x"), Reason("b.md.j2", "y")
    slow = sum_by_reason([[SlowPages(one, 600), SlowPages(other, 4)], [SlowPages(one, 700), SlowPages(other, 5)]])
    assert slow == (SlowPages(one, 1300), SlowPages(other, 9))
    assert list(slow_lines(slow)) == ["1,300 pages are built the slow way: a.md.j2: x"]
