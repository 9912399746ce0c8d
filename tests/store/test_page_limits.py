"""Hand-written pages that would take long to convert are refused, and all others are converted in few calls."""

from collections.abc import Callable

import pytest

from generator.store.page_limits import MAX_CELLS, MAX_COLUMNS, MAX_LINES, MAX_NESTED, costly_markdown
from generator.text.hand_markdown import convert
from tests.growth.steps import calls_of

SIZE = 8_000
CALLS_MOST = 20  # times as many as an ordinary page of the same size
PATTERNS: dict[str, Callable[[int], str]] = {
    "columns": lambda n: "|a" * (n // 4) + "|\n" + "|-" * (n // 4) + "|\n",
    "columns and short rows": lambda n: "a|" * (n // 8) + "\n" + "-|" * (n // 8) + "\n" + "x\n" * (n // 4),
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n" * (n // 6),
    "headings": lambda n: "# a\n" * (n // 4),
    "underlined headings": lambda n: "a\n=\n" * (n // 4),
    "definitions": lambda n: "a\n: b\n" * (n // 6),
    "definitions of a term": lambda n: "a\n" + ": b\n" * (n // 4),
    "references": lambda n: "".join(f"[{k}]: /a\n" for k in range(n // 9)),
    "references on two lines": lambda n: "[a]:\n" * (n // 5),
    "footnotes": lambda n: "".join(f"[^{k}]: x\n" for k in range(n // 10)) + "[^0] " * (n // 10),
    "one footnote": lambda n: "[^1]" * (n // 4) + "\n\n[^1]: x\n",
    "abbreviations": lambda n: "".join(f"*[A{k}]: x\n" for k in range(n // 20)) + "A1 " * (n // 6),
    "open brackets": lambda n: "[" * n,
    "open brackets after closed ones": lambda n: "]" * (n // 2) + "[" * (n // 2),
    "open brackets and text": lambda n: "[a " * 50 + "x " * (n // 2 - 80),
    "nested brackets": lambda n: "[" * (n // 2) + "]" * (n // 2),
    "nested links": lambda n: "[" * (n // 8) + "](x)" * (n // 8),
    "open links": lambda n: "[a](" * (n // 4),
    "open elements": lambda n: "<a " * (n // 3),
    "open elements after closed ones": lambda n: ">" * (n // 4) + "<a " * (n // 4),
    "elements with Markdown": lambda n: "<div markdown>\n" * (n // 25) + "</div>\n" * (n // 25),
    "quotes": lambda n: ">" * n,
    "quotes and lists": lambda n: "> - " * (n // 4) + "a",
    "bullets": lambda n: "* " * (n // 2) + "a",
    "numbers": lambda n: "1. " * (n // 3) + "a",
    "lists in lists": lambda n: "\n".join("    " * k + "- a" for k in range(int((n / 2) ** 0.5))),
    "admonitions in admonitions": lambda n: "\n".join("    " * k + "!!! note" for k in range(int((n / 2) ** 0.5))),
    "tabs in tabs": lambda n: "\n".join("    " * k + '=== "a"' for k in range(int((n / 2) ** 0.5))),
    "attributes": lambda n: "# a {: " + "a=b " * (n // 4) + "}",
    "open attributes": lambda n: "*a*{: " * (n // 6),
    "open attributes of a heading": lambda n: "# a {: " * (n // 7),
    "code": lambda n: "`" * n,
    "fences": lambda n: "```\n" * (n // 4),
    "stars": lambda n: "**a *b " * (n // 7),
    "edits": lambda n: "{++a " * (n // 5),
    "formulas": lambda n: "$x " * (n // 3),
}  # fmt: skip


@pytest.fixture(scope="module")
def ordinary() -> int:
    """The calls for a page of prose, after what is done once for all pages."""
    convert("# A\n", str)
    return _calls("## Title\n\n" + "Some *words* and a [link](about.md).\n\n" * (SIZE // 40))


def _calls(text: str) -> int:
    return calls_of(lambda: convert(text, str))


@pytest.mark.parametrize("name", PATTERNS)
def test_the_largest_page_that_is_not_refused_is_converted_in_few_calls(name: str, ordinary: int) -> None:
    size = SIZE
    while costly_markdown("pages/x.md", PATTERNS[name](size)):
        size = size * 3 // 4
    assert size > 40
    assert _calls(PATTERNS[name](size)) < CALLS_MOST * ordinary


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# a\n" * MAX_LINES, f"5,001 lines, at most {MAX_LINES:,} fit"),
        ('=== "a"\n    # a\n' * (MAX_LINES // 2), f"5,001 lines, at most {MAX_LINES:,} fit"),
        (f"|{'a|' * MAX_COLUMNS}\n|{'-|' * MAX_COLUMNS}\n", "101 columns in a table, at most 100 fit"),
        ("|a" * 99 + "\n" + "|-" * 99 + "\n" + "x\n" * 600, f"59,697 cells of tables, at most {MAX_CELLS:,} fit"),
        ("a\n\n" + "> " * (MAX_NESTED + 1) + "a\n", "a line opens 51 quotes and lists, at most 50 may be nested"),
        ("a " * 16_001, "32,002 characters without an empty line, at most 32,000 fit"),
        ("]" * 51 + "[" * 51, "51 `[` are open at once, at most 50 may be"),
        ("- a\n" + " " * 201 + "- b\n", "a line is indented by more than 200 characters"),
    ],
)
def test_a_page_that_takes_long_to_convert_is_refused(text: str, message: str) -> None:
    problem = costly_markdown("pages/x.md", text)
    assert problem
    assert message in problem.message
    assert problem.hint
    assert problem.line in {1, 2, 3}


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (MAX_LINES - 1),
        "[" * 50 + "]" * 50,
        "-" * 200 + "\n",
        "    if a < b and b << 2:\n" * 150,
        "```\n" + "|" * 300 + "\n```\n",
        "- [ ] task\n" * 2000,
        "a :) b\n" * 2000,
    ],
)
def test_an_ordinary_page_is_not_refused(text: str) -> None:
    assert costly_markdown("pages/x.md", text) is None
