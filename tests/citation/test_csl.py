"""CSL-JSON against its schema."""

import json

from jsonschema import Draft202012Validator

from generator.citation.csl import csl
from generator.citation.reference import Form, Reference
from generator.text.maths import to_plain
from tests.conftest import ROOT

CASES = ROOT / "tests/cases"


def test_items_are_valid_by_the_schema_of_csl(cited: dict[str, Reference]) -> None:
    checker = Draft202012Validator(json.loads((CASES / "csl-item.schema.json").read_text("utf-8")))
    for reference in cited.values():
        item = csl(reference)
        assert list(checker.iter_errors(item)) == []
        assert item["title"] == to_plain(reference.title)
        assert item.get("volume", "") == reference.volume
        assert item.get("page", "").replace("-", "–") == reference.pages
        assert ("container-title" in item) == (reference.form in (Form.PROCEEDINGS, Form.JOURNAL))
        assert {**item.get("custom", {}), **({"doi": item["DOI"]} if "DOI" in item else {})} == reference.identifiers
