"""Rules for hand-written pages."""

from typing import Any

import pytest

from generator.model.catalog import HandPage
from generator.rules import pages
from tests.support.small_content import broken, content, paper


def _page(page_id: str, text: str = "", **fields: Any) -> HandPage:
    return HandPage(id=page_id, title=page_id, text=text, **fields)


@pytest.mark.parametrize(
    ("page_id", "faulty"),
    [("about", False), ("about/us-2", False), ("papers", True), ("papers/x", True), ("con", True), ("About Us", True)],
)
def test_a_page_has_an_address_of_its_own(page_id: str, faulty: bool) -> None:
    expected = [("E322", f"pages/{page_id}")] * faulty
    assert broken(pages.pages_have_an_address, content(pages=(_page(page_id),))) == expected


def test_a_page_begins_with_its_title() -> None:
    records = content(pages=(_page("a"), _page("b", has_heading=False)))
    assert broken(pages.pages_have_headings, records) == [("W392", "pages/b")]


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("other.md", ""),
        ("other.md#part", ""),
        ("other.md#missing", "no heading"),
        ("missing.md", "no page"),
        ("papers/reef2025ropes/index.md", ""),
        ("papers/missing/index.md", "no page"),
        ("shot.png", "no file shot.png in content/pages"),
        ("https://a.example/x", ""),
    ],
)
def test_links_of_a_page_have_targets(link: str, reason: str) -> None:
    text, other = f"One line.\n\nA [link]({link}).\n", "## Part\n"
    records = content(paper(), pages=(_page("a", text, lines_before=2), _page("other", other)))
    problems = list(pages.links_of_pages_have_targets(records))
    assert [(problem.code, problem.line) for problem in problems] == [("W396", 5)] * bool(reason)
    assert all(reason in problem.message for problem in problems)


def test_links_are_checked_against_all_pages_of_the_site_if_they_are_known() -> None:
    records = content(paper(), pages=(_page("a", "A [link](papers/reef2025ropes/index.md).\n"),))
    assert list(pages.links_of_pages_have_targets(records, {"papers/reef2025ropes"})) == []
    assert len(list(pages.links_of_pages_have_targets(records, {"papers/other"}))) == 1
