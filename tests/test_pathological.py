"""Entries made to cost time: whatever the codec accepts is rendered in few calls, and calls grow with size alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from markdown import Markdown

from generator.codec.decode import decode
from generator.exports.all import all_exports
from generator.model.catalog import Catalog, Content, build_catalog
from generator.model.paper import Paper
from generator.model.values import MAX_LINE, MAX_TEXT, MAX_TITLE
from generator.pages.all import all_pages
from generator.search.all import search_files
from generator.site.plain_markdown import convert
from generator.text import maths
from generator.text.markup import read_prose
from tests.conftest import ROOT, SETTINGS
from tests.growth.steps import calls_of

PATTERNS: dict[str, Callable[[int], str]] = {
    "stars": lambda n: "*" * n,
    "stars and letters": lambda n: ("*a_" * n)[:n],
    "open brackets": lambda n: "[" * n,
    "links begun": lambda n: ("[a](" * n)[:n],
    "images begun": lambda n: ("![](" * n)[:n],
    "nested links": lambda n: "[" * (n // 2) + "](x)" * (n // 8),
    "backticks": lambda n: "".join("`" * k + " " for k in range(1, 100))[:n],
    "dollars": lambda n: "$" * n,
    "formulas": lambda n: ("$x$ " * n)[:n],
    "formulas begun": lambda n: ("$\\frac{" * n)[:n],
    "braces": lambda n: "$" + "{" * min(n, 498) + "$" + "{" * n,
    "roots": lambda n: ("$" + "\\sqrt{" * 70 + "$ ") * (n // 423),
    "quotes": lambda n: ">" * n,
    "lists in lists": lambda n: "\n".join(" " * k + "- a" for k in range(int((2 * n) ** 0.5) - 4))[:n],
    "numbers": lambda n: "\n".join(f"{k}. a" for k in range(n // 6)),
    "references": lambda n: "\n\n".join(f"[{k}]: /{k}" for k in range(n // 10)),
    "entities": lambda n: ("&amp;&#38;" * n)[:n],
    "tags begun": lambda n: ("<a <!-- <![CDATA[ <?" * n)[:n],
    "spaces": lambda n: "a" + " " * (n - 2) + "b",
    "lines": lambda n: ("a\n\n" * n)[: n - 1] + "b",
    "backslashes": lambda n: "\\" * n,
    "tildes and carets": lambda n: ("~^=" * n)[:n],
    "curly templates": lambda n: ("{{{%{#" * n)[:n],
    "letters of many scripts": lambda n: ("a\u0430\u03b1\u4e00" * n)[:n],
}  # fmt: skip
MOST_TIMES = 20  # as many calls as an ordinary paper
MOST_GROWTH = 6  # for a text four times as long


def _paper(pattern: Callable[[int], str], size: int) -> Paper:
    """A paper with the pattern in every field, each a little different, so that none is done along with another."""

    def filled(length: int, start: str) -> str:
        return start + pattern(min(size, length) - 1)[: min(size, length) - 1].rstrip()

    def line(length: int, start: str) -> str:
        return " ".join(filled(length, start).split())

    raw = {
        "id": "costly", "title": line(MAX_TITLE, "t"), "venue": "x-2025", "topics": ["x"], "added": "2025-01-01",
        "authors": [{"name": line(MAX_LINE, "n"), "affiliation": line(MAX_LINE, "a")}], "tldr": line(MAX_LINE, "l"),
        "summary": filled(MAX_TEXT, "s"), "significance": filled(MAX_TEXT, "w"),
        "limitations": filled(MAX_TEXT, "m"), "abstract": filled(MAX_TEXT, "b"),
        "keywords": [line(MAX_LINE, "k")], "status": "corrected",
        "status_note": line(MAX_LINE, "o"),
    }  # fmt: skip
    paper, faults = decode(Paper, raw)  # type: ignore[arg-type]
    assert paper is not None, faults
    return paper


def _calls(pattern: Callable[[int], str], size: int, toy: Catalog) -> int:
    """The calls that all pages and exports of a digest take whose only paper is made of a pattern."""
    for function in (read_prose, *vars(maths).values()):  # so that nothing is known from a smaller size
        if hasattr(function, "cache_clear"):
            function.cache_clear()
    series = next(item for item in toy.series.values() if item.editions)
    paper = replace(_paper(pattern, size), venue=series.editions[0].id, topics=(next(iter(toy.topics)),))
    content = Content(papers=(paper,), series=(series,), topics=tuple(toy.topics.values()))

    def render() -> None:
        catalog = build_catalog(content)
        for page in all_pages(catalog, SETTINGS, ROOT / "theme"):
            if page.path.startswith("papers/"):
                source = page.text.split("---\n", 2)[2]
                if convert(source, lambda address: address) is None:
                    Markdown(extensions=["attr_list", "md_in_html", "toc", "tables"]).convert(source)
        list(all_exports(catalog, replace(SETTINGS, social_cards=False), ROOT / "theme"))
        list(search_files(catalog, SETTINGS, ROOT / "theme"))

    return calls_of(render)


@pytest.fixture(scope="module")
def ordinary(toy: Catalog) -> int:
    """The calls for an ordinary paper, after what is done once for all papers."""
    return [_calls(lambda n: "a word " * (n // 7), 200, toy) for _ in range(2)][1]


@pytest.mark.parametrize("name", PATTERNS)
def test_a_costly_entry_is_rendered_in_few_calls(name: str, ordinary: int, toy: Catalog) -> None:
    """Everything that is made of one paper. ``tests/growth`` has the steps of each parser, encoder and pattern."""
    quarter, whole = (_calls(PATTERNS[name], size, toy) for size in (MAX_TEXT // 4, MAX_TEXT))
    assert whole < MOST_TIMES * ordinary
    assert whole - ordinary < MOST_GROWTH * max(quarter - ordinary, ordinary // 4)
