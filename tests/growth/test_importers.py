"""Every importer takes about twice the steps for twice the records, and for twice the text that is bad for a parser."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from generator.importers import issue_form
from generator.importers.kinds import IMPORTERS
from generator.importers.raw_paper import Importer, Options
from tests.growth.patterns import ROOT
from tests.growth.steps import growth

GROWTH_MOST = 2.3
SIZE = 12
CASES = ROOT / "tests/cases"
OPTIONS = Options(origin="a test", year=2025, added="2025-01-01")
FILES = sorted(
    path
    for folder in ("bibliographies", "sources", "pages")
    for path in (CASES / folder).iterdir()
    if path.is_file() and path.name != "expected.json"
)
TEXTS: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "{" * 8 * n,
    "lists": lambda n: "[" * 8 * n,
    "quotes": lambda n: "\"'`" * 8 * n,
    "spaces": lambda n: " \t" * 8 * n + "x",
    "empty lines": lambda n: "\n" * 8 * n,
    "words": lambda n: "Ada Byron and Bo Li study x, y. " * n,
    "formulas": lambda n: "@article{a,\n title={" + "\\(" * 8 * n + "},\n author={A B}}\n",
    "open entries": lambda n: "@article{a," * 4 * n,
    "open fields": lambda n: "@article{a, title={" * 4 * n,
    "names": lambda n: "@article{a, title={T}, author={" + " and ".join(["A. B. von C, jr"] * 2 * n) + "}}\n",
    "strings": lambda n: "".join(f"@string{{a{k} = a{k - 1} # {{x}}}}\n" for k in range(2 * n)),
    "cross references": lambda n: "".join(f"@inproceedings{{a{k}, crossref={{a{k + 1}}}}}\n" for k in range(2 * n)),
    "letters with dots": lambda n: (
        "The conf (ABC) from May 1 to 3 2025 in X.\n\nAda Byron and Bo Li study x.\n\n" + "Þ." * 8 * n
    ),
    "rows": lambda n: '{"title": "Cats", "authors": ["Ada Byron"]}\n' * 2 * n,
    "continued lines": lambda n: "TY  - JOUR\nTI  - x\n" + "cont\n" * 4 * n + "ER  - \n",
    "tags": lambda n: "TY  - JOUR\n" + "AU  - Byron, Ada\n" * 2 * n + "ER  - \n",
    "open records": lambda n: "TY  - JOUR\n" * 4 * n,
    "open elements": lambda n: "<feed>" + "<entry>" * 4 * n,
    "meta": lambda n: '<meta name="citation_title" content="x">\n' * 2 * n,
    "headings": lambda n: "### Title\n\n### Authors\n" * 2 * n,
    "authors": lambda n: "### Title\n\nT\n\n### Authors\n\n" + "Ada Byron; X; Y\n" * 2 * n,
}  # fmt: skip
"""Texts that were bad for some parser once, or that could be."""


def _multiplied(text: str, number: int) -> str:
    """A source with its records ``number`` times."""
    if text.startswith(("{", "[{")):
        whole = json.loads(text)
        for records in _lists(whole):
            records *= number
        return json.dumps(whole)
    entry = re.search(r"<(entry|paper)\b.*</\1>", text, re.DOTALL)
    return text.replace(entry[0], entry[0] * number) if entry else text * number


def _lists(value: Any) -> list[list[Any]]:
    """The outermost lists of objects in a JSON document."""
    if isinstance(value, list):
        return [value] if value and isinstance(value[0], dict) else []
    return [records for part in value.values() for records in _lists(part)] if isinstance(value, dict) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_twice_the_records_take_twice_the_steps(path: Any) -> None:
    text = path.read_text("utf-8")
    importer = next((importer for importer in IMPORTERS if importer.recognizes(text)), None)
    assert importer

    def prepared(number: int) -> Callable[[], object]:
        source = _multiplied(text, number)
        return lambda: importer.read(source, OPTIONS)

    ratios = growth(prepared, 2, doublings=2)
    assert max(ratios) < GROWTH_MOST, ratios


@pytest.mark.parametrize("importer", [*IMPORTERS, issue_form], ids=lambda importer: importer.NAME)
def test_no_text_takes_an_importer_more_than_twice_the_steps_for_twice_its_length(importer: Importer) -> None:
    for name, make in TEXTS.items():

        def prepared(number: int, make: Callable[[int], str] = make) -> Callable[[], object]:
            source = make(number)
            return lambda: (importer.recognizes(source), importer.read(source, OPTIONS))

        ratios = growth(prepared, SIZE)
        assert max(ratios) < GROWTH_MOST, (name, ratios)


def test_every_importer_has_records() -> None:
    texts = [*(path.read_text("utf-8") for path in FILES), *(make(SIZE) for make in TEXTS.values())]
    recognized = {importer.NAME for text in texts for importer in IMPORTERS if importer.recognizes(text)}
    assert recognized == {importer.NAME for importer in IMPORTERS}
