"""Papers as records of plain data."""

import json
from typing import Any

from generator.exports.records import non_empty
from generator.model.provenance import SummaryBy, WriterKind
from tests.support.small_content import DAY, content, exports_of, paper


def _record(**fields: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(exports_of(content(paper(**fields)))["papers/reef2025ropes/index.json"])
    return value


def test_empty_fields_are_left_out() -> None:
    record = _record()
    assert "links" not in record
    assert record["topics"] == [{"id": "cats", "name": "Cats"}]
    assert non_empty({"a": None, "b": 0, "c": "", "d": [], "e": False}) == {"b": 0, "e": False}


def test_a_text_without_a_recorded_writer_is_not_a_persons() -> None:
    assert _record(tldr={"": "A."})["text_writer"] == {"kind": "not recorded"}
    by = SummaryBy(kind=WriterKind.AI, model="m", date=DAY)
    writer = _record(tldr={"": "A."}, summary_by=by)["text_writer"]
    assert (writer["kind"], writer["model"], writer["date"]) == ("ai", "m", "2025-05-02")


def test_the_abstract_is_never_published() -> None:
    assert "secret words" not in json.dumps(_record(abstract="These are secret words."))


def test_formulas_have_a_plain_form() -> None:
    assert "title_plain" not in _record(title="Ropes")
    assert "title_plain" in _record(title="On $x^2$")


def test_the_own_id_is_no_alias() -> None:
    assert _record(aliases=("reef2025ropes", "old2025"))["aliases"] == ["old2025"]
