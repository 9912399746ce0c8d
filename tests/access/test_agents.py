"""``digest mcp`` by the protocol's own client, and ``digest bundle`` by programs that did not write it."""

import asyncio
import functools
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Coroutine
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client

from generator.access.agents import make_server
from generator.access.records import LookupFailed, SiteRecords
from generator.commands import bundle
from generator.exports.bundle import changes_between, changes_since, records_of
from tests.conftest import ROOT, SETTINGS, TOY
from tests.support.command import digest
from tools.web_server import Handler, serving

CATS = "oconnor2025cats"


def _local(site: Path) -> SiteRecords:
    return SiteRecords(lambda path: (site / path).read_text("utf-8"))


def _ask(target: Any, question: Any) -> Any:
    async def asked() -> Any:
        async with Client(target) as client:
            return await question(client)

    answer: Coroutine[Any, Any, Any] = asked()
    return asyncio.run(answer)


def _text(result: Any) -> Any:
    return json.loads(result.content[0].text)


def test_the_protocols_client_lists_tools_that_only_read(toy_site: Path) -> None:
    server = make_server(_local(toy_site), "toy", "1")
    tools = _ask(server, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "paper", "venue", "topic", "citation", "related"]
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in tools)
    assert all(tool.description for tool in tools)


@pytest.mark.parametrize("records", ["{", "[]", '{"id": 1}', "[" * 100_000])
def test_a_damaged_site_is_an_answer_of_each_tool(records: str) -> None:
    server = make_server(SiteRecords(lambda _: records), "toy", "1")
    for tool, arguments in (("search", {"query": "cats"}), ("paper", {"id": CATS}), ("related", {"id": CATS})):
        result = _ask(server, lambda client, tool=tool, given=arguments: client.call_tool(tool, given))
        assert result.is_error
        assert "papers.jsonl of the site is damaged" in result.content[0].text


def test_each_tool_answers_from_the_site(toy_site: Path) -> None:
    async def all_of_them(client: Client) -> dict[str, Any]:
        calls: dict[str, dict[str, Any]] = {
            "search": {"query": "dogs fetch", "venue": "conf"}, "paper": {"id": CATS}, "venue": {"id": "conf-2025"},
            "topic": {"id": "dogs"}, "citation": {"id": CATS}, "related": {"id": CATS},
        }  # fmt: skip
        return {name: await client.call_tool(name, arguments) for name, arguments in calls.items()}

    answers = _ask(make_server(_local(toy_site), "toy", "1"), all_of_them)
    assert not any(result.is_error for result in answers.values())
    assert _text(answers["search"])["id"] == "zhu2025dogs"
    assert _text(answers["paper"])["id"] == CATS
    assert _text(answers["venue"])["count"] == 2
    assert {paper["id"] for paper in _text(answers["topic"])["papers"]} == {CATS, "zhu2025dogs"}
    assert answers["citation"].content[0].text.startswith("@")
    related = answers["related"]
    assert "zhu2025dogs" in {_text(type(related)(content=[block]))["id"] for block in related.content}


def test_what_is_not_there_is_said_with_what_is(toy_site: Path) -> None:
    result = _ask(
        make_server(_local(toy_site), "toy", "1"), lambda client: client.call_tool("paper", {"id": "oconnor2025cat"})
    )
    assert result.is_error
    assert "did you mean oconnor2025cats" in result.content[0].text
    records = _local(toy_site)
    for wrong in ("../../etc/passwd", "", "x" * 10_000):
        with pytest.raises(LookupFailed):
            records.citation(wrong)
    with pytest.raises(LookupFailed, match="bibtex"):
        records.citation(CATS, "bibtx")
    assert records.paper("berg2025lots")["id"] == "berg2025many", "by an earlier id"
    assert [record["id"] for record in records.search("zhu li")] == ["zhu2025dogs"]
    assert records.search("xyzzy") == []
    assert len(records.search("", year=2024)) == 1


def test_the_command_speaks_over_standard_input(toy_site: Path) -> None:
    program = [sys.executable, "-m", "generator", "mcp", "--site-dir", str(toy_site)]
    server = StdioServerParameters(command=program[0], args=program[1:], cwd=str(ROOT))
    result = _ask(server, lambda client: client.call_tool("paper", {"id": CATS}))
    assert _text(result)["id"] == CATS


def test_a_site_elsewhere_is_read_over_the_network(toy_site: Path, tmp_path: Path) -> None:
    with serving(functools.partial(Handler, directory=str(toy_site))) as port:
        url = f"http://127.0.0.1:{port}/"
        parameters = StdioServerParameters(
            command=sys.executable, args=["-m", "generator", "mcp", "--url", url], cwd=str(tmp_path),
            env={"DIGEST_ASK_INSIDE": "1", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        result = _ask(parameters, lambda client: client.call_tool("citation", {"id": CATS, "form": "ris"}))
    assert result.content[0].text.startswith("TY  - ")


def test_the_command_speaks_over_http_on_this_machine(toy_site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "generator", "mcp", "--site-dir", str(toy_site), "--http", str(port)]
    with subprocess.Popen(program, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            address = f"http://127.0.0.1:{port}/mcp"
            assert address in server.stderr.readline()
            while server.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            result = _ask(address, lambda client: client.call_tool("paper", {"id": CATS}))
        finally:
            server.kill()
            server.communicate()
    assert _text(result)["id"] == CATS


def test_a_taken_port_is_named_with_another(toy_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert digest("mcp", "--site-dir", toy_site, "--http", str(port)) == 1
    assert f"Name another: --http {port + 1}" in capsys.readouterr().err


def test_without_a_site_there_is_nothing_to_serve(tmp_path: Path) -> None:
    assert digest("mcp", "--site-dir", tmp_path / "site") == 1


# Bundles


@pytest.fixture
def project(toy_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bundle, "project_settings", lambda: SETTINGS)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TOY, tmp_path / "content", ignore=shutil.ignore_patterns("collections"))
    shutil.copytree(toy_site, tmp_path / "site")
    return tmp_path


def _bundle(project: Path, day: str, *more: str | Path) -> Path:
    assert digest("bundle", "--content", project / "content", "--site-dir", project / "site", "--date", day, *more) == 0
    return project / f"build/digest-{day}.tar.gz"


def _verified(*archives: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-I", str(ROOT / "tools/verify_bundle.py"), *map(str, archives)]
    return subprocess.run(call, capture_output=True, text=True)


def test_a_second_program_verifies_an_archive(project: Path) -> None:
    archive = _bundle(project, "2026-05-02")
    assert _verified(archive).returncode == 0, _verified(archive).stdout
    first = archive.read_bytes()
    assert _bundle(project, "2026-05-02").read_bytes() == first, "same input, same bytes"
    with tarfile.open(archive) as bundle:
        bundle.extractall(project / "out", filter="data")
    checked = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt"]
    assert subprocess.run(checked, cwd=project / "out/digest-2026-05-02", capture_output=True).returncode == 0
    whole = ["sha256sum", "--check", "--quiet", f"{archive.name}.sha256"]
    assert subprocess.run(whole, cwd=archive.parent, capture_output=True).returncode == 0
    metadata = json.loads((project / "out/digest-2026-05-02/codemeta.json").read_text("utf-8"))
    assert (metadata["name"], metadata["version"], metadata["@type"]) == ("Toy Digest", "2026-05-02", "Dataset")
    deposit = json.loads((project / "out/digest-2026-05-02/.zenodo.json").read_text("utf-8"))
    assert deposit["upload_type"] == "dataset"


def test_a_second_program_verifies_the_changes(project: Path) -> None:
    old = _bundle(project, "2026-05-02")
    records = records_of((project / "site/papers.jsonl").read_text("utf-8"))
    gone, changed = "garcia2024null", "zhu2025dogs"
    records[changed]["title"] = "Dogs that fetched"
    records["new2026owls"] = {**records[changed], "id": "new2026owls", "title": "Owls", "added": "2026-05-03"}
    del records[gone]
    (project / "site/papers.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in records.values()), "utf-8")
    entry = (project / f"content/papers/conf-2025/{changed}.yaml").read_text("utf-8")
    (project / "content/papers/conf-2025/new2026owls.yaml").write_text(
        entry.replace("Dogs that fetch", "Owls"), "utf-8"
    )
    (project / f"content/papers/conf-2024/{gone}.yaml").unlink()
    shutil.copytree(project / f"site/papers/{changed}", project / "site/papers/new2026owls")
    shutil.rmtree(project / f"site/papers/{gone}")
    bib = (project / "site/papers.bib").read_text("utf-8").replace(f"{{{gone},", "{new2026owls,")
    (project / "site/papers.bib").write_text(bib, "utf-8")
    new = _bundle(project, "2026-05-09", "--since", old)
    done = _verified(new, old)
    assert done.returncode == 0, done.stdout
    with tarfile.open(new) as bundle:
        lines = bundle.extractfile("digest-2026-05-09/changes.jsonl")
        assert lines is not None
        changes = {row["id"]: row for row in map(json.loads, lines.read().splitlines())}
    assert {paper: row["change"] for paper, row in changes.items()} == {
        gone: "removed", changed: "changed", "new2026owls": "added",
    }  # fmt: skip
    assert changes[changed]["fields"] == ["title"]


@pytest.mark.parametrize("spoil", ["flip", "drop", "add"])
def test_the_second_program_notices_what_is_wrong(project: Path, spoil: str) -> None:
    archive = _bundle(project, "2026-05-02")
    out = project / "out"
    with tarfile.open(archive) as bundle:
        bundle.extractall(out, filter="data")
    file = out / "digest-2026-05-02/papers.bib"
    if spoil == "flip":
        file.write_bytes(file.read_bytes()[:-3] + b"x}\n")
    elif spoil == "drop":
        (out / "digest-2026-05-02/site/index.html").unlink()
    else:
        (out / "digest-2026-05-02/site/extra.html").write_text("x", "utf-8")
    with tarfile.open(project / "spoilt.tar.gz", "w:gz") as packed:
        for path in sorted(out.rglob("*")):
            if path.is_file():
                packed.add(path, path.relative_to(out).as_posix())
    assert _verified(project / "spoilt.tar.gz").returncode == 1


def test_changes_since_a_day_are_those_that_the_records_tell() -> None:
    base = {"title": "T", "url": "https://x.example/", "status": "published"}
    records = {
        "a": {**base, "id": "a", "added": "2026-05-03", "changed": "2026-05-03"},
        "b": {**base, "id": "b", "added": "2026-01-01", "changed": "2026-05-04"},
        "c": {**base, "id": "c", "added": "2026-01-01", "changed": "2026-05-05", "status": "removed"}
        | {"status_date": "2026-05-05"},
        "d": {**base, "id": "d", "added": "2026-01-01", "changed": "2026-01-01"},
    }
    day = date(2026, 5, 2)
    assert [(row["id"], row["change"]) for row in changes_since(day, records)] == [
        ("a", "added"), ("b", "changed"), ("c", "removed"),
    ]  # fmt: skip
    renamed = {"n": {**records["d"], "id": "n", "aliases": ["d"]}}
    assert [row["change"] for row in changes_between({"d": records["d"]}, renamed)] == ["renamed", "added"]


def _archive(records: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("digest/papers.jsonl")
        member.size = len(records)
        archive.addfile(member, io.BytesIO(records))
    return file.getvalue()


BAD_ARCHIVES = {
    "cut": _archive(os.urandom(10_000))[:5000],
    "list": _archive(b"[1, 2]\n"),
    "number": _archive(b"3\n"),
    "deep": _archive(b"[" * 100_000),
    "fields": _archive(b'{"id": "a"}\n'),
    "bytes": _archive(b"\xff"),
    "zeros": bytes(1000),
}


def test_an_archive_is_of_one_state(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("bundle", "--content", project / "content", "--site-dir", project / "site")
    assert digest(*call, "--since", "yesterday") == 2
    for name, data in BAD_ARCHIVES.items():
        (project / name).write_bytes(data)
        assert digest(*call, "--since", project / name) == 2, name
        assert "nor an archive" in capsys.readouterr().err, name
    whole = (project / "site/papers.jsonl").read_bytes()
    (project / "site/papers.jsonl").write_bytes(b"[]\n")
    assert digest(*call) == 1
    assert "is not the record of a paper; run digest build" in capsys.readouterr().err
    (project / "site/papers.jsonl").write_bytes(whole)
    (project / "content/papers/conf-2024/garcia2024null.yaml").unlink()
    assert digest(*call) == 1
    assert "run digest build first" in capsys.readouterr().err
    assert digest("bundle", "--content", project / "content", "--site-dir", project / "nowhere") == 1
