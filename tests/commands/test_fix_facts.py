"""The form for wrong facts changes facts of an entry alone, after checks, as a shown patch."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from generator.commands import fix_facts
from generator.model.catalog import Catalog, build_catalog
from generator.model.paper import Author
from generator.pages.edit_links import EditLinks
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS
from tests.support.command import digest

ENTRY = "papers/conf-2025/zhu2025dogs.yaml"


def _form(facts: str, page: str = "https://toy.example/papers/zhu2025dogs/") -> str:
    wrong = "### What is wrong, and what is correct?\n\nx"
    return f"### Page\n\n{page}\n\n{wrong}\n\n### Right facts\n\n```yaml\n{facts}\n```\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "issue.md"
    path.write_text(text, "utf-8")
    return path


def test_the_labels_are_those_of_the_form() -> None:
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/wrong-facts.yml").read_text("utf-8"))
    assert {field["attributes"]["label"] for field in form["body"]} == set(fix_facts.LABELS)


def test_facts_are_replaced_and_every_other_line_stays(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (content / ENTRY).read_text("utf-8").splitlines()
    form = _form("title: 'Dogs that bark: a study'\nauthors:\n- Ada Byron\n- name: Zhu Li\n  affiliation: KU Leuven")
    answer = tmp_path / "answer.md"
    assert digest("fix-facts", _file(tmp_path, form), "--content", content, "--answer", answer) == 0
    after = (content / ENTRY).read_text("utf-8").splitlines()
    assert "title: 'Dogs that bark: a study'" in after
    assert "- Ada Byron" in after
    assert [line for line in before if line.startswith(("venue", "topics", "tldr", "added"))] == [
        line for line in after if line.startswith(("venue", "topics", "tldr", "added"))
    ]
    assert f"+++ b/{ENTRY}" in capsys.readouterr().out
    text = answer.read_text("utf-8")
    assert "label `approved`" in text
    assert "    +title: " in text
    assert digest("check", "--content", content) == 0


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (_form("tldr: Mine."), "tldr cannot be changed here"),
        (_form("doi: nonsense"), "not a DOI"),
        (_form("venue: nowhere-1999"), "nowhere-1999"),
        (_form("title: [a"), "Right facts: write them as in an entry"),
        (_form(""), "Right facts: write them as in an entry"),
        (_form("title: x", "https://toy.example/topics/dogs/"), "Page: write the address of a paper's page"),
        (_form("title: x", "../../etc/passwd"), "Page: write the address of a paper's page"),
        ("nothing", "Right facts"),
    ],
)
def test_a_faulty_correction_changes_nothing_and_is_answered(
    form: str, why: str, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    answer = tmp_path / "answer.md"
    assert fix_facts.run(form, content, answer_file=answer) == 1
    assert why in capsys.readouterr().err
    assert why in answer.read_text("utf-8")
    assert before == {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}


def test_the_form_may_come_from_a_pipe(content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor() as threads:
        writing = threads.submit((tmp_path / "pipe").write_text, _form("title: New"))
        assert digest("fix-facts", tmp_path / "pipe", "--content", content, "--dry-run") == 0
        writing.result()
    assert "+title: New" in capsys.readouterr().out


def test_a_prefilled_form_changes_nothing_until_a_fact_is_corrected(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the link on the page fills it, for every paper of the toy content that has a file of its own."""
    catalog = build_catalog(load(content).content)
    links = EditLinks(catalog, replace(SETTINGS, repository="https://code.example/toy"))
    for paper in catalog.papers.values():
        if paper.id in catalog.bulk:
            continue
        address = next(link.address for link in links.links(f"papers/{paper.id}", "x") if "wrong-facts" in link.address)
        values = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
        assert fix_facts.run(_form(values["right"], values["page"]), content) == 1
        assert "the entry has these values already" in capsys.readouterr().err
        form = _form(re.sub(r"(?m)^title: .*$", "title: New", values["right"]), values["page"])
        assert fix_facts.run(form, content, dry_run=True) == 0
        lines = [line for line in capsys.readouterr().out.splitlines() if line[:1] in "+-"][2:]
        assert lines[-1] == "+title: New"
        assert all(line.startswith(("-title:", "-  ", "+title:")) for line in lines), lines


@pytest.mark.parametrize(
    "convert",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: text.replace("title: Dogs that fetch\n", "") + "title: Dogs that fetch",
        lambda text: text.replace("title: Dogs that fetch", "title:\n\n\n  Dogs that fetch"),
    ],
    ids=["line ends of Windows", "byte order mark", "no final line break", "title in the last line", "blank lines"],
)
def test_the_form_of_a_file_stays(
    convert: Callable[[str], str], content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = content / ENTRY
    path.write_bytes(convert(path.read_text("utf-8")).encode())
    before = path.read_bytes()
    assert fix_facts.run(_form("title: New"), content) == 0
    after = path.read_bytes()
    is_title = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?title:(?:.*\n|.*\Z)(?:\n*  .*\n)*")
    assert is_title.sub(b"", after) == is_title.sub(b"", before)
    assert after.count(b"title: New") == 1
    (tmp_path / ENTRY).parent.mkdir(parents=True)
    (tmp_path / ENTRY).write_bytes(before)
    patch = capsys.readouterr().out.encode()
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / ENTRY).read_bytes() == after


def test_a_link_contains_as_many_facts_as_an_address_can(toy: Catalog) -> None:
    settings = replace(SETTINGS, repository="https://code.example/toy")
    many = replace(toy.papers["zhu2025dogs"], authors=tuple(Author(name=f"Anna Ölmüller {n}") for n in range(400)))
    links = EditLinks(replace(toy, papers={**toy.papers, many.id: many}), settings).links(f"papers/{many.id}", "x")
    address = next(link.address for link in links if "wrong-facts" in link.address)
    assert len(address) < 8000
    assert "title:" in address
    assert "Anna" not in address


def test_issues_on_gitlab_have_the_headings_of_the_form(toy: Catalog, content: Path) -> None:
    links = EditLinks(toy, replace(SETTINGS, repository="https://gitlab.example/toy"))
    link = next(link for link in links.links("papers/zhu2025dogs", "x") if "Wrong+facts" in link.address)
    text = parse_qs(urlsplit(link.address).query)["issue[description]"][0]
    assert fix_facts.run(re.sub(r"(?m)^title: .*$", "title: New", text), content, dry_run=True) == 0


def test_an_answer_is_a_code_block_whatever_a_stranger_writes(content: Path, tmp_path: Path) -> None:
    answer = tmp_path / "answer.md"
    assert fix_facts.run(_form('title: "```\\n@everyone <img src=x>"'), content, answer_file=answer) == 1
    fix_facts.run(_form('title: "```@everyone <img src=x>"'), content, answer_file=answer, dry_run=True)
    lines = answer.read_text("utf-8").splitlines()
    assert all(line.startswith("    ") for line in lines[2:])


def test_approved_issues_become_one_pull_request(content: Path, tmp_path: Path) -> None:
    """``gh`` lists two approved issues, one of which does not correct facts."""
    rows = tmp_path / "rows"
    good, bad = _form("title: Dogs that bark"), _form("tldr: Mine.")
    encoded = [
        subprocess.run(["base64", "-w0"], input=text, capture_output=True, text=True, check=True).stdout
        for text in (good, bad)
    ]
    rows.write_text(f"7 {encoded[0]}\n8 {encoded[1]}\n", "utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(f"#!/bin/sh\ncat {rows}\n", "utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    env = {
        **os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "GITHUB_REPOSITORY": "a/b",
        "RUNNER_TEMP": str(tmp_path), "DIGEST": str(Path(sys.executable).parent / "digest"),
    }  # fmt: skip
    shutil.copy(ROOT / "mkdocs.yml", content.parent)
    call = ["bash", str(ROOT / ".github/scripts/approved.sh"), "closes.md"]
    done = subprocess.run(call, cwd=content.parent, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (content.parent / "closes.md").read_text("utf-8") == "Closes #7.\n"
    assert "Dogs that bark" in (content / ENTRY).read_text("utf-8")
