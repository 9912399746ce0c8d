"""The check of external pages: what responses mean, which hosts are left alone, and what is remembered."""

import socket
from pathlib import Path
from typing import Any

import pytest

from generator.fetch.probe import Verdict
from tests.fetch.test_client import Watch
from tests.support.playing_server import Reply, Server, playing
from tests.support.probers import make_prober


def _methods(server: Server) -> list[str]:
    return [request.split(" ", 1)[0] for request in server.requests]


@pytest.mark.parametrize(
    ("replies", "verdict", "methods"),
    [
        ([Reply(200)], Verdict.THERE, ["HEAD"]),
        ([Reply(405), Reply(200, body=b"x")], Verdict.THERE, ["HEAD", "GET"]),
        ([Reply(404), Reply(200, body=b"x")], Verdict.THERE, ["HEAD", "GET"]),
        ([Reply(404)], Verdict.GONE, ["HEAD", "GET"]),
        ([Reply(410)], Verdict.GONE, ["HEAD", "GET"]),
        ([Reply(403)], Verdict.UNSURE, ["HEAD", "GET"]),
        ([Reply(429, headers={"Retry-After": "9"})], Verdict.UNSURE, ["HEAD"]),
        ([Reply(503)], Verdict.UNSURE, ["HEAD"]),
        ([Reply(405), Reply(503)], Verdict.UNSURE, ["HEAD", "GET"]),
        ([Reply(reset=True)], Verdict.UNSURE, ["HEAD", "GET"]),
        ([Reply(302, headers={"Location": "/b"}), Reply(200)], Verdict.THERE, ["HEAD", "HEAD"]),
        ([Reply(301, headers={"Location": "/b"}), Reply(200)], Verdict.MOVED, ["HEAD", "HEAD"]),
        ([Reply(301, headers={"Location": "/b"}), Reply(404)], Verdict.GONE, ["HEAD", "HEAD", "GET"]),
        ([Reply(301, headers={"Location": "/b"})], Verdict.UNSURE, ["HEAD"] * 6),
        ([Reply(301, headers={"Location": "file:///etc/passwd"})], Verdict.UNSURE, ["HEAD"]),
        ([Reply(301, headers={"Location": "http://["})], Verdict.UNSURE, ["HEAD"]),
        ([Reply(301, headers={"Location": "http://localhost:99999/"})], Verdict.UNSURE, ["HEAD"]),
    ],
)  # fmt: skip
def test_a_verdict_follows_from_the_responses(
    replies: list[Reply], verdict: Verdict, methods: list[str], tmp_path: Path, watch: Watch
) -> None:
    with playing(*replies) as server, make_prober(tmp_path, watch) as prober:
        finding = prober.check(f"{server.address}/a")
    assert finding.verdict is verdict
    assert _methods(server) == methods
    assert finding.to == (f"{server.address}/b" if verdict is Verdict.MOVED else "")
    assert all("toy/1 (+https://toy.example/)" in request for request in server.requests)
    assert watch.pauses == [1] * (len(methods) - 1)


def test_a_local_host_is_not_checked(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(200)) as server:
        with make_prober(tmp_path, watch, allow_local=False) as prober:
            assert prober.check(server.address).reason == "its host is not public; not checked"
        assert server.requests == []


def test_a_name_that_resolves_differently_later_is_not_checked(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, outside = socket.getaddrinfo, ["1.1.1.1"]

    def rebinding(_: str, *rest: Any, **more: Any) -> Any:
        return resolve(outside.pop() if outside else "127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with playing(Reply(200)) as server:
        with make_prober(tmp_path, watch, allow_local=False) as prober:
            finding = prober.check(f"http://rebinding.example:{server.port}/")
        assert (finding.verdict, finding.reason) == (Verdict.UNSURE, "its host is not public; not checked")
        assert "".join(server.requests) == ""  # a connection at most, and nothing sent


def test_a_proxy_may_be_local(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(Reply(200)) as server:
        monkeypatch.setenv("http_proxy", server.address)
        monkeypatch.setenv("no_proxy", "")
        with make_prober(tmp_path, watch, allow_local=False) as prober:
            assert prober.check("http://1.1.1.1/").verdict is Verdict.THERE
            assert prober.check(server.address).reason == "its host is not public; not checked"
        assert [request.split()[1] for request in server.requests] == ["http://1.1.1.1/"]


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), Verdict.GONE),
        (socket.gaierror(getattr(socket, "EAI_NODATA", socket.EAI_NONAME), "no address"), Verdict.GONE),
        (socket.gaierror(socket.EAI_AGAIN, "the resolver is down"), Verdict.UNSURE),
        (socket.gaierror(socket.EAI_FAIL, "the resolver is ill"), Verdict.UNSURE),
        (UnicodeError("label too long"), Verdict.UNSURE),
    ],
    ids=str,
)
def test_a_host_is_gone_only_if_its_name_does_not_exist(
    error: Exception, verdict: Verdict, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with make_prober(tmp_path, watch) as prober:
        assert prober.check("http://host.example/").verdict is verdict


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_not_checked_again_in_the_run(status: int, tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(status), Reply(200)) as busy, playing(Reply(200)) as other:
        with make_prober(tmp_path, watch) as prober:
            assert prober.check(f"{busy.address}/a").reason == f"it answers {status}"
            finding = prober.check(f"{busy.address}/b")
            assert (finding.verdict, finding.reason) == (Verdict.UNSURE, "its host asked to wait; not checked")
            assert prober.check(other.address).verdict is Verdict.THERE
            assert len(busy.requests) == 1
        with make_prober(tmp_path, watch) as prober:
            assert prober.check(f"{busy.address}/b").verdict is Verdict.THERE


def test_requests_to_a_host_pause_as_its_terms_ask(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.fetch.probe.pause_of", {"127.0.0.1": 3.0}.__getitem__)
    with playing(Reply(200)) as server, make_prober(tmp_path, watch) as prober:
        prober.check(f"{server.address}/a")
        prober.check(f"{server.address}/b")
    assert watch.pauses == [3]


def test_a_finding_keeps_its_first_day(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(404)) as server, make_prober(tmp_path, watch) as prober:
        assert prober.last_finding(server.address) is None
        first = prober.check(server.address)
        watch.time += 1000
        second = prober.check(server.address)
        assert prober.last_finding(server.address) == second
    assert (second.since, second.when > first.when) == (first.since, True)
    for path in (tmp_path / "answers").iterdir():
        path.write_bytes(path.read_bytes().replace(b"gone", b"gome"))
    assert prober.last_finding(server.address) is None


@pytest.fixture
def watch() -> Watch:
    return Watch()
