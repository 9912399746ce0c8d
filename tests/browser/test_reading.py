"""Pages as a reader meets them: without JavaScript, narrow, light and dark."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

KINDS = (
    "/", "/papers/oconnor2025cats/", "/venues/", "/venues/conf/", "/venues/conf/2025/", "/topics/", "/topics/cats/",
    "/authors/", "/authors/plato/", "/institutions/", "/institutions/agh/", "/archive/", "/archive/2025/05/02/",
    "/search/", "/about/", "/subscribe/", "/corrections/", "/data/", "/weekly/", "/weekly/2025-w18/",
    "/reading-list/", "/map/", "/stats/", "/awards/", "/offline/",
)  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_fits_a_phone(page: Page, toy_url: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(toy_url + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_phone_shows_the_whole_sentence_on_the_digest(page: Page, toy_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/")
    assert page.locator(".masthead .lead").evaluate("lead => lead.scrollWidth - lead.clientWidth") == 0


LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LENGTHEN = """([selectors, word]) => {
  for (const part of document.querySelectorAll(selectors)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) text.data = text.data.replace(/\\p{L}{3,}/u, word);
  }
}"""
NAMED = (
    "h1, .digest-name, .lead, .tldr, .version p, .crumbs a, .card-title a, .card-authors a, .card-tldr, .authors a,"
    ".affiliations a, .badge, .count, .home-side a, .paper-side a, .related a, .neighbours a, .columns a, .legend li,"
    ".hit-title a, .hit-about, .hit-why, .search-chips button, .map-label, .map-list"
)


@pytest.mark.parametrize("path", [*KINDS, "/search/?q=dogs&topic=Dogs"])
def test_a_long_word_does_not_push_the_page_sideways(page: Page, toy_url: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(toy_url + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(LENGTHEN, [NAMED, LONG])
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_long_word_does_not_push_suggestions_sideways(page: Page, toy_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{toy_url}/")
    page.get_by_role("combobox").fill("dogs")
    page.locator(".search-drop [role=option]").first.wait_for()
    page.evaluate(LENGTHEN, [".search-drop", LONG])
    assert page.locator(".search-drop").evaluate("drop => drop.scrollWidth - drop.clientWidth") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_chosen_shows_in_forced_colors(page: Page, toy_url: str) -> None:
    """The page of the navigation on which the reader is, and the suggestion that Enter opens."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{toy_url}/about/")
    header = page.locator(".digest-header")
    here = header.screenshot()
    page.locator(".digest-nav [aria-current]").evaluate("link => link.removeAttribute('aria-current')")
    assert header.screenshot() != here
    page.get_by_role("combobox").fill("dogs")
    option = page.locator(".search-drop [role=option]").first
    option.wait_for()
    before = option.screenshot()
    page.keyboard.press("ArrowDown")
    assert option.screenshot() != before


def test_the_mark_of_the_page_moves_nothing(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/")
    places = "links => links.map((link) => [link.offsetLeft, link.offsetTop, link.closest('header').offsetHeight])"
    marked = page.locator(".digest-nav a").evaluate_all(places)
    page.locator(".digest-nav [aria-current]").evaluate("link => link.removeAttribute('aria-current')")
    assert page.locator(".digest-nav a").evaluate_all(places) == marked


@pytest.mark.parametrize("path", ["/papers/zhu2025dogs/", "/venues/conf/2025/"])
def test_names_written_from_right_to_left_keep_their_places(page: Page, toy_url: str, path: str) -> None:
    page.goto(toy_url + path)
    links = page.locator(".authors, .card-authors").filter(has=page.locator("a + a")).first.locator("a")
    links.evaluate_all("links => { links[0].textContent = 'דוד כהן'; links[1].textContent = 'משה לוי'; }")
    lefts = [box["x"] for link in links.all()[:2] if (box := link.bounding_box())]
    assert lefts == sorted(lefts)


def test_pages_read_without_javascript(browser: Browser, toy_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    expect(page.locator(".tldr").first).to_contain_text("Cats with a<b beat R&D dogs")
    expect(page.locator("math").first).to_be_visible()
    page.goto(f"{toy_url}/search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    expect(page.locator(".hits .card").first).to_be_visible()
    expect(page.locator(".search-controls, .facets-all, .search-page button").filter(visible=True)).to_have_count(0)
    page.locator(".digest-nav a", has_text="Topics").click()
    expect(page.locator("h1")).to_have_text("Topics")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_system_decides_between_light_and_dark_until_the_reader_does(
    browser: Browser, toy_url: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{toy_url}/about/")
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.locator(".scheme-toggle").click()
    after = page.evaluate(background)
    assert before != after
    page.reload()
    assert page.evaluate(background) == after
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
