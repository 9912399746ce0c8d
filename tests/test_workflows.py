"""The workflows: they parse, may do little, run nothing but commands that a person can run, and those are tested."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import cli
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
OURS, THEIRS = ROOT / "Makefile", ROOT / "generator/starter/files/Makefile"
SCRIPTS = ROOT / ".github/scripts"
# What stands for a variable when a command is tried.
VALUES = {"PRICE": "--price=0,0", "LAST_SUNDAY": "2026-05-03", "NUMBER": "7", "STAMP": ".venv/.installed"}
OF_THE_GENERATOR = {"tests.yml", "hostile.yml", "release.yml"}  # a digest does not get them
# Programs of the runner; what they are told is tried below.
OF_THE_RUNNER = {"cat", "printf", "gh", "jq", "rm"}


def _jobs(path: Path) -> dict[str, Any]:
    workflow = yaml.safe_load(path.read_text("utf-8"))
    if path != GITLAB:
        return dict(workflow["jobs"])
    return {name: job for name, job in workflow.items() if isinstance(job, dict) and "script" in job}


def _scripts(path: Path) -> Iterator[str]:
    for job in _jobs(path).values():
        yield from job.get("script", [])
        yield from (step["run"] for step in job.get("steps", []) if "run" in step)


def _commands(path: Path) -> Iterator[list[str]]:
    """Every command that a workflow runs, as its words."""
    for script in _scripts(path):
        for line in script.strip().splitlines():
            yield shlex.split(re.split(r" >>? ", line)[0])


def _recipe(makefile: Path, target: str) -> list[str]:
    text = makefile.read_text("utf-8")
    match = re.search(rf"^{target}:[^\n]*\n((?:\t[^\n]*\n)*)", text, re.MULTILINE)
    assert match, f"{makefile.name} has no target {target}"
    return match[1].replace("\\\n", " ").replace("\t", "").splitlines()


def _filled(word: str) -> str:
    return re.sub(r"\$[({]?([A-Z_]+)[)}]?", lambda match: VALUES.get(match[1], "x"), word)


def _digest_calls() -> Iterator[tuple[str, list[str]]]:
    """Every call of ``digest`` from a workflow, straight or through ``make``, with where it stands."""
    for path in (*WORKFLOWS, GITLAB):
        for words in _commands(path):
            if words[0] == ".venv/bin/digest":
                yield path.name, [_filled(word) for word in words[1:]]
            elif words[0] == "make":
                makefiles = [OURS] if path.name in OF_THE_GENERATOR else [OURS, THEIRS]
                for line in (line for makefile in makefiles for line in _recipe(makefile, words[1])):
                    if line.startswith("$(DIGEST) "):
                        yield f"{path.name}, make {words[1]}", [_filled(word) for word in shlex.split(line)[1:]]


def test_every_workflow_may_do_little() -> None:
    assert len(WORKFLOWS) >= 7
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {}, path.name
        assert "pull_request_target" not in path.read_text("utf-8"), path.name
        for name, job in workflow["jobs"].items():
            assert job["timeout-minutes"] <= 60, name
            runs = [step for step in job["steps"] if "run" in step and "gh " not in step["run"]]
            writes = {kind for kind, access in job["permissions"].items() if access == "write"}
            if writes - {"issues", "id-token", "attestations"} and "uses" not in str(runs):
                # A job that may write runs no code that was installed.
                assert all(step["run"].startswith("bash .github/scripts/propose.sh ") for step in runs), name


def test_every_action_is_pinned_and_its_version_told() -> None:
    for path in WORKFLOWS:
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: (actions|pypa)/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), (
                    f"{path.name}: {line}"
                )


def test_no_script_holds_anything_of_a_stranger() -> None:
    for path in WORKFLOWS:
        assert not any("${{" in script for script in _scripts(path)), path.name
    variables = set(re.findall(r"\$[({]?(\w+)", "\n".join(_scripts(GITLAB))))
    assert variables == {"DIGEST_SUBSCRIBERS", "CI_MERGE_REQUEST_DIFF_BASE_SHA"}


def test_no_text_of_a_stranger_is_in_the_environment() -> None:
    """Linux starts no program with a variable of more than 128 KiB, and an issue can have 256 KiB."""
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        jobs = workflow["jobs"].values()
        for part in (workflow, *jobs, *(step for job in jobs for step in job["steps"])):
            values = " ".join(map(str, part.get("env", {}).values()))
            assert not re.search(r"\.(body|title|head_ref|label|ref|login|message|name)\b", values), (path.name, values)


def test_the_text_of_an_issue_reaches_the_command_whole(tmp_path: Path) -> None:
    for name in ("from-issue.yml", "fix-facts.yml"):
        line = next(
            line for script in _scripts(WORKFLOWS[0].with_name(name)) for line in script.splitlines() if "jq" in line
        )
        for body, written in (("\U0001f600" * 65_000 + "$(id)\n`id`", None), (None, "")):
            event = tmp_path / "event.json"
            event.write_text(json.dumps({"issue": {"body": body}}), "utf-8")
            env = {"PATH": os.environ["PATH"], "GITHUB_EVENT_PATH": str(event), "RUNNER_TEMP": str(tmp_path)}
            subprocess.run(["bash", "-euo", "pipefail", "-c", line], env=env, check=True)
            assert (tmp_path / "issue.md").read_text("utf-8") == (body if written is None else written)


def test_an_issue_does_not_displace_the_collection_of_approved_changes() -> None:
    """GitHub lets one run of a group wait, and cancels it when another comes."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/fix-facts.yml").read_text("utf-8"))
    group = workflow["concurrency"]["group"]
    assert "github.event.label.name == 'approved' && 'approved' || github.event.issue.number" in group
    assert "github.event.action == 'labeled'" in group, "a label must not displace the reading of an edited text"


def _calls_of_python() -> Iterator[tuple[str, str]]:
    """Each call of Python with a module, a text or standard input in what runs in the folder of a digest."""
    for path in (THEIRS, ROOT / "action.yml", *sorted(SCRIPTS.glob("*.sh"))):
        for line in path.read_text("utf-8").splitlines():
            for call in re.findall(r"""(?:python\d?"?|\$\(PYTHON\)"?) (-\S*(?: -\S*)*)""", line):
                if "sys.version_info" not in line:  # imports sys alone, which no file can replace, for any Python
                    yield f"{path.name}: {line.strip()}", call


def test_python_imports_no_module_from_the_folder_of_a_digest() -> None:
    """``python -m pip`` imports a file pip.py of the current folder, which any pull request can add."""
    calls = list(_calls_of_python())
    assert len(calls) >= 8
    for line, call in calls:
        assert "-P" in call.split() or call == "--python", line


def test_no_target_runs_a_module_of_the_folder(tmp_path: Path) -> None:
    shutil.copy(THEIRS, tmp_path / "Makefile")
    for name in ("pip", "venv", "datetime", "json", "runpy"):
        (tmp_path / f"{name}.py").write_text("import os\nos.mkdir('executed')\n", "utf-8")
    for name in ("requirements.txt", "requirements.lock"):
        (tmp_path / name).write_text("", "utf-8")
    path = tmp_path / "bin"  # without uv
    path.mkdir()
    for name in ("make", "touch", "bash", "sh", "mkdir"):
        (path / name).symlink_to(shutil.which(name) or "")
    call = ["make", "install", "mail", f"PYTHON={sys.executable}", "DIGEST=echo"]
    done = subprocess.run(call, cwd=tmp_path, env={"PATH": str(path)}, capture_output=True, text=True, check=False)
    assert not (tmp_path / "executed").exists()
    assert re.search(r"--date \d{4}-", done.stdout), done.stderr


def test_previews_of_forks_see_no_secret() -> None:
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        if "pull_request:" in text:
            assert "secrets." not in text, path.name
            assert ": write" not in text, path.name


def test_a_workflow_of_a_pull_request_gets_nothing_of_worth() -> None:
    """What a pull request brings is run without secrets, caches, environments, or a right to write."""
    for path in WORKFLOWS:
        workflow = yaml.safe_load(path.read_text("utf-8"))
        if "pull_request" in workflow[True]:  # YAML 1.1 reads `on` as true
            for name, job in workflow["jobs"].items():
                assert job["permissions"] == {"contents": "read"}, (path.name, name)
                assert "environment" not in job, (path.name, name)
                assert "actions/cache" not in str(job), (path.name, name)
                checkout = next(step for step in job["steps"] if "checkout" in step.get("uses", ""))
                assert checkout["with"]["persist-credentials"] is False
        else:
            assert "pull_request.head" not in path.read_text("utf-8"), path.name


def test_what_somebody_added_in_the_place_of_caches_is_deleted_before_anything_is_built() -> None:
    names = ["build", ".cache", ".venv", "site", "site.previous", ".site.*"]
    for path in WORKFLOWS:
        for name, job in _jobs(path).items():
            runs = [step["run"] for step in job["steps"] if "run" in step]
            if any("make " in run or ".ci/run" in run or "digest" in run for run in runs if "propose.sh" not in run):
                first = next(run for run in runs if "addresses.sh" not in run)
                assert shlex.split(first) == ["rm", "-rf", *names], (path.name, name)
    text = yaml.safe_load(GITLAB.read_text("utf-8"))["default"]["before_script"][0]
    assert all(name in text for name in names)


def test_zizmor_finds_nothing() -> None:
    call = [
        str(Path(sys.executable).parent / "zizmor"),
        "--offline",
        "--pedantic",
        "--no-progress",
        str(ROOT / ".github"),
    ]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "No findings to report" in done.stdout + done.stderr) == (0, True), done.stdout


def test_actionlint_finds_nothing() -> None:
    call = [str(Path(sys.executable).parent / "actionlint"), "-no-color", *map(str, WORKFLOWS)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_workflows_run_only_what_a_person_can_run(path: Path) -> None:
    commands = list(_commands(path))
    assert commands
    for words in commands:
        if words[0] == "make":
            for makefile in (OURS,) if path.name in OF_THE_GENERATOR else (OURS, THEIRS):
                assert _recipe(makefile, words[1]) or words[1] == "install"
        elif words[0] == "bash":  # files of a digest need not keep the right to be run
            assert (ROOT / words[1]).is_file(), words
        elif words[0] not in OF_THE_RUNNER:
            assert words[0] == ".venv/bin/digest" or os.access(ROOT / words[0], os.X_OK), words


def test_every_call_of_digest_is_understood_and_its_command_tested() -> None:
    calls = list(_digest_calls())
    assert {words[0] for _, words in calls} >= {"check", "build", "import", "links", "mail", "from-issue"}
    tests = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    for place, words in calls:
        parsed = cli.make_parser().parse_args(words)  # leaves with 2 if an option is not known
        module = cli.COMMANDS[parsed.command]
        assert re.search(rf'\bdigest\("{words[0]}"|\b{module}\.run\(', tests), f"{place}: {words[0]} is not tested"


def test_both_makefiles_mean_the_same_by_the_same_name() -> None:
    ours, theirs = (set(re.findall(r"^([a-z]+):", path.read_text("utf-8"), re.MULTILINE)) for path in (OURS, THEIRS))
    for target in sorted(ours & theirs - {"clean", "help"}):
        assert _recipe(OURS, target) == _recipe(THEIRS, target)


@pytest.mark.parametrize("makefile", [OURS, THEIRS], ids=["ours", "theirs"])
@pytest.mark.parametrize(
    ("variables", "options"),
    [
        ({}, ["--most-cost", "1"]),
        ({"DIGEST_MODEL_PRICE": "", "DIGEST_DRAFT_BUDGET": ""}, ["--most-cost", "1"]),
        (
            {"DIGEST_MODEL_PRICE": "0.15,0.6", "DIGEST_DRAFT_BUDGET": "3"},
            ["--most-cost", "3", "--price", "0.15,0.6"],
        ),
    ],
)
def test_a_draft_is_free_only_if_a_variable_states_it(
    makefile: Path, variables: dict[str, str], options: list[str], tmp_path: Path
) -> None:
    """With a price of 0,0, the budget would limit nothing. GitLab passes the variables as they are."""
    for name in ("requirements.lock", "requirements-dev.lock", "requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    call = ["make", "--dry-run", "--file", str(makefile), "draft"]
    env = {"PATH": os.environ["PATH"], **variables}
    done = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    words = shlex.split(done.stdout.splitlines()[-1])
    assert words[words.index("--most-cost") : words.index("--report")] == options


def test_publishing_starts_from_the_last_site_of_its_own_branch() -> None:
    steps = _jobs(ROOT / ".github/workflows/publish.yml")["build"]["steps"]
    names = [step.get("uses", step.get("run", "")).partition("@")[0] for step in steps]
    restore, make, save = (names.index(name) for name in ("actions/cache/restore", "make site", "actions/cache/save"))
    assert restore < make < save
    assert steps[make]["env"] == {"DIGEST_CACHE": ".cache/build"}
    assert {".cache/build", "site"} == set(steps[restore]["with"]["path"].split())
    assert "requirements.lock" in steps[restore]["with"]["key"]


def test_the_action_and_the_image_install_what_is_locked_and_run_as_nobody_special() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    steps = action["runs"]["steps"]
    assert all(re.search(r"@[0-9a-f]{40}$", step["uses"]) for step in steps if "uses" in step)
    scripts = [step["run"] for step in steps if "run" in step]
    assert not any("${{" in script for script in scripts)
    assert "--require-hashes" in scripts[0]
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert image.count("--require-hashes -r") == 2
    assert re.findall(r"^FROM python:(\d+\.\d+\.\d+)-slim", image, re.MULTILINE) == ["3.12.8", "3.12.8"]
    assert image.index("USER digest") < image.index("ENTRYPOINT")
    copied = {name for line in re.findall(r"^COPY (?!--)(.+) \S+$", image, re.MULTILINE) for name in line.split()}
    allowed = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert copied <= allowed
    assert all((ROOT / name).exists() for name in copied)


def test_every_workflow_of_a_digest_can_be_run_by_hand() -> None:
    for path in WORKFLOWS:
        if path.name not in ("from-issue.yml", "fix-facts.yml"):
            assert "workflow_dispatch" in yaml.safe_load(path.read_text("utf-8"))[True], path.name


# The two scripts, with a repository of their own and a gh that notes what it is told


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@y.example", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q", "--bare", str(tmp_path / "origin")], check=True)
    subprocess.run([*git, "init", "-q", str(folder)], check=True)
    (folder / "content").mkdir()
    (folder / "content/a.yaml").write_text("a\n", "utf-8")
    for call in (["add", "."], ["commit", "-qm", "x"], ["remote", "add", "origin", str(tmp_path / "origin")]):
        subprocess.run([*git, "-C", str(folder), *call], check=True)
    (tmp_path / "bin").mkdir()
    gh = '#!/bin/sh\necho "$@" >> "$NOTES"\ncase "$*" in "pr list"*) grep -c "pr create" "$NOTES";; esac\ntrue\n'
    (tmp_path / "bin/gh").write_text(gh, "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    return folder


def _run(script: str, *arguments: str, folder: Path, **env: str) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "GIT_"))}
    plain |= {"PATH": f"{folder.parent}/bin:{os.environ['PATH']}", "NOTES": str(folder.parent / "notes"), **env}
    done = subprocess.run([str(SCRIPTS / script), *arguments], cwd=folder, env=plain, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _git(folder: Path, *call: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *call], check=True, capture_output=True, text=True).stdout


def test_changes_travel_as_a_patch_and_become_one_pull_request(project: Path) -> None:
    out, patch = project.parent / "out", project.parent / "changes.patch"
    assert "nothing changed" in _run("changes.sh", str(patch), folder=project, GITHUB_OUTPUT=str(out))
    assert not patch.exists()
    (project / "content/b: ü.yaml").write_text("b\n", "utf-8")
    (project / "Makefile").write_text("evil:\n", "utf-8")
    _run("changes.sh", str(patch), folder=project, GITHUB_OUTPUT=str(out))
    assert out.read_text("utf-8") == "changed=false\nchanged=true\n"
    assert b"evil" not in patch.read_bytes()
    _git(project, "reset", "-q", "--hard")
    (project / "Makefile").unlink()
    title = 'Add $(touch evil) "it"; x'
    _run("propose.sh", "issue/7", title, str(patch), folder=project)
    pushed = _git(project.parent / "origin", "log", "-1", "--format=%s", "--name-only", "-z", "issue/7")
    assert title in pushed
    assert "content/b: ü.yaml" in pushed
    _git(project, "checkout", "-q", "-")
    _run("propose.sh", "issue/7", title, str(patch), folder=project)
    notes = (project.parent / "notes").read_text("utf-8")
    assert notes.count("pr create --head issue/7 --title Add $(touch evil)") == 1
    assert not (project / "evil").exists()


@pytest.mark.parametrize(("script", "file"), [("changes.sh", "changes.patch"), ("approved.sh", "closes.md")])
def test_a_script_writes_its_result_through_no_link(project: Path, script: str, file: str) -> None:
    """A pull request can bring a link with the name of a file that a workflow writes and uploads."""
    victim = project.parent / "victim"
    victim.write_text("precious\n", "utf-8")
    (project / file).symlink_to(victim)
    (project / "content/b.yaml").write_text("b\n", "utf-8")
    _run(script, file, folder=project, GITHUB_REPOSITORY="x/y")
    assert victim.read_text("utf-8") == "precious\n"
    assert not (project / file).is_symlink()


def test_no_job_uploads_what_a_pull_request_can_put_in_its_place() -> None:
    """What is uploaded is in the runner's own folder, or was deleted before it was made."""
    made_anew = {"changes.patch", "closes.md", "build/draft.md", "build/template/", "site/", "dist/"}
    for path in WORKFLOWS:
        for job in _jobs(path).values():
            for step in job["steps"]:
                if "upload-" in step.get("uses", ""):
                    uploaded = step["with"]["path"].split("\n")
                    outside = {name for name in uploaded if name and not name.startswith("${{ runner.temp }}/")}
                    assert outside <= made_anew, (path.name, outside)


def test_commits_of_others_on_a_proposed_branch_are_not_overwritten(project: Path) -> None:
    for text in ("b\n", "c\n"):
        (project / "content/a.yaml").write_text(text, "utf-8")
        _run("propose.sh", "import/weekly", "Weekly", folder=project)
        _git(project, "checkout", "-q", "main")
    work = project.parent / "work"
    subprocess.run(["git", "clone", "-q", "-b", "import/weekly", str(project.parent / "origin"), str(work)], check=True)
    (work / "content/a.yaml").write_text("c\ntldr: by hand\n", "utf-8")
    _git(work, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qam", "Write the missing texts")
    _git(work, "push", "-q")
    (project / "content/a.yaml").write_text("d\n", "utf-8")
    with pytest.raises(AssertionError, match="somebody else has pushed to the branch import/weekly"):
        _run("propose.sh", "import/weekly", "Weekly", folder=project)
    assert "by hand" in _git(project.parent / "origin", "show", "import/weekly:content/a.yaml")


def test_a_patch_cannot_leave_the_content(project: Path) -> None:
    patch = project.parent / "changes.patch"
    patch.write_text("--- /dev/null\n+++ b/.github/workflows/x.yml\n@@ -0,0 +1 @@\n+on: push\n", "utf-8")
    assert "nothing to propose" in _run("propose.sh", "import/weekly", "x", str(patch), folder=project)
    assert not (project / ".github").exists()


def test_a_patch_that_moves_a_file_into_the_content_is_refused(project: Path) -> None:
    (project / "Makefile").write_text("all:\n", "utf-8")
    _git(project, "add", "--all")
    _git(project, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x")
    patch = project.parent / "changes.patch"
    renamed = "diff --git a/Makefile b/content/x.yaml\nsimilarity index 100%\n"
    patch.write_text(f"{renamed}rename from Makefile\nrename to content/x.yaml\n", "utf-8")
    with pytest.raises(AssertionError, match="changes files outside content/"):
        _run("propose.sh", "import/weekly", "x", str(patch), folder=project)
    assert not _git(project.parent / "origin", "branch", "--list")


def test_on_gitlab_the_push_asks_for_the_merge_request(project: Path) -> None:
    (project / "content/a.yaml").write_text("b\n", "utf-8")
    _git(project.parent / "origin", "config", "receive.advertisePushOptions", "true")
    push = {"GITLAB_CI": "true", "PUSH_URL": str(project.parent / "origin"), "DIGEST_TOKEN": "x"}
    _run("propose.sh", "import/weekly", "Weekly", folder=project, **push)
    assert _git(project.parent / "origin", "log", "-1", "--format=%s", "import/weekly") == "Weekly\n"
    assert not (project.parent / "notes").exists()


def test_a_lost_url_is_an_error(project: Path) -> None:
    listed = project / "content/permalinks.txt"
    listed.write_text("papers/a2025b/\npapers/c2025d/\n", "utf-8")
    _git(project, "add", "--all")
    _git(project, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "publish")
    listed.write_text("papers/a2025b/\npapers/c2025d/\npapers/e2026f/\n", "utf-8")
    assert "no published URL is missing" in _run("addresses.sh", "HEAD", folder=project)
    listed.write_text("papers/a2025b/\npapers/e2026f/\n", "utf-8")
    call = [str(SCRIPTS / "addresses.sh"), "HEAD"]
    done = subprocess.run(call, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "  papers/c2025d/\n" in done.stderr
    assert "papers/a2025b" not in done.stderr


@pytest.mark.parametrize("revision", ["", "0" * 40, "--help", "main:content", "$(id)"])
def test_the_check_for_lost_urls_fails_without_the_revision(project: Path, revision: str) -> None:
    (project / "content/permalinks.txt").write_text("papers/a2025b/\n", "utf-8")
    _git(project, "add", "--all")
    with pytest.raises(AssertionError, match="this clone does not contain the revision to compare with"):
        _run("addresses.sh", revision, folder=project)


def test_a_digest_without_published_urls_loses_none(project: Path) -> None:
    (project / "content/permalinks.txt").write_text("papers/a2025b/\n", "utf-8")
    assert "no URLs were published" in _run("addresses.sh", "HEAD", folder=project)


@pytest.mark.parametrize(
    ("text", "called", "answered"),
    [
        ("### Paper\n\narxiv:2501.01234\n", "from-issue build/issue.md --number 7 --answer build/answer.md", False),
        ("### Right facts\n\n```yaml\ntitle: $(id)\n```\n", "fix-facts build/issue.md --answer build/answer.md", True),
        ("Hello", "", False),
    ],
)
def test_an_issue_on_gitlab_is_read_by_its_headings(text: str, called: str, answered: bool, tmp_path: Path) -> None:
    """With programs that note how they are called, of which the one for facts refuses; no process shows the token."""
    shutil.copytree(SCRIPTS, tmp_path / ".github/scripts")
    (tmp_path / "content").mkdir()
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name, end in (("digest", '[ "$1" = from-issue ] || { echo no > build/answer.md; exit 1; }'), ("curl", "")):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "$@" >> {name}.calls\n{end}\n', "utf-8")
        program.chmod(0o755)
    issue = {"iid": 7, "state": "opened", "action": "open", "description": text}
    (tmp_path / "event.json").write_text(json.dumps({"object_kind": "issue", "object_attributes": issue}), "utf-8")
    env = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}", "DIGEST": "./digest", "PYTHON": sys.executable,
        "TRIGGER_PAYLOAD": "event.json", "DIGEST_TOKEN": "secret-token", "CI_API_V4_URL": "https://lab.example/api/v4",
        "CI_PROJECT_ID": "3",
    }  # fmt: skip
    subprocess.run(["bash", ".github/scripts/issue.sh"], cwd=tmp_path, env=env, check=True, capture_output=True)
    calls = {path.stem: path.read_text("utf-8") for path in tmp_path.glob("*.calls")}
    assert calls.get("digest", "").strip() == called
    assert ("projects/3/issues/7/notes" in calls.get("curl", "")) is answered
    assert "secret-token" not in str(calls)
