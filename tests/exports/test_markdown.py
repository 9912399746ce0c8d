"""Markdown files of pages, and llms.txt."""

import re

import pytest

from generator.exports.markdown import has_markdown_copy, markdown_copy
from generator.model.catalog import Catalog
from tests.conftest import SETTINGS


def test_links_of_llms_txt_have_targets(files: dict[str, str]) -> None:
    text = files["llms.txt"]
    assert re.match(r"# .+\n\n> .+\n", text)
    for address in re.findall(r"\]\((https://toy\.example/[^)]*)\)", text):
        path = address.removeprefix(SETTINGS.site_url)
        assert path in files or path.startswith("venues/"), address


def test_every_paper_has_a_markdown_file(catalog: Catalog, files: dict[str, str]) -> None:
    for paper in catalog.papers.values():
        text = files[f"papers/{paper.id}/index.md"]
        assert text.startswith("# ")
        assert "## About this summary" in text
        assert "<script" not in text
        assert f"{{{paper.id}," in text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<span class="count">12</span>', "(12)"),
        ("Title { #anchor }", "Title"),
        ("<nav><a href='x'>y</a></nav>", "y"),
        ("<svg><text>12</text></svg>after", "after"),
        ("a &lt;b&gt; &#123; .c &#125;", "a &lt;b&gt; &#123; .c &#125;"),
    ],
)
def test_markup_of_the_theme_is_removed_and_text_stays(source: str, text: str) -> None:
    assert markdown_copy("topics/cats/index.md", f"---\ntitle: x\n---\n\n{source}\n").text.strip() == text


@pytest.mark.parametrize(
    ("path", "expected"), [("index.md", True), ("topics/cats/index.md", True), ("papers/a2025/index.md", False)]
)
def test_pages_of_papers_have_another_kind_of_file(path: str, expected: bool) -> None:
    assert has_markdown_copy(path) is expected
