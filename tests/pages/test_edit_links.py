"""Every page links to its file in the repository and to issue forms that name the page."""

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from generator.exports.markdown import markdown_copy
from generator.model.catalog import Catalog
from generator.pages.all import all_pages
from generator.pages.edit_links import EditLinks
from tests.conftest import ROOT, SETTINGS, TOY

HUB = replace(SETTINGS, repository="https://code.example/toy/digest")
LAB = replace(SETTINGS, repository="https://gitlab.example/toy/digest")
FORMS = ROOT / ".github/ISSUE_TEMPLATE"


@pytest.mark.parametrize("settings", [HUB, LAB], ids=["one host", "another"])
def test_every_page_can_be_edited(settings: object, toy: Catalog) -> None:
    for page in all_pages(toy, settings, ROOT / "theme"):  # type: ignore[arg-type]
        nav = re.findall(r'<nav class="page-links".*?</nav>', page.text, re.DOTALL)
        assert len(nav) == 1, page.path
        addresses = [html.unescape(address) for address in re.findall(r'href="([^"]*)"', nav[0])]
        assert all(address.startswith(settings.repository) for address in addresses)  # type: ignore[attr-defined]
        for address in addresses:
            if "/edit/main/content/" in address:
                assert (TOY / address.partition("/content/")[2]).is_file(), address
        if page.path.startswith(("papers/", "topics/c", "venues/conf/", "about/")):
            assert "/edit/main/content/" in addresses[0], page.path


def test_the_forms_are_filled_by_fields_that_they_have(toy: Catalog) -> None:
    title = toy.papers["oconnor2025cats"].title
    links = EditLinks(toy, HUB).links("papers/oconnor2025cats", title)
    assert [link.text for link in links] == [
        "Edit this entry", "Report an error", "Report a wrong summary", "I am the author"
    ]  # fmt: skip
    assert links[0].address.endswith("/edit/main/content/papers/conf-2025/oconnor2025cats.yaml")
    for link in links[1:]:
        query = {name: values[0] for name, values in parse_qs(urlsplit(link.address).query).items()}
        form = yaml.safe_load((FORMS / query["template"]).read_text("utf-8"))
        assert "page" in {field.get("id") for field in form["body"]}
        assert query["page"] == "/papers/oconnor2025cats/"
        assert form["title"]
        assert "<" not in link.address


def test_papers_in_a_file_of_many_are_edited_there(toy: Catalog) -> None:
    address = EditLinks(toy, HUB).links("papers/berg2025many", "x")[0].address
    assert address.endswith("/edit/main/content/papers/preprint-2025.jsonl")
    moved = EditLinks(toy, replace(HUB, edit_path="edit/next/data/")).links("topics/cats", "x")[0].address
    assert moved == "https://code.example/toy/digest/edit/next/data/topics/cats.yaml"


def test_without_a_repository_there_are_no_links(toy: Catalog) -> None:
    assert EditLinks(toy, SETTINGS).links("papers/berg2025many", "x") == ()


def test_markdown_files_have_no_edit_links(toy: Catalog, tmp_path: Path) -> None:
    pages = list(all_pages(toy, HUB, ROOT / "theme"))
    assert not any("Report an error" in markdown_copy(page.path, page.text).text for page in pages)
