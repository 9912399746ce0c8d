"""Charts: labels do not overlap or leave the screen, and tables and accessible names have the same numbers."""

import pytest
from playwright.sync_api import Page, expect

from generator.model.catalog import Catalog

pytestmark = pytest.mark.browser

LABELS = """chart => [...chart.querySelectorAll("text")].map(text => text.getBoundingClientRect())
  .filter(box => box.width).map(box => [box.left, box.top, box.right, box.bottom])"""


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_labels_neither_overlap_nor_leave_the_screen(page: Page, real_url: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/stats/", "/venues/iclr/", "/venues/iclr/2024/", "/topics/robustness/"):
        page.goto(real_url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for chart in page.locator(".chart > svg").all():
            boxes = chart.evaluate(LABELS)
            assert boxes
            assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
            assert not [
                (a, b) for index, a in enumerate(boxes) for b in boxes[:index]
                if a[0] < b[2] and b[0] < a[2] and a[1] + 1 < b[3] and b[1] + 1 < a[3]
            ]  # fmt: skip


def test_the_name_and_the_table_of_a_chart_have_the_same_numbers(page: Page, real_url: str, real: Catalog) -> None:
    page.goto(f"{real_url}/stats/")
    chart = page.locator(".chart", has_text="Papers by year").first
    name = chart.get_by_role("img").get_attribute("aria-label") or ""
    rows = chart.locator("tbody tr")
    expect(rows.first).to_be_hidden()
    chart.locator("summary").click()
    expect(rows.first).to_be_visible()
    rows_of_table = [tuple(row.inner_text().split()) for row in rows.all()]
    assert name == "Papers by year: " + ", ".join(f"{year}: {count}" for year, count in reversed(rows_of_table))
    undated = sum(real.year_of(paper) is None for paper in real.papers.values())
    assert sum(int(count) for _, count in rows_of_table) == len(real.papers) - undated


def test_the_length_of_a_bar_is_proportional_to_its_number(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/stats/")
    rows = page.get_by_role("table", name="Papers by venue").get_by_role("row").all()[1:4]
    counts = [int(row.get_by_role("cell").last.inner_text()) for row in rows]
    lengths = [row.locator("rect").evaluate("bar => bar.getBoundingClientRect().width") for row in rows]
    assert [length / lengths[0] for length in lengths] == pytest.approx([n / counts[0] for n in counts], abs=0.01)


def test_a_year_links_to_as_many_papers_as_the_chart_counts(page: Page, real_url: str) -> None:
    page.goto(f"{real_url}/stats/")
    chart = page.locator(".chart", has_text="Papers by year").first
    chart.locator("summary").click()
    count = chart.locator("tbody tr").first.locator("td").inner_text()
    chart.locator("tbody a").first.click()
    expect(page.locator("[role=status]", has_text=f"{count} papers").first).to_be_attached()
