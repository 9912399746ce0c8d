"""Indexes of names: one page, or pages by letter."""

import posixpath
import re
from dataclasses import replace

import pytest

from generator.model.catalog import Catalog, build_catalog
from generator.model.paper import Author
from generator.pages import name_index
from generator.pages.all import all_pages
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS, TOY


def test_many_names_are_on_pages_by_letter(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name on one page, all pages linked from the first, and nobody's address is taken, whatever their name."""
    monkeypatch.setattr(name_index, "MAX_ON_ONE_PAGE", 3)
    monkeypatch.setattr(name_index, "NAMES_ON_A_PAGE", 2)
    papers = [*toy.papers.values()]
    called = tuple(
        Author(name=name) for name in ("Letter", "A", "Page", "Lee Letter", "Li Letter", "Zoé", "李明", "42")
    )
    papers[0] = replace(papers[0], authors=(*papers[0].authors, *called))
    content = replace(load(TOY).content, papers=tuple(papers))
    catalog = build_catalog(content)
    pages = [*all_pages(catalog, SETTINGS, ROOT / "theme")]
    paths = [page.path for page in pages]
    assert sorted(paths) == sorted(set(paths))
    by_letter = [page for page in pages if page.path.startswith("authors/letter/") and page.path.count("/") > 2]
    listed = [
        posixpath.normpath(f"{page.path}/../{link}")
        for page in by_letter
        for link in re.findall(r"^- \[.*\]\(([^)]*)\)", page.text, re.MULTILINE)
    ]
    assert all(page.text.count("\n- [") <= name_index.NAMES_ON_A_PAGE for page in by_letter)
    assert sorted(listed) == sorted(f"authors/{author}/index.md" for author in catalog.authors)
    assert "authors/letter/l/page/2/index.md" in paths
    assert "authors/letter/other/index.md" in paths
    front = next(page.text for page in pages if page.path == "authors/index.md")
    firsts = {page.path.removeprefix("authors/") for page in by_letter if "/page/" not in page.path}
    assert set(re.findall(r"\]\((letter/[^)]*)\)", front)) == firsts | {"letter/index.md"}
