"""CSL-JSON against its schema."""

import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from generator.citation.csl import csl
from generator.citation.reference import Form, Reference, references
from generator.model.catalog import Catalog
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


def test_an_incomplete_author_list_ends_with_others(toy: Catalog) -> None:
    reference = references(toy, "en")["zhu2025dogs"]
    assert csl(replace(reference, authors_incomplete=True))["author"][-1] == {"literal": "others"}
    assert "author" not in csl(replace(reference, authors=(), authors_incomplete=True))


def test_a_preprint_has_its_server_as_publisher_and_no_event(toy: Catalog) -> None:
    reference = replace(
        references(toy, "en")["zhu2025dogs"],
        form=Form.PREPRINT,
        venue="arXiv",
        place="Kraków",
        identifiers={"arxiv": "2501.00009"},
    )
    item = csl(reference)
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2501.00009")
    assert not {"container-title", "event-title", "event-place", "event-date"} & item.keys()
    assert item["custom"] == {"arxiv": "2501.00009"}


def test_unknown_fields_are_left_out(toy: Catalog) -> None:
    reference = replace(references(toy, "en")["zhu2025dogs"], volume="", pages="", year=None, published=None)
    assert not {"volume", "page", "issued"} & csl(reference).keys()
