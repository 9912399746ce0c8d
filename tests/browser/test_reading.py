"""Pages without JavaScript, on narrow screens, with large text, in light and dark."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.loading import open_page

pytestmark = pytest.mark.browser

KINDS = (
    "/", "/papers/oconnor2025cats/", "/venues/", "/venues/conf/", "/venues/conf/2025/", "/topics/", "/topics/cats/",
    "/authors/", "/authors/plato/", "/institutions/", "/institutions/agh/", "/archive/", "/archive/2025/05/02/",
    "/search/", "/about/", "/subscribe/", "/corrections/", "/data/", "/weekly/", "/weekly/2025-w18/",
    "/reading-list/", "/map/", "/stats/", "/awards/", "/offline/",
)  # fmt: skip


CLIPPED = """() => [...document.querySelectorAll("body *")].filter(part => {
  const style = getComputedStyle(part);
  const cut = /hidden|clip/.test(style.overflowX + style.overflowY);
  const isMeant = style.clipPath !== "none" || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  return cut && !isMeant && part.checkVisibility() && part.textContent.trim()
    && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => {
  const parts = document.querySelectorAll("a[href], button, input, select, textarea, summary");
  return [...parts].filter(part => {
    const isText = getComputedStyle(part).display === "inline" || part.closest("svg");
    const isShown = part.checkVisibility({ visibilityProperty: true }) && part.offsetWidth > 1;
    const boxes = [part, ...(part.labels ?? [])].map(it => it.getBoundingClientRect());
    return isShown && !isText && !boxes.some(box => box.width >= 24 && box.height >= 24);
  }).map(part => part.outerHTML.slice(0, 120));
}"""
CONTROLS = (
    "/", "/papers/oconnor2025cats/", "/venues/conf/2025/", "/search/?q=dogs", "/subscribe/", "/map/", "/stats/",
    "/reading-list/?add=oconnor2025cats", "/collections/agh-at-conf/",
)  # fmt: skip


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_fits_narrow_screens_and_large_text(page: Page, toy_url: str, path: str) -> None:
    """320 pixels are a screen of 1280 at 400 percent (WCAG 2.2, 1.4.10), 640 one at 200 percent (1.4.4)."""
    open_page(page, toy_url + path)
    for width, size in ((320, "100%"), (640, "100%"), (1280, "200%")):
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("path", CONTROLS)
def test_targets_are_at_least_24_pixels_large(page: Page, toy_url: str, path: str) -> None:
    """Except links within text (WCAG 2.2, 2.5.8)."""
    open_page(page, toy_url + path)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SMALL_TARGETS) == []


def test_a_phone_shows_the_whole_description(page: Page, toy_url: str) -> None:
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
    ".affiliations a, .badge, .count, .home-side a, .paper-side a, .related a, .neighbors a, .columns a, .legend li,"
    ".hit-title a, .search-hint, .hit-reason, .search-chips button, .map-label, .map-list"
)


@pytest.mark.parametrize("path", [*KINDS, "/search/?q=dogs&topic=Dogs"])
def test_a_long_word_does_not_push_the_page_sideways(page: Page, toy_url: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, toy_url + path)
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


def test_the_current_page_and_option_are_visible_in_forced_colors(page: Page, toy_url: str) -> None:
    """The page of the navigation on which the reader is, and the suggestion that Enter opens."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(f"{toy_url}/about/")
    header = page.locator(".digest-header")
    before_removal = header.screenshot()
    page.locator(".digest-nav [aria-current]").evaluate("link => link.removeAttribute('aria-current')")
    assert header.screenshot() != before_removal
    page.get_by_role("combobox").fill("dogs")
    option = page.locator(".search-drop [role=option]").first
    option.wait_for()
    before = option.screenshot()
    page.keyboard.press("ArrowDown")
    assert option.screenshot() != before


def test_marking_the_current_page_moves_nothing(page: Page, toy_url: str) -> None:
    page.goto(f"{toy_url}/venues/")
    places = "links => links.map((link) => [link.offsetLeft, link.offsetTop, link.closest('header').offsetHeight])"
    marked = page.locator(".digest-nav a").evaluate_all(places)
    page.locator(".digest-nav [aria-current]").evaluate("link => link.removeAttribute('aria-current')")
    assert page.locator(".digest-nav a").evaluate_all(places) == marked


@pytest.mark.parametrize("path", ["/papers/zhu2025dogs/", "/venues/conf/2025/"])
def test_names_written_from_right_to_left_keep_their_order(page: Page, toy_url: str, path: str) -> None:
    page.goto(toy_url + path)
    links = page.locator(".authors, .card-authors").filter(has=page.locator("a + a")).first.locator("a")
    links.evaluate_all("links => { links[0].textContent = 'דוד כהן'; links[1].textContent = 'משה לוי'; }")
    lefts = [box["x"] for link in links.all()[:2] if (box := link.bounding_box())]
    assert lefts == sorted(lefts)


def test_pages_are_readable_without_javascript(without_scripts: Page, toy_url: str) -> None:
    page = without_scripts
    page.goto(f"{toy_url}/papers/oconnor2025cats/")
    expect(page.locator(".tldr").first).to_contain_text("Cats with a<b beat R&D dogs")
    expect(page.locator("math").first).to_be_visible()
    page.goto(f"{toy_url}/search/")
    expect(page.get_by_text("Search needs JavaScript")).to_be_visible()
    expect(page.locator(".hits .card").first).to_be_visible()
    expect(page.locator(".search-controls, .facets-all, .search-page button").filter(visible=True)).to_have_count(0)
    page.locator(".digest-nav a", has_text="Topics").click()
    expect(page.locator("h1")).to_have_text("Topics")


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
