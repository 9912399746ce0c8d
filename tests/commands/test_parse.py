"""The command turns copied pages into drafts, each in a file of its own."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT, SOURCES, needs_sources
from tests.support.command import digest

SAMPLES = ROOT / "tests" / "cases" / "sources"


def test_drafts_are_written_and_are_not_valid_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("parse", SAMPLES / "prose.txt", "--out", tmp_path, "--added", "2026-04-23") == 0
    names = sorted(path.name for path in (tmp_path / "papers/iclr-2026").iterdir())
    assert names == ["2026lamp.yaml", "byron2026tide.yaml", "elm2026.yaml"]
    assert digest("check", "--content", tmp_path) == 1
    assert capsys.readouterr().out.count("E202 the field title is missing") == 3


def test_an_article_gives_a_draft_of_a_collection(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The papers are in the article's order. A paper that the digest has from the article keeps its id."""
    dogs = content / "papers/conf-2025/zhu2025dogs.yaml"
    dogs.write_text(dogs.read_text("utf-8") + "source: {kind: prose-digest, name: prose, item: '2'}\n", "utf-8")
    command = ("parse", SAMPLES / "prose.txt", "--out", content, "--added", "2026-04-23")
    assert digest(*command) == 0
    path = content / "collections/article-prose.yaml"
    text = path.read_text("utf-8")
    assert re.findall(r"- paper: (\S+)", text) == ["byron2026tide", "zhu2025dogs", "2026lamp"]
    assert "\nvenue: iclr-2026\n" in text
    assert "\nsource:\n  kind: prose-digest\n  name: prose\n" in text
    assert "\ndisclosure: ''\n" in text, "the article says that a model wrote it"
    assert "microphones" not in text, "none of the article's sentences"
    capsys.readouterr()
    assert digest("check", path, "--content", content) == 1
    assert "E215 disclosure" in capsys.readouterr().out
    path.write_text("edited: by hand\n", "utf-8")
    digest(*command)
    assert path.read_text("utf-8") == "edited: by hand\n"


def test_an_existing_file_stays(tmp_path: Path) -> None:
    arguments = ("parse", SAMPLES / "prose.txt", "--out", tmp_path)
    assert digest(*arguments) == 0
    edited = tmp_path / "papers/iclr-2026/byron2026tide.yaml"
    edited.write_text("title: Mine\n", "utf-8")
    assert digest(*arguments) == 0
    assert edited.read_text("utf-8") == "title: Mine\n"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 100, b"\xff" * 200, b"just a line of nothing"])
def test_a_file_of_unknown_kind_writes_nothing(data: bytes, tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_bytes(data)
    assert digest("parse", source, SAMPLES / "daily.txt", "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def parse_rows(folder: Path, *rows: object) -> int:
    source = folder / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return digest("parse", source, "--kind", "jsonl", "--out", folder / "out", "--jsonl", "-")


@pytest.mark.parametrize("bad", ["../../../../../pwned", "a\u0000", "/tmp/x", ".", "..", "con", "x" * 81, "A b", ["x"]])
def test_no_row_writes_outside_the_folder(bad: object, tmp_path: Path) -> None:
    home = tmp_path / "a/b/c/d/e/f"
    home.mkdir(parents=True)
    assert parse_rows(home, {"id": bad, "title": "Kettles sing", "venue": bad}) == 0
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(files) == ["a/b/c/d/e/f/out/papers/unsorted/kettles.yaml", "a/b/c/d/e/f/rows.jsonl"]


def test_valid_ids_and_venues_are_kept(tmp_path: Path) -> None:
    assert parse_rows(tmp_path, {"id": "my-id", "title": "Kettles", "venue": "conf-2025"}, {"title": "Feed"}) == 0
    drafts = sorted(path.relative_to(tmp_path / "out/papers").as_posix() for path in tmp_path.rglob("*.yaml"))
    assert drafts == ["conf-2025/my-id.yaml", "unsorted/feed-2.yaml"]


def test_two_rows_with_one_id_give_two_drafts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        {"id": "x", "title": "Kettles"},
        {"title": "Pans"},
        {"id": "x", "title": "Lids"},
        {"id": "lids", "title": "B"},
    )
    assert parse_rows(tmp_path, *rows) == 0
    out = capsys.readouterr()
    assert [json.loads(row)["id"] for row in out.out.splitlines()] == ["x", "pans", "lids-2", "lids"]
    assert "4 entries written, 0 files already exist" in out.err


def test_lone_surrogates_are_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parse_rows(tmp_path, {"title": "x\ud800", "keywords": ["\udfffy"], "a\ud800": {"b\ud800": "c"}}) == 0
    row = json.loads(capsys.readouterr().out.encode())
    assert row == {"id": "x", "title": "x", "keywords": ["y"], "a": {"b": "c"}}


@needs_sources
def test_the_real_sources_give_521_papers(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((SOURCES / "seeds").glob("*.txt"))
    assert digest("parse", *files, "--jsonl", "-", "--year", "2025") == 0
    out = capsys.readouterr()
    rows = [json.loads(line) for line in out.out.splitlines()]
    assert len(rows) == 521
    assert len({row["id"] for row in rows}) == 521
    assert "19 + 61 + 220 + 238 rows, 521 papers after merging" in out.err
    assert sum(len(row["source"]) - 1 for row in rows if isinstance(row["source"], list)) == 17
