"""The digest as data: every file is valid by its schema, and readers of other projects find every paper in it."""

import csv
import io
import json
import re
import tomllib

import yaml
from jsonschema import Draft202012Validator

from generator.exports.records import to_json
from generator.model.catalog import Catalog
from generator.text.maths import to_plain
from tests.conftest import ROOT


def test_records_and_api_are_valid_by_their_schema(catalog: Catalog, files: dict[str, str]) -> None:
    schema = json.loads(files["api/v1/schema.json"])
    Draft202012Validator.check_schema(schema)
    record = Draft202012Validator({**schema, "anyOf": [{"$ref": "#/$defs/record"}]})
    lines = [json.loads(line) for line in files["papers.jsonl"].splitlines()]
    assert [error.message for line in lines for error in record.iter_errors(line)] == []
    assert [line["id"] for line in lines] == list(catalog.papers)
    assert all(files[f"papers/{line['id']}/index.json"] == to_json(line) + "\n" for line in lines)
    names = "index papers venues editions topics authors institutions tags collections glossary facets".split()
    for place, name in enumerate(names, start=1):
        validator = Draft202012Validator({**schema["anyOf"][place], "$defs": schema["$defs"]})
        assert [error.message for error in validator.iter_errors(json.loads(files[f"api/v1/{name}.json"]))] == []


def test_every_record_has_its_license_and_writer(catalog: Catalog, files: dict[str, str]) -> None:
    for line in files["papers.jsonl"].splitlines():
        record = json.loads(line)
        assert record["text_license"] == "CC-BY-4.0"
        by = catalog.papers[record["id"]].summary_by
        assert record["text_writer"]["kind"] == (by.kind.value if by else "not recorded")
        assert "abstract" not in record


def test_formulas_have_a_plain_text(catalog: Catalog, files: dict[str, str]) -> None:
    for line in files["papers.jsonl"].splitlines():
        record = json.loads(line)
        for text, plain in (
            (record["title"], record.get("title_plain")),
            *((text.get("tldr", ""), text.get("tldr_plain")) for text in record.get("texts", ())),
        ):
            assert plain == (to_plain(text) if "$" in text else None)


def test_counts_of_the_api_add_up(catalog: Catalog, files: dict[str, str]) -> None:
    facets = {facet["name"]: facet["values"] for facet in json.loads(files["api/v1/facets.json"])["facets"]}
    assert sum(value["papers"] for value in facets["venue"]) == len(catalog.papers)
    editions = json.loads(files["api/v1/editions.json"])["editions"]
    assert sorted(paper for edition in editions for paper in edition["papers"]) == sorted(catalog.papers)


def test_the_table_can_be_read_and_contains_no_formula(catalog: Catalog, files: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["papers.csv"], newline="")))
    assert [row["id"] for row in rows] == list(catalog.papers)
    for row in rows:
        paper = catalog.papers[row["id"]]
        assert row["title"].removeprefix("'") == to_plain(paper.title)
        assert row["authors"].split("; ") == list(paper.author_names) or not paper.authors
        assert not any(re.match(r"[=+\-@]", cell) for cell in row.values())
        assert row["text_license"] == "CC-BY-4.0"


def test_the_digest_itself_can_be_cited() -> None:
    """The fields that https://citation-file-format.github.io/ asks for, and the version of the package."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]
