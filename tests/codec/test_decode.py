"""Raw mappings as records, and back."""

from pathlib import Path

import pytest

from generator.codec.decode import decode, encode, json_schema
from generator.commands.schema import schemas
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.store.entries import record_file
from generator.store.load import load
from generator.store.yaml_file import read
from tests.conftest import ROOT


def test_an_encoded_record_is_decoded_to_an_equal_one(content: Path) -> None:
    for paper in load(content).content.papers:
        again, faults = decode(Paper, encode(paper))
        assert faults == []
        assert again == paper
        path, text = record_file(paper)
        document = read(text)
        assert document.problems == []
        assert decode(Paper, {"id": paper.id, **(document.raw or {})}) == (paper, [])
        assert text.startswith("# yaml-language-server: $schema=../../schema/papers.schema.json\n")
        assert path == f"papers/{paper.venue}/{paper.id}.yaml"


def test_schemas_are_up_to_date() -> None:
    for path, text in schemas().items():
        assert (ROOT / "content" / path).read_text("utf-8") == text, "run `digest schema`"


RAW: RawRecord = {"id": "a", "title": "A", "venue": "v", "topics": ["t"], "added": "2025-05-02"}


@pytest.mark.parametrize(
    ("changes", "code", "message", "hint"),
    [
        ({"titel": "B"}, "E201", "unknown field 'titel'", "Did you mean title?"),
        ({"links": {"kode": "x"}}, "E201", "unknown field 'kode'", "Did you mean code?"),
        ({"authors": [{"name": "A", "orchid": "x"}]}, "E201", "unknown field 'orchid'", "Did you mean orcid?"),
        ({"topics": "t"}, "E203", "topics should be a list, but is text", "Write one value per line, each after `- `."),
        ({"added": ["A"]}, "E203", "added should be a date, such as 2026-04-23, but is a list", "See the description"),
        ({"authors_incomplete": []}, "E203", "authors_incomplete should be true or false, but is a list", "See the"),
        ({"title": ["A"]}, "E203", "title should be text, but is a list", "Write plain text;"),
        ({"status": "gone"}, "E214", "status: unknown value 'gone'", "Choose 'published', "),
        ({"keywords": ["a", ""]}, "E215", "keywords[2]: the text is empty", "Write the text,"),
    ],
)
def test_a_fault_names_the_field_and_suggests_a_correction(
    changes: RawRecord, code: str, message: str, hint: str
) -> None:
    record, faults = decode(Paper, {**RAW, **changes})
    assert record is None
    assert [(fault.code, fault.message) for fault in faults] == [(code, message)]
    assert faults[0].hint.startswith(hint)


def test_a_missing_field_is_reported_with_the_line_to_add() -> None:
    (fault,) = decode(Paper, {name: value for name, value in RAW.items() if name != "venue"})[1]
    assert (fault.code, fault.location, fault.hint) == ("E202", ("venue",), "Add a line `venue: …`.")


def test_beyond_a_number_faults_are_only_counted() -> None:
    faults = decode(Paper, {**RAW, **{f"x{number}": "y" for number in range(250)}})[1]
    assert len(faults) == 201
    assert (faults[-1].more, sum(fault.more for fault in faults)) == (50, 50)


def test_defaults_are_not_encoded() -> None:
    paper, _ = decode(Paper, {**RAW, "status": "published", "authors_incomplete": "false"})
    assert paper is not None
    assert encode(paper) == RAW


def test_the_schema_refuses_unknown_fields() -> None:
    schema = json_schema(Paper)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == {"id", "title", "venue", "topics", "added"}
