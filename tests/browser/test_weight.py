"""How many bytes a paper's page loads, and that its text needs no script. A first search: ``test_search.py``."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

pytestmark = pytest.mark.browser

MOST = 120_000
MOST_BESIDES_STYLE = 60_000
STYLE = ("stylesheet", "font")
COMPRESSED = (b"\x1f\x8b", b"wOF2", b"\x89PNG")
HEADERS = 500  # bytes of the headers of a response, generously
LINES = """() => {
  const content = document.querySelector("#content").cloneNode(true);
  content.querySelectorAll("button, label, select, [role=status]").forEach(it => it.remove());
  content.querySelectorAll("p, li, h1, h2, dd, pre").forEach(it => it.append("\\n"));
  return content.textContent.split("\\n").map(line => line.trim()).filter(Boolean);
}"""


def _weight(response: Response) -> int:
    """Bytes as a host sends them, compressed with gzip unless the file is compressed already."""
    data = response.body()
    return HEADERS + len(data if data.startswith(COMPRESSED) else gzip.compress(data, 6))


@pytest.fixture(scope="module")
def largest(real_site: Path) -> str:
    """The path of the largest page of a paper."""
    page = max(real_site.glob("papers/*/index.html"), key=lambda file: file.stat().st_size)
    return f"/papers/{page.parent.name}/"


def test_the_largest_paper_page_loads_few_bytes(page: Page, real_url: str, largest: str) -> None:
    """All files that a first visit loads to show the page. Those for offline reading are loaded later, when idle."""
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(real_url + largest)
    page.wait_for_load_state("networkidle")
    weights = [(response.request.resource_type, _weight(response)) for response in responses]
    assert {kind for kind, _ in weights} >= {"document", "stylesheet", "font", "script"}
    assert sum(weight for kind, weight in weights if kind not in STYLE) <= MOST_BESIDES_STYLE
    assert sum(weight for _, weight in weights) <= MOST


def test_scripts_add_no_text_to_a_paper(without_scripts: Page, page: Page, real_url: str, largest: str) -> None:
    page.goto(real_url + largest)
    page.wait_for_load_state("networkidle")
    with_scripts = page.evaluate(LINES)
    without_scripts.goto(real_url + largest)
    assert without_scripts.locator(".version p").first.is_visible()
    assert without_scripts.evaluate(LINES) == with_scripts
