"""What a pull request can contain beside entries: links, pipes, odd names, huge and hostile files.

Each case is run as the command of a person or of a workflow, and nothing outside its place may change.
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.commands.messages import MAX_PRINTED
from generator.exports.bundle import write_archive
from generator.store import limits
from tests.conftest import ROOT, TOY
from tests.support.command import digest

ENTRY = "papers/conf-2025/zhu2025dogs.yaml"
MENDABLE = (
    'title: "A  paper with two spaces"\nauthors: [Ada Byron]\nvenue: conf-2025\ntopics: [cats]\nadded: 2025-05-02\n'
)
MEMORY_MOST = 512 * 1024 * 1024


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copytree(TOY, folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    monkeypatch.chdir(folder)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/victim").write_text("precious\n", "utf-8")
    return folder


def _victim(project: Path) -> str:
    return (project.parent / "outside/victim").read_text("utf-8")


def _run(*words: str, env: dict[str, str] | None = None, memory: int = 0) -> subprocess.CompletedProcess[bytes]:
    def limited() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    variables = {**os.environ, "PYTHONPATH": str(ROOT), "GITHUB_ACTIONS": "", "GITLAB_CI": "", **(env or {})}
    command = [sys.executable, "-m", "generator", *words]
    return subprocess.run(command, capture_output=True, check=False, env=variables, preexec_fn=limited)


WRITERS = {
    "fix": ("check", "--fix"),
    "schema": ("schema",),
    "permalinks": ("check", "--update-permalinks"),
    "import": ("import", "new.jsonl"),
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("part", [".{}.part", "{}.part", ".digest-{}.part"])
def test_no_command_writes_through_a_link_beside_its_file(project: Path, name: str, part: str) -> None:
    content = project / "content"
    (content / "papers/conf-2025/evil2025paper.yaml").write_text(MENDABLE, "utf-8")
    (content / "schema").mkdir(exist_ok=True)
    row = {"title": "Wheels of cats", "authors": ["Ada Byron"], "venue": "conf-2025", "added": "2025-05-02"}
    (project / "new.jsonl").write_text(json.dumps({**row, "id": "byron2025wheels", "topics": ["cats"]}) + "\n", "utf-8")
    targets = ("papers/conf-2025/evil2025paper.yaml", "papers/conf-2025/byron2025wheels.yaml", "permalinks.txt",
               "schema/papers.schema.json")  # fmt: skip
    for target in targets:
        beside = (content / target).with_name(part.format(Path(target).name))
        beside.symlink_to(project.parent / "outside/victim")
    digest(*WRITERS[name])
    assert _victim(project) == "precious\n"
    assert sorted(path.name for path in (project.parent / "outside").iterdir()) == ["victim"]


@pytest.mark.parametrize("name", WRITERS)
def test_no_command_writes_into_a_linked_folder_or_file(project: Path, name: str) -> None:
    content = project / "content"
    outside = project.parent / "outside"
    (outside / "evil2025paper.yaml").write_text(MENDABLE, "utf-8")
    shutil.rmtree(content / "schema", ignore_errors=True)
    shutil.rmtree(content / "papers/conf-2025")
    for place in ("schema", "papers/conf-2025"):
        (content / place).symlink_to(outside)
    (content / "permalinks.txt").unlink(missing_ok=True)
    (content / "permalinks.txt").symlink_to(outside / "victim")
    row = {"title": "Wheels of cats", "authors": ["Ada Byron"], "venue": "conf-2025", "added": "2025-05-02"}
    (project / "new.jsonl").write_text(json.dumps({**row, "id": "byron2025wheels", "topics": ["cats"]}) + "\n", "utf-8")
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    assert digest(*WRITERS[name]) == 1
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before


def test_check_reports_what_no_repository_needs(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project / "content/papers/conf-2025"
    (folder / ".evil.yaml.part").symlink_to("/etc/hostname")
    (folder / "up").symlink_to("..")
    (folder / ".hidden.yaml").write_text("", "utf-8")
    (project / "theme/overrides/x.html").symlink_to("/etc/hostname")
    (project / "theme/.hidden").mkdir()
    os.mkfifo(folder / "pipe.yaml")
    os.mkfifo(project / "theme/pages/pipe.md.j2")
    assert digest("check") == 1
    output = capsys.readouterr().out
    for line in (
        "content/papers/conf-2025/.evil.yaml.part:1:1: E126", "content/papers/conf-2025/up:1:1: E126",
        "content/papers/conf-2025/.hidden.yaml:1:1: W126", "theme/overrides/x.html:1:1: E126",
        "theme/.hidden:1:1: W126", "content/papers/conf-2025/pipe.yaml:1:1: E127", "theme/pages/pipe.md.j2:1:1: E127",
    ):  # fmt: skip
        assert line in output
    capsys.readouterr()
    assert digest("check", str(folder / "up")) == 1
    assert "up:1:1: E126" in capsys.readouterr().out


def test_a_linked_content_folder_is_reported_and_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.move(project / "content", project.parent / "outside/content")
    (project / "content").symlink_to("../outside/content")
    (project.parent / "outside/content/papers/conf-2025/evil2025paper.yaml").write_text(MENDABLE, "utf-8")
    assert digest("check", "--fix") == 1
    assert "nothing is written through a link" in capsys.readouterr().err
    assert digest("check") == 1
    assert ": E126 " in capsys.readouterr().out


def test_folders_in_folders_end_in_a_message(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = project / "content/papers" / "/".join("d" * 900)
    deep.mkdir(parents=True)
    assert digest("check") == 1
    assert "E113 more than 8 nested folders" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["build/docs", "build/docs/papers", "build/docs/index.md"])
def test_pages_are_not_written_through_links(project: Path, place: str) -> None:
    outside = project.parent / "outside"
    assert digest("generate") == 0
    (project / place).rename(project / "before")
    (project / place).symlink_to(outside / "victim" if place.endswith(".md") else outside)
    assert digest("generate") == (2 if place == "build/docs" else 0)
    assert _victim(project) == "precious\n"
    assert [path.name for path in outside.iterdir()] == ["victim"]


REPORTS = {
    "links": ("links", "--inner", "--report", "build/report"),
    "changes": ("build", "--changes", "build/report"),
    "timings": ("build", "--timings", "build/report"),
    "mail": ("mail", "--period", "week", "--date", "2025-05-02", "--out", "build/report"),
    "issue": ("from-issue", "issue.md", "--answer", "build/report"),
    "facts": ("fix-facts", "issue.md", "--answer", "build/report"),
}


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("linked", ["the file", "its folder"])
def test_reports_are_not_written_through_links(project: Path, name: str, linked: str) -> None:
    outside = project.parent / "outside"
    (project / "issue.md").write_text("nothing of a form\n", "utf-8")
    if linked == "the file":
        (project / "build").mkdir()
        (project / "build/report").symlink_to(outside / "victim")
    else:
        (project / "build").symlink_to(outside)
    assert digest(*REPORTS[name]) == 1
    assert {path.name: path.read_text("utf-8") for path in outside.iterdir()} == {"victim": "precious\n"}


@pytest.mark.parametrize("linked", ["build/.digest-2026-01-02.tar.gz.part", "build"])
def test_an_archive_is_not_written_through_a_link(project: Path, linked: str) -> None:
    outside = project.parent / "outside"
    target = outside / "victim" if linked != "build" else outside
    (project / linked).parent.mkdir(exist_ok=True)
    (project / linked).symlink_to(target)
    files: list[tuple[str, Path | bytes]] = [("a.txt", b"a")]
    if linked == "build":
        with pytest.raises(OSError, match="link"):
            write_archive(project / "build/digest-2026-01-02.tar.gz", "digest", files, date(2026, 1, 2))
    else:
        write_archive(Path("build/digest-2026-01-02.tar.gz"), "digest", files, date(2026, 1, 2))
    assert {path.name: path.read_text("utf-8") for path in outside.iterdir()} == {"victim": "precious\n"}


def test_no_module_writes_files_in_a_way_of_its_own() -> None:
    """What writes into a project goes through ``build/safe_files.py``; folders of output and new folders are listed."""
    allowed = {
        "exports/bundle.py",  # opens a new file with a random name
        "commands/import_papers.py",  # in a temporary folder
        "commands/init.py",  # in a folder that it made
        "site/publish.py",  # the lock, in the cache folder
    }
    pattern = re.compile(r"\.write_text\(|\.write_bytes\(|\bopen\([^)]*[\"'][wax]b?\+?[\"']")
    modules = {path: path.read_text("utf-8") for path in sorted((ROOT / "generator").rglob("*.py"))}
    writers = {
        path.relative_to(ROOT / "generator").as_posix()
        for path, source in modules.items()
        if pattern.search(source) and path.parent.name != "build"
    }
    assert writers == allowed


def test_a_sparse_file_gives_a_message(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (ENTRY, "papers/conf-2025.jsonl", "permalinks.txt", "pages/about.md"):
        path = project / "content" / place
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as file:
            file.truncate(3 << 30)
    with (project / "huge.bib").open("wb") as file:
        file.truncate(3 << 30)
    done = _run("check", "--fix", memory=2 << 30)
    assert done.returncode == 1
    assert done.stdout.count(b"E108 the file has more than") == 4
    assert b"Traceback" not in done.stderr
    assert digest("parse", "huge.bib") == 1
    assert digest("from-issue", "huge.bib") == 1
    assert capsys.readouterr().err.count("larger than") == 2
    with (project / "theme/overrides/main.html").open("ab") as file:
        file.truncate(3 << 30)
    for command in ("check", "generate", "build"):
        done = _run(command, memory=2 << 30)
        assert done.returncode == 1
        assert b"theme/overrides/main.html:1:1: E108" in done.stdout + done.stderr, command
    (project / "theme/overrides/main.html").unlink()
    for name in ("mkdocs.yml", "theme/languages/de.po"):
        with (project / name).open("ab") as file:
            file.truncate(3 << 30)
    assert digest("build") == 1
    assert "E108" in capsys.readouterr().err


def test_files_beside_pages_fit_into_memory_together(project: Path) -> None:
    """Zeros take no room in a pull request."""
    (project / "content/pages").mkdir(exist_ok=True)
    number = limits.MAX_PAGES_BYTES // limits.MAX_FILE_BYTES + 2
    for name in range(number):
        with (project / f"content/pages/{name}.png").open("wb") as file:
            file.truncate(limits.MAX_FILE_BYTES)
    checked = _run("check", memory=2 << 30)  # a process of its own: the pages are read into its memory
    assert checked.returncode == 1
    assert checked.stdout.count(b"E108 pages/ has more than 64 MB") == 2


NAMES = {
    "newline and command": b"a\n::stop-commands::x\n\x1b[2J\x1b[H.yaml",
    "older command": b"##[add-mask]e.yaml",
    "not utf-8": b"\xff\xfe.yaml",
    "right to left": "\u202elmay.yaml".encode(),
    "section of gitlab": b"section_start:1:x\r\x1b[0K.yaml",
    "carriage return": b"a\r::error::b.yaml",
    "c1 controls": "a\u009b2Jb.yaml".encode(),
}


@pytest.mark.parametrize(
    ("form", "host"), [("text", ""), ("text", "GITHUB_ACTIONS"), ("text", "GITLAB_CI"), ("json", ""), ("github", "")]
)
def test_a_files_name_is_encoded_where_it_is_printed(project: Path, form: str, host: str) -> None:
    folder = os.fsencode(project / "content/papers/conf-2025")
    for name in NAMES.values():
        shutil.copy(os.fsencode(project / "content" / ENTRY), os.path.join(folder, name))  # noqa: PTH118
    env = {"PYTHONIOENCODING": "utf-8:strict", **({host: "true"} if host else {})}
    done = _run("check", "--format", form, env=env)
    assert done.returncode == 1
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in printed
    assert not set("\r\x1b\u202e\u009b") & set(printed)
    commands = [line for line in printed.splitlines() if line.strip().startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=")) for line in commands)
    assert bool(commands) == (form == "github")
    if host == "GITHUB_ACTIONS" and form == "text":
        assert "##[" not in printed


def test_bad_input_takes_little_memory_and_prints_little(project: Path) -> None:
    """Ten faults of a kind in a file are listed, then their number; a file of faults alone is not read to its end."""
    (project / "content/papers/conf-2025.jsonl").write_text("{}\n" * 1_400_000, "utf-8")
    (project / "content/permalinks.txt").write_text("x\n" * 1_000_000 + "papers/gone\n" * 300_000, "utf-8")
    done = _run("check", "--format", "github", memory=3 * MEMORY_MOST)  # of addresses, of which less is used
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert len(done.stdout) < 50_000
    assert done.stdout.count(b"title=E202") == 11
    assert f"more than {limits.MAX_FAULTY_ROWS:,} lines with faults".encode() in done.stdout
    assert b"more of this kind in the file" in done.stdout


def test_a_record_of_faults_is_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "".join(f"u{number}: x\n" for number in range(3000))
    (project / "content/papers/conf-2025/wrong2025.yaml").write_text(MENDABLE + wrong, "utf-8")
    assert digest("check", "--format", "json") == 1
    problems = [problem for problem in json.loads(capsys.readouterr().out) if problem["code"] == "E201"]
    assert len(problems) == 11
    assert problems[-1]["more"] + 10 == 3000


def test_many_faulty_files_are_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(MAX_PRINTED + 5):
        (project / f"content/papers/conf-2025/{number}.yml").write_text("", "utf-8")
    assert digest("check") == 1
    printed = capsys.readouterr()
    assert "more files have faults" in printed.out
    assert len(printed.out.splitlines()) < 3 * MAX_PRINTED
    assert f"{MAX_PRINTED + 5:,}".replace(",", "") in printed.err


@pytest.mark.parametrize("lines", [0, 3])
@pytest.mark.parametrize("words", ["check", "check 2>&1", "check --format json", "parse x.bib --jsonl -", "--help"])
def test_commands_end_cleanly_when_their_output_is_cut(project: Path, lines: int, words: str) -> None:
    (project / "x.bib").write_text("".join(f"@misc{{a{k}, title={{Cats {k}}}}}\n" for k in range(300)), "utf-8")
    for number in range(300):
        (project / f"content/papers/conf-2025/{number}.yml").write_text("", "utf-8")
    command = f"{sys.executable} -m generator {words} | head -n {lines}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=env)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"Exception ignored" not in done.stderr + done.stdout
