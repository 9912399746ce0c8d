"""MkDocs' files of a site: pages exist on lookup only, and the theme's hidden files never."""

from pathlib import Path

import jinja2
import pytest
from mkdocs.config.defaults import MkDocsConfig

from generator.site.site_files import SiteFiles, source_paths


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    (tmp_path / "theme").mkdir()
    config = MkDocsConfig()
    config.load_dict(
        {"site_name": "x", "docs_dir": str(tmp_path), "theme": {"name": None, "custom_dir": str(tmp_path / "theme")}}
    )
    assert config.validate() == ([], [])
    return config


def test_a_page_exists_if_its_path_is_listed(config: MkDocsConfig) -> None:
    files = SiteFiles(config, {"a/index.md"})
    assert len(files) == 0
    file = files.get_file_from_path("a/index.md")
    assert file
    assert file is files.get_file_from_path("a/index.md")
    assert (file.dest_uri, file.url) == ("a/index.html", "a/")
    assert files.get_file_from_path("b/index.md") is None
    assert files.get_file_from_path("a/picture.png") is None
    assert len(files) == 1


def test_any_page_exists_while_pages_are_unknown(config: MkDocsConfig) -> None:
    files = SiteFiles(config, None)
    assert files.get_file_from_path("anywhere/index.md")
    assert files.get_file_from_path("anywhere/picture.png") is None


def test_a_page_is_empty_until_its_text_is_set(config: MkDocsConfig) -> None:
    files = SiteFiles(config, {"a/index.md"})
    assert files.text("a/index.md") == ""
    files.set_text("a/index.md", "# A\n")
    assert files.text("a/index.md") == "# A\n"
    page = files.page("a/index.md")
    assert page is files.page("a/index.md")
    page.read_source(config)
    assert page.markdown == "# A\n"


def test_files_of_the_theme_are_added_without_hidden_ones(config: MkDocsConfig, tmp_path: Path) -> None:
    for name in ("assets/style.css", ".icons/cat.svg", "main.html"):
        path = tmp_path / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    files = SiteFiles(config, set())
    files.add_theme(jinja2.Environment(loader=jinja2.FileSystemLoader(tmp_path / "theme"), autoescape=True), config)
    assert [file.src_uri for file in files] == ["assets/style.css"]


def test_paths_are_listed_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a/y.md", ".hidden/x.md", "c/d/e.md", "A.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert list(source_paths(str(tmp_path))) == ["A.md", "b.md", "c/d/e.md", "a/y.md", "a/z.md"]
