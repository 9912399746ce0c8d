"""The reading list: papers added on any page, stored in the browser, exported as citations and as a file."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.storage import BLOCKED, FULL, READING_LIST, show_reading_list

pytestmark = pytest.mark.browser

CATS = "/papers/oconnor2025cats/"


def _add(page: Page, url: str) -> None:
    page.goto(url + CATS)
    page.get_by_role("button", name=re.compile("Add to list: Cats")).first.click()


def _stored(page: Page) -> list[str]:
    papers: list[str] = page.evaluate("key => JSON.parse(localStorage.getItem(key))", READING_LIST)
    return papers


def test_an_added_paper_stays_on_the_list_after_a_reload(page: Page, toy_url: str) -> None:
    _add(page, toy_url)
    button = page.get_by_role("button", name=re.compile("On your list: Cats")).first
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-reading-list-count]")).to_have_text("1")
    page.reload()
    expect(page.get_by_role("button", name=re.compile("On your list: Cats")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("On your list: Cats")).first.click()
    expect(page.locator("[data-reading-list-count]")).to_have_text("")


def test_the_page_shows_the_list_and_papers_are_removed(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/conf/2025/")
    buttons = page.get_by_role("button", name=re.compile("Add to list"))
    papers = buttons.count()
    for _ in range(papers):
        buttons.first.click()
    page.get_by_role("link", name=re.compile("Reading list")).first.click()
    expect(page.locator("[data-reading-list-page]")).to_have_attribute("data-shown", str(papers))
    expect(page.locator(".list-row .card-title").filter(has_text="Cats <script>alert(1)</script>")).to_have_count(1)
    page.get_by_role("button", name=re.compile("Remove: Cats")).click()
    expect(page.locator(".list-row")).to_have_count(papers - 1)


def test_the_list_is_exported_as_bibtex_and_as_a_file_and_imported(page: Page, toy_url: str, tmp_path: Path) -> None:
    _add(page, toy_url)
    page.goto(f"{toy_url}/reading-list/")
    with page.expect_download() as cited:
        page.get_by_role("button", name="Download BibTeX").click()
    assert "{oconnor2025cats," in Path(cited.value.path()).read_text("utf-8")
    with page.expect_download() as csl:
        page.get_by_role("button", name="Download CSL-JSON").click()
    assert [item["id"] for item in json.loads(Path(csl.value.path()).read_text("utf-8"))] == ["oconnor2025cats"]
    with page.expect_download() as exported:
        page.get_by_role("button", name="Export this list").click()
    saved = tmp_path / "list.json"
    saved.write_bytes(Path(exported.value.path()).read_bytes())
    assert json.loads(saved.read_text("utf-8")) == {"papers": ["oconnor2025cats"], "notes": {}, "follows": []}
    page.get_by_role("button", name=re.compile("Remove: Cats")).click()
    expect(page.locator(".list-row")).to_have_count(0)
    page.get_by_label("Import a list").set_input_files(saved)
    expect(page.locator(".list-row")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 paper imported from list.json")).to_be_visible()


@pytest.mark.parametrize(
    "stored", ["", "{", "null", "[1, {}, null]", '["../../x", "javascript:alert(1)", "<img src=x>"]', '{"papers": 1}']
)
def test_what_does_not_belong_in_the_store_is_ignored(page: Page, toy_url: str, stored: str, tmp_path: Path) -> None:
    page.goto(f"{toy_url}/about/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [READING_LIST, stored])
    page.goto(f"{toy_url}/reading-list/")
    expect(page.locator("[data-reading-list-page]")).to_have_attribute("data-shown", "0")
    foreign = tmp_path / "foreign.json"
    foreign.write_text(stored, "utf-8")
    page.get_by_label("Import a list").set_input_files(foreign)
    expect(page.get_by_role("status").filter(has_text="foreign.json")).to_be_visible()
    expect(page.locator(".list-row")).to_have_count(0)


def test_papers_of_another_digest_are_reported_as_missing(page: Page, toy_url: str, tmp_path: Path) -> None:
    """The record is answered without JSON, because a 404 would appear in the console and fail the test."""
    page.route("**/papers/gone2020paper/index.json", lambda route: route.fulfill(status=200, body="no json"))
    saved = tmp_path / "list.json"
    saved.write_text(json.dumps({"papers": ["gone2020paper", "oconnor2025cats"]}), "utf-8")
    page.goto(f"{toy_url}/reading-list/")
    page.get_by_label("Import a list").set_input_files(saved)
    expect(page.locator(".list-row")).to_have_count(2)
    expect(page.locator(".list-row").filter(has_text="This paper cannot be loaded")).to_be_visible()


def test_a_paper_without_authors_is_listed(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, "oconnor2025cats", "anon2025ghosts")
    expect(page.locator(".list-row .card-title").first).to_have_text("Ghosts without authors")
    expect(page.locator(".list-row .card-authors").first).to_have_text("Authors not recorded")
    expect(page.locator(".list-row .card-title").last).to_contain_text("Cats")


def test_a_row_shows_the_status_and_no_tex(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, "oconnor2025cats", "zhu2025dogs")
    expect(page.locator(".list-row .status")).to_have_text(["retracted"])
    expect(page.locator(".list-row .card-title").first).to_have_text("Dogs that fetch retracted")
    expect(page.locator(".list-row .card-title").last).to_contain_text("ℓ_2 norms")
    expect(page.locator(".list-row .card-tldr").last).to_contain_text("*always*, in O(n) time")


@pytest.mark.parametrize("listed", [["berg2025lots", "zhu2025dogs"], ["berg2025many", "zhu2025dogs", "berg2025lots"]])
def test_an_earlier_id_is_replaced_by_the_new_one(page: Page, toy_url: str, listed: list[str]) -> None:
    show_reading_list(page, toy_url, *listed)
    expect(page.locator(".list-row .card-title")).to_contain_text(["Dogs that fetch", "A paper by many"])
    assert _stored(page) == ["berg2025many", "zhu2025dogs"]
    page.get_by_role("button", name="Remove: A paper by many").click()
    assert _stored(page) == ["zhu2025dogs"]


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_the_list_lasts_until_the_page_is_left(page: Page, toy_url: str, storage: str) -> None:
    page.add_init_script(storage)
    _add(page, toy_url)
    expect(page.locator("[data-reading-list-count]")).to_have_text("1")
    page.get_by_role("button", name=re.compile("On your list until you leave")).first.click()
    expect(page.locator("[data-reading-list-count]")).to_have_text("")
    expect(page.get_by_role("button", name=re.compile("Add to list: Cats")).first).to_be_visible()


def test_removing_a_paper_moves_the_focus_and_reloads_nothing(page: Page, toy_url: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url) if request.url.endswith("index.json") else None)
    show_reading_list(page, toy_url, "berg2025many", "oconnor2025cats", "zhu2025dogs")
    expect(page.locator(".list-row .card-title")).to_contain_text(["Dogs", "Cats", "A paper by many"])
    assert len(requests) == 3
    page.get_by_role("button", name="Remove: Dogs").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove: Cats")).to_be_focused()
    page.get_by_role("button", name="Remove: A paper by many").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove: Cats")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_text("Your list is empty")).to_be_visible()
    assert len(requests) == 3


def test_rows_are_shown_before_their_records_and_stay_removed(page: Page, toy_url: str) -> None:
    waiting: list[Route] = []
    is_answered = False
    page.route("**/papers/*/index.json", lambda route: route.continue_() if is_answered else waiting.append(route))
    show_reading_list(page, toy_url, "berg2025many", "oconnor2025cats", "zhu2025dogs")
    expect(page.get_by_text("needs JavaScript")).to_have_count(0)
    expect(page.locator(".list-row .card-title")).to_have_text(["zhu2025dogs", "oconnor2025cats", "berg2025many"])
    page.get_by_role("button", name="Remove: zhu2025dogs").click()
    page.get_by_role("button", name="Remove: berg2025many").click()
    is_answered = True
    for route in waiting:
        route.continue_()
    expect(page.locator(".list-row .card-title")).to_contain_text(["Cats"])
    expect(page.locator(".list-row")).to_have_count(1)


def test_changes_in_another_tab_are_shown(page: Page, toy_url: str) -> None:
    show_reading_list(page, toy_url, "oconnor2025cats")
    other = page.context.new_page()
    other.goto(f"{toy_url}/papers/zhu2025dogs/")
    other.get_by_role("button", name=re.compile("Add to list: Dogs")).first.click()
    expect(page.locator(".list-row .card-title")).to_contain_text(["Dogs", "Cats"])
