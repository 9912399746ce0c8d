"""Which records and ids the paths of the content folder mean."""

from pathlib import Path

import pytest

from generator.model.entities import Series, Topic
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.layout import (
    ContentFile,
    bulk_path,
    content_files,
    paper_path,
    record_path,
    schema_reference,
    subject,
)


def _written(folder: Path, *paths: str) -> list[ContentFile | Problem]:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("", "utf-8")
    return list(content_files(folder))


@pytest.mark.parametrize(
    ("path", "kind", "record_id", "edition"),
    [
        ("papers/iclr-2026/lee2026cats.yaml", Paper, "lee2026cats", "iclr-2026"),
        ("papers/iclr-2026.jsonl", Paper, "", "iclr-2026"),
        ("venues/iclr.yaml", Series, "iclr", ""),
        ("topics/vision.yaml", Topic, "vision", ""),
        ("pages/about.md", None, "about", ""),
        ("pages/guides/index.md", None, "guides", ""),
        ("pages/guides/plan.pdf", None, "", ""),
    ],
)
def test_a_path_gives_kind_and_id(path: str, kind: type | None, record_id: str, edition: str, tmp_path: Path) -> None:
    assert _written(tmp_path, path) == [ContentFile(path, kind, record_id, edition)]


@pytest.mark.parametrize("path", ["README.md", "STYLE.md", "schema/papers.schema.json", "prompts/draft.md.j2"])
def test_documentation_schemas_and_prompts_are_no_records(path: str, tmp_path: Path) -> None:
    assert _written(tmp_path, path) == []


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("papers/iclr-2026/lee2026cats.yml", "Rename it to end in .yaml."),
        ("topics/deep/vision.yaml", "Files of topics/ are named ID.yaml."),
        ("papers/lee2026cats.yaml", "Papers are files papers/EDITION/ID.yaml."),
        ("pages/page.html", "Papers are files papers/EDITION/ID.yaml."),
    ],
)
def test_a_file_elsewhere_is_a_problem_with_a_hint(path: str, hint: str, tmp_path: Path) -> None:
    (problem,) = _written(tmp_path, path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.hint, problem.path) == ("E113", hint, path)


def test_the_path_of_a_record_leads_back_to_it(tmp_path: Path) -> None:
    paths = (bulk_path("iclr-2025"), paper_path("lee2026cats", "iclr-2026"), record_path(Topic, "vision"))
    files = _written(tmp_path, *paths)
    assert [file.path for file in files if isinstance(file, ContentFile)] == list(paths)
    assert subject(Topic, "vision") == "topics/vision"
    assert subject(Paper, "lee2026cats") == "papers/lee2026cats"


def test_the_reference_to_a_schema_is_relative_to_the_file() -> None:
    assert schema_reference("papers/iclr-2026/lee2026cats.yaml") == "../../schema/papers.schema.json"
    assert schema_reference("topics/vision.yaml") == "../schema/topics.schema.json"
