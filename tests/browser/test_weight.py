"""What a first visit to a paper weighs, and that its text needs no script. A first search: ``test_search.py``."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

MOST = 120_000
MOST_BESIDE_LOOKS = 60_000
LOOKS = ("stylesheet", "font")
PACKED = (b"\x1f\x8b", b"wOF2", b"\x89PNG")
HEAD = 500  # what a host's answer says about a file, generously
LINES = """() => {
  const content = document.querySelector("#content").cloneNode(true);
  content.querySelectorAll("button, label, select, [role=status]").forEach(it => it.remove());
  content.querySelectorAll("p, li, h1, h2, dd, pre").forEach(it => it.append("\\n"));
  return content.textContent.split("\\n").map(line => line.trim()).filter(Boolean);
}"""


def _weight(answer: Response) -> int:
    """Bytes as a host sends them: packed with gzip where that helps."""
    data = answer.body()
    return HEAD + len(data if data.startswith(PACKED) else gzip.compress(data, 6))


@pytest.fixture(scope="module")
def heaviest(real_site: Path) -> str:
    """The address of the paper whose page is longest."""
    page = max(real_site.glob("papers/*/index.html"), key=lambda file: file.stat().st_size)
    return f"/papers/{page.parent.name}/"


def test_the_heaviest_paper_is_light(page: Page, real_url: str, heaviest: str) -> None:
    """All that a fresh browser fetches to show the page; what is kept for reading offline comes later, when idle."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(real_url + heaviest)
    page.wait_for_load_state("networkidle")
    weights = [(answer.request.resource_type, _weight(answer)) for answer in answers]
    assert {kind for kind, _ in weights} >= {"document", "stylesheet", "font", "script"}
    assert sum(weight for kind, weight in weights if kind not in LOOKS) <= MOST_BESIDE_LOOKS
    assert sum(weight for _, weight in weights) <= MOST


def test_scripts_add_no_text_to_a_paper(browser: Browser, page: Page, real_url: str, heaviest: str) -> None:
    page.goto(real_url + heaviest)
    page.wait_for_load_state("networkidle")
    with_scripts = page.evaluate(LINES)
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(real_url + heaviest)
    assert plain.locator(".version p").first.is_visible()
    assert plain.evaluate(LINES) == with_scripts
    context.close()
