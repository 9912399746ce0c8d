"""Commands as a person runs them: arguments in, exit code, stdout and stderr out."""

import json
import re
import shutil
from pathlib import Path

import pytest

from generator import cli
from generator.commands.messages import format_problems
from generator.model.problem import Problem
from tests.conftest import ROOT, SOURCES, TOY, needs_sources
from tests.support.command import digest

SAMPLES = ROOT / "tests" / "cases" / "sources"


def test_check_prints_place_code_message_and_hint(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / "papers/conf-2025/zhu2025dogs.yaml"
    path.write_text(path.read_text("utf-8").replace("topics:", "topcis:"), "utf-8")
    assert digest("check", "--content", content) == 1
    out = capsys.readouterr()
    assert f"{content.as_posix()}/papers/conf-2025/zhu2025dogs.yaml:6:1: E201 unknown field 'topcis'" in out.out
    assert "Did you mean topics?" in out.out
    assert "2 errors, " in out.err


def test_check_of_one_file_reports_on_it_alone(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        (content / f"topics/{name}.yaml").write_text("x: y\n", "utf-8")
    assert digest("check", "--content", content, content / "topics/a.yaml") == 1
    out = capsys.readouterr().out
    assert "topics/a.yaml" in out
    assert "topics/b.yaml" not in out


def test_check_as_json_is_json(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (content / "topics/a.yaml").write_text("x: y\n", "utf-8")
    assert digest("check", "--content", content, "--format", "json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["code"] for row in rows if row["severity"] == "error"} == {"E201", "E202"}


def test_annotations_cannot_be_broken_out_of() -> None:
    problem = Problem(code="E101", message="50% \n::error::x", hint="a", path="a,b:c\n")
    line = format_problems([problem], "github")
    assert "\n" not in line
    assert line.startswith("::error file=a%2Cb%3Ac%0A,line=1,col=1,title=E101::50%25 %0A")


def test_annotations_of_a_hostile_entry_are_one_line_each(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No field, key, id or file name of a stranger begins a workflow command of its own."""
    trap = "x\\n::set-env name=A::b\\r::error::%0A::stop-commands::t\\u2028::add-mask::"
    entry = (
        f'"{trap}": "{trap}"\ntitle: "{trap}"\nstatus: "{trap}"\nvenue: "{trap}"\ntopics: ["{trap}"]\nadded: "{trap}"\n'
    )
    (content / "papers/conf-2025/a2025b.yaml").write_text(entry, "utf-8")
    (content / "papers/conf-2025/c\n::error::d,line=1:x.yaml").write_text("title: x\n", "utf-8")
    assert digest("check", "--content", content, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 8
    for line in lines:
        head, _, text = line.removeprefix("::").partition("::")
        assert re.fullmatch(r"(error|warning) file=[^,:]+,line=\d+,col=\d+,title=[EW]\d{3}", head), line
        assert text


def test_wrong_use_leaves_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("chekc") == 2
    assert digest("check", "--format", "xml") == 2
    assert "usage:" in capsys.readouterr().err


def test_a_missing_content_folder_is_a_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("check", "--content", tmp_path / "none") == 1
    assert "there is no content folder here" in capsys.readouterr().out


def test_parse_writes_drafts_that_check_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("parse", SAMPLES / "prose.txt", "--out", tmp_path, "--added", "2026-04-23") == 0
    names = sorted(path.name for path in (tmp_path / "papers/iclr-2026").iterdir())
    assert names == ["2026lamp.yaml", "byron2026tide.yaml", "elm2026.yaml"]
    assert digest("check", "--content", tmp_path) == 1
    assert capsys.readouterr().out.count("E202 the field title is missing") == 3


def test_parse_drafts_a_collection_of_an_article(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the article's order; a paper that the digest has from it stands there under its own id."""
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


def test_parse_leaves_a_file_alone_that_a_person_may_have_edited(tmp_path: Path) -> None:
    arguments = ("parse", SAMPLES / "prose.txt", "--out", tmp_path)
    assert digest(*arguments) == 0
    edited = tmp_path / "papers/iclr-2026/byron2026tide.yaml"
    edited.write_text("title: Mine\n", "utf-8")
    assert digest(*arguments) == 0
    assert edited.read_text("utf-8") == "title: Mine\n"


def test_check_of_a_path_that_is_not_there_is_wrong_use(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("check", "--content", content, content / "nowhere") == 2
    assert "there is no" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 100, b"\xff" * 200, b"just a line of nothing"])
def test_parse_of_what_is_no_source_writes_nothing(data: bytes, tmp_path: Path) -> None:
    source = tmp_path / "x.txt"
    source.write_bytes(data)
    assert digest("parse", source, SAMPLES / "daily.txt", "--out", tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def _parsed(folder: Path, *rows: object) -> int:
    source = folder / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return digest("parse", source, "--kind", "jsonl", "--out", folder / "out", "--jsonl", "-")


@pytest.mark.parametrize("bad", ["../../../../../pwned", "a\u0000", "/tmp/x", ".", "..", "con", "x" * 81, "A b", ["x"]])
def test_a_draft_stands_below_its_folder_whatever_its_row_says(bad: object, tmp_path: Path) -> None:
    home = tmp_path / "a/b/c/d/e/f"
    home.mkdir(parents=True)
    assert _parsed(home, {"id": bad, "title": "Kettles sing", "venue": bad}) == 0
    files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert sorted(files) == ["a/b/c/d/e/f/out/papers/unsorted/kettles.yaml", "a/b/c/d/e/f/rows.jsonl"]


def test_good_ids_and_venues_of_rows_are_kept(tmp_path: Path) -> None:
    assert _parsed(tmp_path, {"id": "my-id", "title": "Kettles", "venue": "conf-2025"}, {"title": "Feed"}) == 0
    drafts = sorted(path.relative_to(tmp_path / "out/papers").as_posix() for path in tmp_path.rglob("*.yaml"))
    assert drafts == ["conf-2025/my-id.yaml", "unsorted/feed-2.yaml"]


def test_an_id_that_two_rows_give_loses_neither(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = (
        {"id": "x", "title": "Kettles"},
        {"title": "Pans"},
        {"id": "x", "title": "Lids"},
        {"id": "lids", "title": "B"},
    )
    assert _parsed(tmp_path, *rows) == 0
    out = capsys.readouterr()
    assert [json.loads(row)["id"] for row in out.out.splitlines()] == ["x", "pans", "lids-2", "lids"]
    assert "4 drafts written, 0 files were there already" in out.err


def test_lone_surrogates_of_rows_are_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _parsed(tmp_path, {"title": "x\ud800", "keywords": ["\udfffy"], "a\ud800": {"b\ud800": "c"}}) == 0
    row = json.loads(capsys.readouterr().out.encode())
    assert row == {"id": "x", "title": "x", "keywords": ["y"], "a": {"b": "c"}}


@needs_sources
def test_parse_of_the_real_sources(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted((SOURCES / "seeds").glob("*.txt"))
    assert digest("parse", *files, "--jsonl", "-", "--year", "2025") == 0
    out = capsys.readouterr()
    rows = [json.loads(line) for line in out.out.splitlines()]
    assert len(rows) == 521
    assert len({row["id"] for row in rows}) == 521
    assert "19 + 61 + 220 + 238 rows, 521 papers after merging" in out.err
    assert sum(len(row["source"]) - 1 for row in rows if isinstance(row["source"], list)) == 17


def _record(**fields: object) -> str:
    base = {"title": "Fish", "authors": ["A B"], "venue": "conf-2025", "topics": ["cats"], "added": "2025-06-01"}
    return json.dumps({**base, **fields}) + "\n"


def test_import_twice_changes_nothing(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(_record() + _record(title="Birds", arxiv="2501.99999"), "utf-8")
    assert digest("import", source, "--content", content) == 0
    files = {p: p.read_bytes() for p in content.rglob("*.yaml")}
    assert (content / "papers/conf-2025/b2025fish.yaml").is_file()
    assert digest("import", source, "--content", content) == 0
    assert {p: p.read_bytes() for p in content.rglob("*.yaml")} == files
    assert digest("check", "--content", content) == 0


@pytest.mark.parametrize(
    "bad", [_record(title="Owls", added="x"), "{", "[]\n", _record(id="zhu2025dogs", title="Other")]
)
def test_import_skips_a_bad_record_and_writes_nothing_with_strict(bad: str, content: Path, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(_record() + bad, "utf-8")
    before = sorted(content.rglob("*"))
    assert digest("import", source, "--content", content, "--strict") == 1
    assert sorted(content.rglob("*")) == before
    assert digest("import", source, "--content", content) == 0
    assert sorted({*content.rglob("*")} - {*before}) == [content / "papers/conf-2025/b2025fish.yaml"]


def test_generate_writes_only_what_changed(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    out = tmp_path / "docs"
    assert digest("generate", "--content", content, "--out", out) == 0
    (out / "stray.md").write_text("x", "utf-8")
    assert digest("generate", "--content", content, "--out", out) == 0
    assert "0 written" in capsys.readouterr().err.splitlines()[-1]
    assert not (out / "stray.md").exists()


def test_generate_does_not_empty_a_folder_of_others(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    page = tmp_path / "docs/thesis.md"
    page.parent.mkdir()
    page.write_text("my own", "utf-8")
    assert digest("generate", "--content", content, "--out", page.parent) == 2
    assert "they would be deleted" in capsys.readouterr().err
    assert [path.name for path in page.parent.iterdir()] == ["thesis.md"]


def test_generate_tells_where_a_template_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "theme/pages/paper.md.j2").write_text("\n{% if %}", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert digest("generate", "--content", TOY) == 1
    output = capsys.readouterr().err
    assert "a template of the theme is wrong" in output
    assert "paper.md.j2:2: " in output


@pytest.mark.parametrize(
    ("template", "expression"),
    [
        ("pages/paper.md.j2", "{{ 1 / 0 }}"),
        ("pages/paper.md.j2", "{{ 'a' | round }}"),
        ("pages/paper.md.j2", "{{ paper.title.nothing() }}"),
        ("exports/atom-entry.xml.j2", "{{ 1 / 0 }}"),
        ("overrides/main.html", "{{ 1 / 0 }}"),
    ],
)
def test_an_expression_of_a_template_that_fails_is_named(
    template: str, expression: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "theme" / template).write_text(f"\n{expression}", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert digest("build", "--content", TOY) == 1
    assert "a template of the theme is wrong" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "rollback"])
@pytest.mark.parametrize("folder", [".", "/", "a/.."])
def test_a_site_is_a_folder_with_a_name(command: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(command, "--site-dir", folder) == 2
    assert "has no name" in capsys.readouterr().err


def test_generate_refuses_content_with_errors(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (content / "topics/a.yaml").write_text("x: y\n", "utf-8")
    assert digest("generate", "--content", content, "--out", tmp_path / "docs") == 1
    assert not (tmp_path / "docs").exists()
    assert "nothing was built" in capsys.readouterr().err


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in cli.COMMANDS:
        assert re.search(rf"`digest {name}\b", readme), name


def test_the_toy_content_is_good() -> None:
    assert digest("check", "--content", TOY) == 0
