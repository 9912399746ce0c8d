"""The map of papers."""

import re

import pytest

from generator.model.catalog import Catalog
from generator.pages import map as map_pages
from generator.pages.all import all_pages
from tests.conftest import ROOT, SETTINGS


def test_a_map_of_many_papers_draws_the_newest_and_links_to_all(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_pages, "MAX_DOTS", 2)
    text = next(page.text for page in all_pages(toy, SETTINGS, ROOT / "theme") if page.path == "map/index.md")
    assert set(re.findall(r'<a href="\.\./papers/([^/]*)/"><circle', text)) == set(list(toy.papers)[:2])
    assert f"The map shows the newest 2 of {len(toy.papers)} papers." in text
    counts = [len(toy.papers_by_topic[topic]) for topic in toy.subtopics[""] if topic in toy.papers_by_topic]
    assert [int(n) for n in re.findall(r'^- .*<span class="count">(\d+)<', text, re.MULTILINE)] == counts
