"""No regular expression of the program takes more than twice as long for a text twice as long, whatever the text."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from tests.growth.patterns import ROOT, PlacedPattern, patterns_of
from tests.growth.regex_steps import Steps, TooManySteps, largest_bound, pumps, sample_of
from tests.growth.steps import noted

GROWTH_MOST = 2.3
PACKAGES = sorted(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "generator").rglob("__init__.py"))
SHORT = {
    "generator/importers/conference_in_prose.py:_LONG_FORM[0]": "240 characters before a bracket",
    "generator/importers/conference_in_prose.py:_DATES[0]": "2,000 characters of a line",
    "generator/importers/conference_in_prose.py:_DATES[1]": "2,000 characters of a line",
    "generator/importers/conference_in_prose.py:_DATES[2]": "2,000 characters of a line",
    "generator/importers/page_rows.py:_AUTHORS[0]": "asked of whole lines only",
    "generator/importers/page_lines.py:_LINK_WITH_COUNT[0]": "lines of at most ``_MAX_LINK_WITH_COUNT`` characters",
    "generator/site/material.py:_COMMA[0]": "the selectors of Material's own styles",
}
"""Patterns that may be slower, and why the texts that they are asked of are short."""
SMALL = 40
STEPS_MOST = 3_000_000


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Matches long texts: the steps of a pattern are counted by recursion.

    The limit must not stay: with it, nested brackets that another test reads would crash the process.
    """
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


@deep_recursion()
def worst(pattern: PlacedPattern, small: int = SMALL, most: int = STEPS_MOST) -> tuple[list[float], str]:
    """The growth of steps over three doublings of the worst text that is found for a pattern, and that text's start."""
    steps = Steps(pattern.pattern)
    count = steps.match if pattern.is_whole else steps.search_all
    sample, tried = sample_of(steps), []
    for pump in pumps(steps):
        for prefix, suffix in (("", ""), ("", "\x01"), (sample, "\x01")):
            try:
                less, more = (count(prefix + pump * n + suffix, most) for n in (small, 2 * small))
            except TooManySteps:
                return [float("inf")], prefix + pump
            tried.append((more / max(less, 1), prefix, pump, suffix))
    tried.sort(reverse=True)
    results = []
    for _, prefix, pump, suffix in tried[:2]:
        bound = largest_bound(steps.tree)
        size = max(2 * small, bound + 1 if bound > 100 else 4 * bound)
        texts = [prefix + pump * (size << doubling) + suffix for doubling in range(4)]
        try:
            counts = [count(text, 20 * most) for text in texts]
        except TooManySteps:
            return [float("inf")], prefix + pump
        results.append(([b / a for a, b in pairwise(counts)], prefix + pump))
    return max(results, key=lambda result: max(result[0]), default=([1.0], ""))


PATTERNS = [place for place in patterns_of(PACKAGES) if place.name not in SHORT]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_the_steps_of_a_pattern_grow_with_the_text_alone(pattern: PlacedPattern) -> None:
    growth, text = worst(pattern)
    noted(growth)
    assert max(growth) < GROWTH_MOST, f"{pattern.pattern.pattern!r} on {text!r} repeated: {growth}"


def test_a_bad_pattern_is_found() -> None:
    """The count can be believed: it sees what is known to be quadratic or worse, and nothing elsewhere."""
    for bad in (r"(a+)+$", r"\s+$", r"\\\((.*?)\\\)", r"(?:a|a)*b", r"x*x*y", r"<a[^>]*>"):
        assert max(worst(PlacedPattern("bad", re.compile(bad), is_whole=False), most=30_000)[0]) >= GROWTH_MOST, bad
    for good in (r"(?<!\s)\s++$", r"[a-z]+", r"a{1,30}b", r"<a[^<>]*>", r"^x*y"):
        assert max(worst(PlacedPattern("good", re.compile(good), is_whole=False))[0]) < GROWTH_MOST, good


def test_steps_find_what_re_finds() -> None:
    for pattern, text in (
        (r"(a|ab)(c|bcd)(d*)", "abcd"),
        (r"(?<=x)y+?z", "xyyz"),
        (r"(a)\1b", "aab"),
        (r"(?>a+)b", "aab"),
    ):
        assert Steps(re.compile(pattern)).match(text) > 0
    assert len(PATTERNS) > 400
    assert {place.name for place in patterns_of(PACKAGES)} >= SHORT.keys()
