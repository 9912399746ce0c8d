"""Entries made to cost time: whatever the door lets through is rendered quickly, and time grows with size alone."""

import time
from collections.abc import Callable
from dataclasses import replace

import markdown
import pytest

from generator.codec.decode import decode
from generator.exports.all import all_exports
from generator.model.catalog import Catalog, build_catalog
from generator.model.content import Content
from generator.model.paper import Paper
from generator.model.values import LINE_MOST, TEXT_MOST, TITLE_MOST
from generator.pages.all import all_pages
from generator.search.all import search_files
from generator.site.plain_markdown import convert
from generator.text import maths
from generator.text.markup import read_prose
from tests.conftest import ROOT, SETTINGS

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
MOST_SECONDS = 0.2
PLAIN_SECONDS = 0.04  # what an ordinary paper takes where the bound holds
MOST_GROWTH = 6
MOST_TRIES = 5


def _paper(pattern: Callable[[int], str], size: int) -> Paper:
    """A paper with the pattern in every field, each a little different, so that none is done along with another."""

    def of(length: int, start: str) -> str:
        return start + pattern(min(size, length) - 1)[: min(size, length) - 1].rstrip()

    def line(length: int, start: str) -> str:
        return " ".join(of(length, start).split())

    raw = {
        "id": "costly", "title": line(TITLE_MOST, "t"), "venue": "x-2025", "topics": ["x"], "added": "2025-01-01",
        "authors": [{"name": line(LINE_MOST, "n"), "affiliation": line(LINE_MOST, "a")}], "tldr": line(LINE_MOST, "l"),
        "summary": of(TEXT_MOST, "s"), "significance": of(TEXT_MOST, "w"), "limitations": of(TEXT_MOST, "m"),
        "abstract": of(TEXT_MOST, "b"), "keywords": [line(LINE_MOST, "k")], "status": "corrected",
        "status_note": line(LINE_MOST, "o"),
    }  # fmt: skip
    paper, faults = decode(Paper, raw)  # type: ignore[arg-type]
    assert paper is not None, faults
    return paper


def _rendered(pattern: Callable[[int], str], size: int, toy: Catalog) -> float:
    """Seconds of processor time that all pages and exports of a digest take whose only paper is made of a pattern."""
    for cached in (read_prose, maths.to_mathml, maths.to_plain):
        cached.cache_clear()
    series = next(item for item in toy.series.values() if item.editions)
    paper = replace(_paper(pattern, size), venue=series.editions[0].id, topics=(next(iter(toy.topics)),))
    content = Content(papers=(paper,), series=(series,), topics=tuple(toy.topics.values()))
    start = time.process_time()
    catalog = build_catalog(content)
    pages = [page for page in all_pages(catalog, SETTINGS, ROOT / "theme") if page.path.startswith("papers/")]
    for page in pages:
        source = page.text.split("---\n", 2)[2]
        if convert(source, lambda address: address) is None:
            _markdown().convert(source)
    list(all_exports(catalog, replace(SETTINGS, social_cards=False), ROOT / "theme"))
    list(search_files(catalog, SETTINGS, ROOT / "theme"))
    return time.process_time() - start


def _markdown() -> markdown.Markdown:
    return markdown.Markdown(extensions=["attr_list", "md_in_html", "toc", "tables"])


def _plain(toy: Catalog) -> float:
    """Seconds that an ordinary paper takes, nearly all of it for what every digest has."""
    return _rendered(lambda n: "a word " * (n // 7), 200, toy)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_costly_entry_is_rendered_quickly(name: str, toy: Catalog) -> None:
    """Everything that is made of one paper, less what any paper costs, in processor time; the best of some tries.

    An ordinary paper beside it in each try tells how much slower this machine is just now than the one of the bound.
    """
    pattern, overs, growths = PATTERNS[name], [], []
    for _ in range(MOST_TRIES):
        plain, whole = _plain(toy), _rendered(pattern, TEXT_MOST, toy)
        quarter = _rendered(pattern, TEXT_MOST // 4, toy)
        overs.append((whole - plain) / max(1.0, plain / PLAIN_SECONDS))
        growths.append(whole / quarter)
        if min(overs) < MOST_SECONDS and min(growths) < MOST_GROWTH:
            return
    assert min(overs) < MOST_SECONDS
    assert min(growths) < MOST_GROWTH
