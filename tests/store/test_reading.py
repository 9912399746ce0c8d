"""Hand-written pages: what is read of them, and which pages are refused because they would take long to convert."""

import pytest

from generator.store.limits import ABBREVIATIONS_MOST, OPEN_MOST, PAGE_LINES_MOST
from generator.store.reading import costly_markdown, read_page


def test_the_title_is_that_of_the_front_matter_or_the_heading_or_the_file() -> None:
    assert read_page("about", "---\ntitle: About us\n---\n# Heading\n\nText\n").title == "About us"
    assert read_page("about", "# Heading\n\nText\n").title == "Heading"
    assert read_page("guides/how-to", "Text\n").title == "How to"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# a\n" * PAGE_LINES_MOST, "E108"),
        ('=== "a"\n    # a\n' * (PAGE_LINES_MOST // 2), "E108"),
        ("".join(f"*[A{number}]: x\n" for number in range(ABBREVIATIONS_MOST + 1)), "E108"),
        ("[" * (OPEN_MOST + 1), "E118"),
        ("<" * (OPEN_MOST + 1), "E118"),
    ],
)
def test_a_page_that_takes_long_to_convert_is_refused(text: str, code: str) -> None:
    problem = costly_markdown("pages/x.md", text)
    assert problem
    assert problem.code == code


def test_a_page_within_the_limits_is_not_refused() -> None:
    assert costly_markdown("pages/x.md", "# a\n" * (PAGE_LINES_MOST - 1)) is None
    assert costly_markdown("pages/x.md", "[" * OPEN_MOST) is None
