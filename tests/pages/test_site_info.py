"""Pages about the digest itself."""

from dataclasses import replace

import pytest

from generator.model.catalog import Catalog, HandPage
from generator.pages import site_info
from generator.pages.all import all_pages
from tests.conftest import ROOT, SETTINGS
from tests.support.small_content import content, pages_of, paper


def test_many_corrections_are_on_several_pages(toy: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_info, "CORRECTIONS_ON_A_PAGE", 1)
    pages = {page.path: page.text for page in all_pages(toy, SETTINGS, ROOT / "theme")}
    counts = [text.count("\n- ") for path, text in pages.items() if path.startswith("corrections/")]
    assert len(counts) > 1
    assert set(counts) == {1}


THEME = ROOT / "theme"


def test_a_digest_without_corrections_explains_the_page() -> None:
    assert "No text has been corrected yet." in pages_of(content(paper()))["corrections/index.md"]


def test_a_mail_form_is_shown_only_if_it_is_set(toy: Catalog) -> None:
    addresses = [
        next(page.text for page in all_pages(toy, settings, THEME) if page.path == "subscribe/index.md")
        for settings in (SETTINGS, replace(SETTINGS, mail_form='https://lists.example/a?b="c"'))
    ]
    assert "<form" not in addresses[0]
    assert 'action="https://lists.example/a?b=&quot;c&quot;"' in addresses[1]
    assert "lists.example stores it" in addresses[1]


def test_a_hand_written_page_replaces_a_generated_one(toy: Catalog) -> None:
    hand = HandPage(id="subscribe", title="Follow us", text="By pigeon.")
    pages = [
        page for page in all_pages(replace(toy, pages={"subscribe": hand}), SETTINGS, THEME) if "subscribe" in page.path
    ]
    assert ["<p>By pigeon.</p>" in page.text for page in pages] == [True]
