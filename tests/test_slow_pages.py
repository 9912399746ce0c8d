"""A build says once what sends pages down the slow way, and builds them right."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from generator.commands.assemble import assemble
from generator.site.carried import Carried
from generator.site.files import write_pages
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.commands.project import Project
from generator.commands.stages import Stages
from generator.model.catalog import Catalog
from generator.pages.all import all_pages
from generator.site.joined_pages import joining
from generator.site.slow_pages import Reason, Slow, slow_lines, summed
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


def _build(toy: Catalog, theme: Path) -> Path:
    folder = theme.parent
    project, site = Project(folder / "mkdocs.yml", theme, SETTINGS, toy), folder / "site"
    assemble(project, folder / "docs", site, partial(Carried, site), Stages(), strict=True, index=folder / "index")
    return site


def test_a_template_that_asks_for_a_titles_length_gets_it_and_is_named(
    toy: Catalog, theme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = _ARTICLE + "{% if page and page.meta.title | length > 10 %} has-long-title{% endif %}"
    _change(theme / "overrides/main.html", _ARTICLE, long)
    site = _build(toy, theme)
    [line] = [line for line in capsys.readouterr().err.splitlines() if "slow way" in line]
    assert line.endswith("the template passes a value of the page through the filter `length`")
    assert int(line.partition(" ")[0]) > 40
    assert ": main.html:" in line
    write_pages(all_pages(toy, SETTINGS, theme), theme.parent / "docs")
    build(load_config(str(theme.parent / "mkdocs.yml"), site_dir=str(theme.parent / "plain")))
    pages = {path.relative_to(theme.parent / "plain"): path for path in (theme.parent / "plain").rglob("*.html")}
    assert len(pages) == len([path for path in site.rglob("*.html") if not leads_on(path)])
    assert [name for name, path in pages.items() if (site / name).read_bytes() != path.read_bytes()] == []
    assert 5 < sum(b"has-long-title" in path.read_bytes() for path in pages.values()) < len(pages)


def test_a_page_template_in_other_markdown_is_named(
    toy: Catalog, theme: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.slow_pages._FEW", 3)
    _change(theme / "pages/author.md.j2", "{ .lead }", "{ .lead }\n\nAn **author**.")
    _build(toy, theme)
    told = [line for line in capsys.readouterr().err.splitlines() if "slow way" in line]
    assert [line.partition("slow way: ")[2] for line in told] == [
        "author.md.j2: only Python-Markdown converts `An **author**.`"
    ]


def test_the_theme_of_the_project_slows_nothing_down(
    toy: Catalog, theme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _build(toy, theme)
    assert "slow way" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("plugins: []", "plugins: [search]", "`plugins` is set"),
        ("use_directory_urls: true", "use_directory_urls: false", "`use_directory_urls` is false"),
        ("  - Home: index.md", "  - index.md", "`nav` names a page without a title"),
    ],
)
def test_settings_that_join_pages_are_named(old: str, new: str, why: str, theme: Path) -> None:
    config = theme.parent / "mkdocs.yml"
    (theme.parent / "docs").mkdir()
    assert joining(load_config(str(config))) == []
    _change(config, old, new)
    assert joining(load_config(str(config))) == [Reason("mkdocs.yml", why)]


def test_a_template_that_lists_all_pages_is_named(theme: Path) -> None:
    (theme.parent / "docs").mkdir()
    _change(theme / "overrides/main.html", _ARTICLE, "{% for other in pages %}{{ other.url }}{% endfor %}" + _ARTICLE)
    assert joining(load_config(str(theme.parent / "mkdocs.yml"))) == [Reason("main.html", "it lists all `pages`")]


def test_the_same_reason_is_told_once_and_a_few_pages_are_not() -> None:
    one, other = Reason("a.md.j2", "x"), Reason("b.md.j2", "y")
    slow = summed([[Slow(one, 600), Slow(other, 4)], [Slow(one, 700), Slow(other, 5)]])
    assert slow == (Slow(one, 1300), Slow(other, 9))
    assert list(slow_lines(slow)) == ["1,300 pages are built the slow way: a.md.j2: x"]
