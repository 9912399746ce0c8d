"""The schemas for editors describe files, which have no id."""

import json
from pathlib import Path

import pytest

from generator.commands.schema import schemas
from generator.store.layout import FOLDERS
from tests.conftest import ROOT
from tests.support.command import digest


def test_every_folder_of_records_has_a_schema() -> None:
    assert set(schemas()) == {f"schema/{folder}.schema.json" for folder in ("papers", *FOLDERS)}


def test_a_file_has_no_id() -> None:
    for text in schemas().values():
        schema = json.loads(text)
        assert "id" not in schema["properties"]
        assert "id" not in schema["required"]
    assert "title" in json.loads(schemas()["schema/papers.schema.json"])["required"]


def test_the_schemas_of_this_digest_are_current() -> None:
    for path, text in schemas().items():
        assert (ROOT / "content" / path).read_text("utf-8") == text, "run `digest schema`"


def test_only_changed_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("schema", "--content", tmp_path) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(schemas())
    (tmp_path / "schema/papers.schema.json").write_text("{}", "utf-8")
    assert digest("schema", "--content", tmp_path) == 0
    assert capsys.readouterr().out == f"wrote {tmp_path / 'schema/papers.schema.json'}\n"
