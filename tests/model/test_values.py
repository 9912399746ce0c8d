"""Values of fields: limits, ids, days and addresses."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.codec.decode import decode
from generator.commands.check import problems_of
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.model.record import Raw, RawRecord
from generator.store.load import load
from generator.store.yaml_file import read
from tests.conftest import SOURCES, needs_sources
from tests.model.test_faults import GOOD


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_day_in_a_distant_year_is_refused(day: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(GOOD.replace("2025-05-02", day), "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E205"]


@pytest.mark.parametrize("odd", ["\ud800", "\u202e", "\u200b"], ids=ascii)
def test_an_address_with_a_hidden_character_is_refused(odd: str, content: Path) -> None:
    row = {**json.loads(_row()), "links": {"pdf": f"https://example.org/{odd}"}}
    (content / "papers/conf-2025.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert [problem.code for problem in problems_of(load(content))] == ["E211"]


def _row() -> str:
    """The good entry as a line of JSON."""
    return json.dumps({**read(GOOD).raw, "id": "byron2025good"})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("field", "limit", "make"),
    [
        ("title", 300, lambda n: "x" * n),
        ("summary", 5000, lambda n: "x" * n),
        ("tldr", 500, lambda n: "x" * n),
        ("authors", 3000, lambda n: ["A B"] * n),
        ("topics", 20, lambda n: [f"t{i}" for i in range(n)]),
        ("keywords", 100, lambda n: ["k"] * n),
    ],
)
def test_a_value_is_accepted_at_its_limit_and_refused_above(field: str, limit: int, make: Callable[[int], Raw]) -> None:
    good: RawRecord = {
        "id": "a",
        "title": "T",
        "authors": ["A"],
        "venue": "v-1",
        "topics": ["t"],
        "added": "2025-01-01",
    }
    assert decode(Paper, {**good, field: make(limit)})[1] == []
    faults = decode(Paper, {**good, field: make(limit + 1)})[1]
    assert [fault.code for fault in faults] in (["E212"], ["E220"])


HOSTILE_IDS = (
    "../x", "/etc/x", "C:x", "a/../../x", "..%2fx", "a\x00b", "a\rb", "..", "", "-rf", "~", ".git/config", "_headers",
    "CNAME", "index", "search", "sitemap.xml", "feed.xml", "a" * 81, "Attention", "\u212b", "\ufb01", "a.",
    "p\u0430per", "con", "nul", "com1", "a--b", "a-", "a b", "a\n",
)  # fmt: skip


@pytest.mark.parametrize("field", ["id", "venue", "topics", "aliases"])
def test_ids_that_lead_elsewhere_or_collide_are_refused(field: str) -> None:
    """Ids that differ in case or form only, lead elsewhere or are kept by systems are refused wherever an id stands."""
    for value in HOSTILE_IDS:
        faults = _faults_with(field, value)
        assert faults, value
        assert {fault.code for fault in faults} <= {"E204", "E221", "E213", "E215", "E222"}, value


@needs_sources
def test_only_safe_ids_are_accepted() -> None:
    values = json.loads((SOURCES / "hostile/slugs.json").read_text("utf-8"))
    accepted = [value for value in values if not _faults_with("id", value)]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) and len(value) <= 80 for value in accepted)
    assert len(accepted) < len(values) / 4


def _faults_with(field: str, value: str) -> list[Problem]:
    raw: RawRecord = {"id": "a", "title": "T", "authors": ["A"], "venue": "v", "topics": ["t"], "added": "2025-01-01"}
    raw[field] = [value] if field in ("topics", "aliases") else value
    return decode(Paper, raw)[1]
