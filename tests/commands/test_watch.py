"""``digest watch``: records of registries become findings and changes of entries, with few requests and pauses."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from generator.codec.decode import decode
from generator.commands import watch as watching
from generator.commands.check import problems_of
from generator.commands.watch import Watch, run
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client
from generator.model.catalog import build_catalog
from generator.model.own_text import writer_line
from generator.model.paper import Paper
from generator.model.record import Raw, RawRecord
from generator.store import yaml_write
from generator.store.load import load
from generator.watching.findings import findings
from tests.conftest import ROOT, SETTINGS, TOY
from tests.fetch.test_client import NOON
from tests.fetch.test_client import Watch as WatchedClock
from tests.support.command import digest
from tests.support.registries import Registries, registries

CASES = json.loads((ROOT / "tests/cases/watch.json").read_text("utf-8"))
SERIES = {edition.id: series for series in load(TOY).content.series for edition in series.editions}
PREPRINT, ARXIV = "preprint-2025", "2501.00023"
TODAY = date(2026, 5, 2)


def _raw(entry: RawRecord) -> RawRecord:
    known = {"id": "berg2025kites", "title": "Kites", "authors": ["A Berg"], "topics": ["cats"], "added": "2025-03-01"}
    return {"venue": "conf-2025", **known, **entry}  # type: ignore[dict-item]


def _paper(entry: RawRecord, answers: dict[str, Any]) -> Paper:
    identifiers = {"arxiv": ARXIV} if "arxiv" in answers and "arxiv" not in entry else {}
    paper, problems = decode(Paper, _raw({**identifiers, **entry}))
    assert paper is not None, problems
    return paper


def _records(paper: Paper, answers: dict[str, Any]) -> dict[str, Any]:
    doi = (paper.doi or "").lower()
    keys = {"arxiv": paper.arxiv, "openreview": paper.openreview, "crossref": doi, "notices": doi}
    return {
        kind: {keys[kind]: {"items": answer} if kind == "notices" else answer} for kind, answer in answers.items()
    }  # fmt: skip


def _findings_of(paper: Paper, answers: dict[str, Any], folder: Path) -> list[Any]:
    with registries(_records(paper, answers)) as server, _client(folder, WatchedClock()) as client:
        watch = Watch(client, ResponseCache(folder), server.registries, NOON)
        states = watch.states([paper])
        assert watch.failures == ()
    return list(findings(paper, SERIES.get(paper.venue), states[paper.id], TODAY))


def _client(folder: Path, clock: WatchedClock) -> Client:
    return Client("toy/1 (+https://toy.example/)", ResponseCache(folder), clock=clock.clock, allow_local=True)


def test_every_kind_of_finding_has_twelve_cases() -> None:
    kinds = [case["kind"] for case in CASES]
    assert {kinds.count(kind) for kind in kinds} == {12}
    assert len(set(kinds)) == 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}, {case['name']}")
def test_records_become_findings(case: dict[str, Any], tmp_path: Path) -> None:
    results = _findings_of(_paper(case["entry"], case["answers"]), case["answers"], tmp_path)
    assert [finding.message for finding in results if finding.kind == case["kind"]] == case.get("found", [])
    if "changes" in case:
        assert [finding.changes for finding in results if finding.kind == case["kind"]] == case["changes"]
    assert {finding.kind.value for finding in results} <= {case["kind"]}


def _content(content: Path, **entries: RawRecord) -> None:
    for paper, entry in entries.items():
        raw = {name: value for name, value in _raw(entry).items() if name != "id"} | {"title": f"About {paper}"}
        path = content / f"papers/{raw['venue']}/{paper}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# By hand\n{yaml_write.to_yaml(raw)}", "utf-8")


def _run(content: Path, server: Registries, *, write: bool = True, now: float = NOON, most: int = 1000) -> int:
    folder = content.parent / "cache"
    with _client(folder, WatchedClock()) as client:
        watch = Watch(client, ResponseCache(folder), server.registries, now)
        return run(content, watch, most, 6, content.parent / "report.md", write=write)


def test_findings_are_written_into_entries_and_shown(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read: Raw = {"what": "abstract", "version": "v1"}
    text: RawRecord = {"summary_by": {"kind": "ai", "model": "Toy", "date": "2025-03-01", "of": read}}
    _content(content, a2025={"arxiv": "2501.00001", **text}, b2025={"doi": "10.5555/b", "status": "published"})
    _content(content, c2025={"arxiv": "2501.00003", "venue": PREPRINT}, d2025={"arxiv": "2501.00004"})
    retraction = {"type": "retraction", "DOI": "10.5555/n", "updated": {"date-parts": [[2025, 4, 2]]}}
    records: dict[str, Any] = {
        "arxiv": {
            "2501.00001": {"version": 3, "updated": "2025-05-01"},
            "2501.00003": {"version": 1, "journal_ref": "Conf 2025", "doi": "10.5555/c"},
            "2501.00004": {"version": 1, "comment": "Code: https://github.com/toys/kite"},
        },
        "crossref": {"10.5555/b": {"updated-by": [retraction]}},
    }
    with registries(records) as server:
        before = {path: path.read_bytes() for path in content.rglob("*.yaml")}
        assert _run(content, server, write=False) == 0
        assert "2501" not in (content.parent / "report.md").read_text("utf-8")
        assert all(path.read_bytes() == data for path, data in before.items()), "a run without --write changes nothing"
        assert _run(content, server, now=NOON + 7 * 86400) == 0
    loaded = load(content)
    assert [problem for problem in problems_of(loaded) if problem.is_error] == []
    papers = {paper.id: paper for paper in loaded.content.papers}
    stale = papers["a2025"].summary_by
    assert stale is not None
    assert stale.newer_version == "v3"
    assert "Written from version 1; version 3 is available." in writer_line(papers["a2025"])
    assert (papers["b2025"].status.value, papers["b2025"].status_date) == ("retracted", date(2025, 4, 2))
    assert (papers["c2025"].venue, papers["c2025"].doi) == ("conf-2025", "10.5555/c")
    assert papers["d2025"].links.code == "https://github.com/toys/kite"
    assert not (content / f"papers/{PREPRINT}/c2025.yaml").exists()
    assert all(
        (content / f"papers/conf-2025/{name}.yaml").read_text("utf-8").startswith("# By hand\n")
        for name in ("a2025", "b2025", "c2025", "d2025")
    )
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if "[written: " in line]) == 4
    assert build_catalog(loaded.content).papers["c2025"].venue == "conf-2025"


def test_a_newer_version_replaces_the_recorded_one(content: Path) -> None:
    by = {"kind": "ai", "date": "2025-03-01", "of": {"what": "abstract", "version": "v1"}, "newer_version": "v2"}
    _content(content, a2025={"arxiv": "2501.00001", "summary_by": by})  # type: ignore[dict-item]
    with registries({"arxiv": {"2501.00001": {"version": 4, "updated": "2025-05-01"}}}) as server:
        assert _run(content, server) == 0
    text = (content / "papers/conf-2025/a2025.yaml").read_text("utf-8")
    assert text.count("newer_version") == 1
    assert "  newer_version: v4\n" in text


def test_a_paper_is_queried_again_after_six_days(content: Path) -> None:
    _content(content, **{f"p2025n{n}": RawRecord({"arxiv": f"2501.1{n:04}"}) for n in range(5)})
    with registries({}) as server:
        requests: list[list[str]] = []
        for now, most in ((NOON, 3), (NOON + 1, 1000), (NOON + 2, 1000), (NOON + 7 * 86400, 1000)):
            before = len(server.requests)
            _run(content, server, write=False, now=now, most=most)
            lists = [path.partition("id_list=")[2] for path in server.requests[before:] if "id_list=" in path]
            requests.append([name for names in lists for name in names.split(",")])
    first, second, third, last = requests
    assert not set(first) & set(second)
    assert sorted(first + second) == sorted(last)
    assert (len(last), third) == (6, [])


def test_one_request_queries_a_batch_and_requests_pause(tmp_path: Path) -> None:
    papers = [
        _paper({"id": f"p2025n{n}", "arxiv": f"2501.{n:05}", "doi": f"10.5555/{n}", "openreview": f"abcdef{n}"}, {})
        for n in range(60)
    ]
    clock = WatchedClock()
    with registries({}) as server, _client(tmp_path, clock) as client:
        Watch(client, ResponseCache(tmp_path), server.registries, NOON).states(papers)
        hosts = [urlsplit(path).path.strip("/") for path in server.requests]
    assert {host: hosts.count(host) for host in hosts} == {
        "export.arxiv.org": 2, "api.crossref.org": 6, "api2.openreview.net": 60,
    }  # fmt: skip
    # All registries have one host here, so every request but the first waits.
    assert len(clock.pauses) == len(hosts) - 1
    assert min(clock.pauses) > 0.9


def test_findings_of_other_registers_are_kept_if_one_fails(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _content(content, a2025={"arxiv": "2501.00001", "openreview": "abcdef1"})
    answers = {"arxiv": {"2501.00001": {"version": 1, "comment": "Withdrawn"}}}
    with registries(answers) as server:
        server.broken.add("api2.openreview.net")
        assert _run(content, server) == 0
        output = capsys.readouterr()
        assert "withdrawn: arXiv says: Withdrawn" in output.out
        assert "OpenReview: 127.0.0.1" in output.err
        server.broken.clear()
        assert _run(content, server, now=NOON + 60) == 0, "it is due still"
    assert "status: withdrawn" in (content / "papers/conf-2025/a2025.yaml").read_text("utf-8")


def test_a_missing_network_is_reported(content: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(watching, "project_settings", lambda: SETTINGS)
    _content(content, a2025={"arxiv": "2501.00001"})
    monkeypatch.setenv("http_proxy", "http://nowhere.invalid:1")
    monkeypatch.setenv("https_proxy", "http://nowhere.invalid:1")
    assert digest("watch", "--content", content, "--cache", content.parent / "cache") == 1
    assert "there is no network" in capsys.readouterr().err
