"""The documentation site: it builds strictly, and its reference is what the program says of itself.

``pytest --update-golden`` writes ``docs/reference.md``.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import cli
from generator.store.settings_file import KNOWN_KEYS
from tests.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference.md"
HEAD = """\
# Reference

This page lists all commands with their options, the settings in `mkdocs.yml` and the fields of an entry.
"""

DECISIONS = (ROOT / "docs" / "decisions.md").read_text("utf-8")
RECORDS = {
    int(number): text
    for number, text in re.findall(
        r"^### (\d+)\. [^\n]+\n(.*?)(?=^##)", DECISIONS[DECISIONS.index("\n## Records\n") :], re.MULTILINE | re.DOTALL
    )
}
"""Each decision record that holds, by its number."""

COMMON = """\
Options that several commands share:

- `--content DIR`: folder with the entries (default: content)
- `-q, --quiet`: print only errors and results
- `-v, --verbose`: print each step and how long it took

Exit codes: 0 success, 1 errors in the content or a failed stage, 2 wrong usage, 130 interrupted by Ctrl+C. Results go
to standard output, messages to standard error.
"""


def _reference() -> str:
    return "\n".join([HEAD, *_commands(), *_settings(), *_fields()]) + "\n"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield COMMON
    (commands,) = (action for action in cli.make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    for title, group in cli.GROUPS.items():
        yield f"### {title}\n"
        for name in group:
            parser = commands.choices[name]
            yield f"#### digest {name}\n\n{parser.description}\n"
            for action in parser._actions:
                if action.dest not in {"help", "content", "quiet", "verbose"}:
                    yield f"- `{_option(action)}`: {(action.help or '').replace('%%', '%')}"
            yield ""


def _option(action: argparse.Action) -> str:
    """The names of an option, and what follows them."""
    if not action.option_strings:
        return str(action.metavar or action.dest)
    value = "" if action.nargs == 0 else action.metavar or "|".join(map(str, action.choices or [action.dest.upper()]))
    return f"{', '.join(action.option_strings)} {value}".strip()


def _settings() -> Iterator[str]:
    yield "## Settings\n"
    yield (
        "These settings are below `extra` in `mkdocs.yml`. "
        "[Hand-written pages](hand-written-pages.md#settings-in-mkdocsyml) lists the other settings.\n"
    )
    block = re.search(r"^extra:\n(?:[ #].*\n|\n)+?(?=^\w)", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert block
    yield f"```yaml\n{block[0].rstrip()}\n```\n"


def _fields() -> Iterator[str]:
    yield "## Fields of an entry\n"
    schema = json.loads((ROOT / "content/schema/papers.schema.json").read_text("utf-8"))
    needed = set(schema["required"])
    yield "| field | value | required |\n|---|---|---|"
    for name, value in schema["properties"].items():
        yield f"| `{name}` | {_kind(value, schema['$defs'])} | {'yes' if name in needed else ''} |"
    yield "\n[Fields](fields.md) explains these fields and those of the other files."


def _kind(value: dict[str, Any], definitions: dict[str, dict[str, Any]]) -> str:
    value = definitions[value["$ref"].rpartition("/")[2]] if "$ref" in value else value
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"])
    if "anyOf" in value:
        kinds = dict.fromkeys(_kind(one, definitions) for one in value["anyOf"] if one.get("type") != "null")
        return " or ".join(kinds)
    # Numbers and truth values may also be written as text, so their type is a list.
    if "boolean" in value["type"]:
        return "`true` or `false`"
    if "integer" in value["type"]:
        return "number"
    return {"array": "list", "object": "mapping", "string": "text"}[value["type"]]


def test_the_reference_is_what_the_program_says(request: pytest.FixtureRequest) -> None:
    expected = _reference()
    if request.config.getoption("--update-golden"):
        REFERENCE.write_text(expected, "utf-8")
    assert REFERENCE.read_text("utf-8") == expected


def test_every_setting_of_the_digest_is_named_in_the_documentation() -> None:
    documented = REFERENCE.read_text("utf-8") + (ROOT / "docs/hand-written-pages.md").read_text("utf-8")
    documented += (ROOT / "docs/look.md").read_text("utf-8")
    assert [name for name in sorted(KNOWN_KEYS) if name not in documented] == []


@pytest.mark.parametrize(("number", "text"), RECORDS.items(), ids=[f"record-{number}" for number in RECORDS])
def test_a_decision_has_a_date_a_status_context_decision_and_consequences(number: int, text: str) -> None:
    status = re.match(r"\n\*Accepted, \d{4}-\d\d-\d\d(?:; .+)?\.\*\n", text)
    assert status, f"record {number} begins with its status and date"
    assert re.findall(r"^\*\*(\w+)\.\*\* ", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_each_decision_is_in_the_index_once_and_each_named_number_exists() -> None:
    index = DECISIONS[: DECISIONS.index("\n## Records\n")]
    titles = re.findall(r"^### (\d+\. .+)$", DECISIONS, re.MULTILINE)
    assert sorted(re.findall(r"\[(\d+\. [^\]]+)\]\(#\d+-", index)) == sorted(titles)
    former = dict(re.findall(r"^\| (\d+) \| \d{4}-\d\d-\d\d \| ([^|]+) \|", DECISIONS, re.MULTILINE))
    assert not {int(number) for number in former} & set(RECORDS)
    for number, status in former.items():
        successor = re.fullmatch(r"removed|(?:superseded by|merged into) (\d+)", status)
        assert successor, f"record {number} has the status {status!r}"
        assert successor[1] is None or int(successor[1]) in RECORDS, f"record {number} names a record that is gone"
    named = re.findall(
        r"(?:supersedes|amend(?:s|ed by)|extended.*? by|includes) ([\d, and]+)", "".join(RECORDS.values())
    )
    assert {int(number) for text in named for number in re.findall(r"\d+", text)} <= set(RECORDS) | set(
        map(int, former)
    )


def test_other_files_name_only_decisions_that_hold() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), int(number))
        for folder in ("generator", "theme", "docs", "bench", "tools")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".js", ".j2", ".css", ".md", ".yml"} and path.name != "decisions.md"
        for number in re.findall(r"\bdecision (\d+)", path.read_text("utf-8"))
    }
    assert named
    assert [place for place in sorted(named) if place[1] not in RECORDS] == []


_PAGES = sorted(
    [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", ".github/SECURITY.md")), *ROOT.glob("docs/*.md")]
)
_FILE = r"[\w./-]+\.(?:py|js|j2|sh|css|html)|(?:theme|tests|tools|bench)/[\w./-]+\.\w+"
_OF_A_DIGEST = {
    "mermaid.min.js", "own.css", "own.js", "own-head.html", "own-footer.html", "assets/stylesheets/own.css",
    "assets/javascripts/own.js", "partials/own-head.html", "partials/own-footer.html",
}  # fmt: skip
"""Files that only digests of others have."""


def _named_files() -> dict[str, list[Path]]:
    """The files that the documentation names, each with the files of the repository that it may be."""
    folders = [ROOT / name for name in ("generator", "theme", "tests", "tools", "bench", ".github", "content/prompts")]
    names = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    named = {name for page in _PAGES for name in re.findall(rf"`({_FILE})`", page.read_text("utf-8"))}
    named = {name for name in named if not re.search("[A-Z]{3}", name)} - _OF_A_DIGEST
    return {name: [path for path in names if f"/{path.as_posix()}".endswith(f"/{name}")] for name in sorted(named)}


def test_files_that_the_documentation_names_exist() -> None:
    files = _named_files()
    assert len(files) > 100
    assert [name for name, paths in files.items() if not paths] == []


def test_what_the_documentation_names_in_a_file_is_there() -> None:
    """For "`_SET_ONCE` of `codec/merge.py`", the file contains the whole name."""
    files = _named_files()
    text = "".join(page.read_text("utf-8") for page in _PAGES)
    named = [
        *re.findall(rf"`([A-Za-z_.]+)`(?: \([^)]*\))? (?:of|in) `({_FILE})`", text),
        *((name, path) for path, name in re.findall(rf"`({_FILE})`(?:,| \()+ ?`([A-Za-z_.]+)`(?![./])", text)),
    ]
    assert len(named) > 20
    missing = [
        (name, path)
        for name, path in named
        if path in files
        and not re.fullmatch(_FILE, name)
        and not any(re.search(rf"(?<!\w){name.split('.')[-1]}(?!\w)", p.read_text("utf-8")) for p in files[path])
    ]
    assert missing == []


def test_names_with_underscores_in_the_documentation_are_in_the_repository() -> None:
    """For "`_paper_facets`", some file contains the whole name."""
    folders = [ROOT / name for name in ("generator", "theme", "tests", "tools", "bench", ".github")]
    suffixes = {".py", ".js", ".j2", ".html", ".json", ".yml"}
    sources = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    words = {
        word for path in [*sources, ROOT / ".gitlab-ci.yml"] for word in re.findall(r"\w+", path.read_text("utf-8"))
    }
    named = {name for page in _PAGES for name in re.findall(r"`(\w*[A-Za-z]_\w+|_\w+)`", page.read_text("utf-8"))}
    assert len(named) > 50
    assert sorted(named - words - {"PYTHON_VERSION"}) == []  # a variable of Cloudflare Pages


def test_commands_and_options_that_the_documentation_names_exist() -> None:
    (commands,) = (action for action in cli.make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    known = {name: set(parser._option_string_actions) for name, parser in commands.choices.items()}
    text = "".join(page.read_text("utf-8") for page in _PAGES).replace("\\\n", "")
    named = re.findall(r"(?:`|\$ |&& )(?:\.venv/bin/)?digest ([a-z][a-z-]*)((?: (?!#)[^ `\n]+)*)", text)
    assert {name for name, _ in named} == set(known)
    options = {(name, option) for name, words in named for option in re.findall(r"(?<= )--?[a-z][a-z-]*", words)}
    assert len(options) > 30
    assert [(name, option) for name, option in sorted(options) if option not in known[name]] == []


def test_targets_that_the_documentation_names_exist() -> None:
    makefiles = [ROOT / "Makefile", ROOT / "generator/starter/files/Makefile"]
    targets = {name for path in makefiles for name in re.findall(r"^([a-z-]+):", path.read_text("utf-8"), re.MULTILINE)}
    text = "".join(page.read_text("utf-8") for page in _PAGES)
    named = set(re.findall(r"(?:`|\$ |&& )make ([a-z-]+)", text))
    assert len(named) > 20
    assert named <= targets


def test_every_variable_that_the_program_reads_is_documented() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py"))
    documented = (ROOT / "docs" / "environment.md").read_text("utf-8")
    variables = set(re.findall(r"\bDIGEST_[A-Z_]*[A-Z]\b", source)) | {"NO_COLOR"}
    assert [name for name in sorted(variables) if f"`{name}`" not in documented] == []


def test_the_documentation_builds_strictly(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    done = subprocess.run(
        [*call, "--config-file", "tools/documentation.yml"], cwd=ROOT, capture_output=True, text=True, env=env
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert {path.parent.name for path in (tmp_path / "site").glob("*/index.html")} >= pages
