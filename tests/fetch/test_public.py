"""No request reaches a host of the local network, whatever address, redirect or name leads to it."""

import socket
from pathlib import Path
from typing import Any

import pytest

from generator.fetch import public
from generator.fetch.cache import ResponseCache
from generator.fetch.client import ALLOW_LOCAL, Client, Clock, FetchFailed, Limits
from generator.fetch.probe import Prober, Verdict
from generator.fetch.public import Deadline, is_public
from tests.conftest import ROOT
from tests.support.playing_server import Reply, playing

GOOD = Reply(body=b"good")
QUICK = Clock(sleep=lambda _: None)


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:a9fe:a9fe::", "::ffff:0:127.0.0.1", "::127.0.0.1", "fec0::1",
        "ff02::1", "239.1.1.1", "::1", "::", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::1", "127.1.2.3",
        "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "fe80::1%eth0", "fd00::1", "2001:0:a9fe:a9fe::1",
        "2001:0:808:808::80ff:5601", "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:10.0.0.1", "100::1", "5f00::1",
        "fd00::5efe:808:808", "fe80::200:5efe:8.8.8.8", "2002:808:808::5efe:7f00:1", "2001:db8::1", "3fff::1",
        "4000::1", "224.0.0.1", "198.18.0.1",
    ],
)  # fmt: skip
def test_an_address_that_embeds_a_private_one_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "2002:808:808::1", "::ffff:8.8.8.8",
        "2606:4700::5efe:808:808",
    ],
)  # fmt: skip
def test_an_address_that_embeds_a_public_one_is_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 counts as a public address, 127.0.0.2 does not: servers of tests are on this machine."""
    monkeypatch.delenv(ALLOW_LOCAL)
    monkeypatch.setattr(public, "is_public", lambda address: address == "127.0.0.1")


@pytest.fixture
def resolves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The answers of the resolver for names that end in ``.example``, one after another; the last one stays."""
    resolve, answers = socket.getaddrinfo, ["127.0.0.1"]

    def answer(host: Any, *rest: Any, **more: Any) -> Any:
        if str(host).endswith(".example"):
            host = answers.pop(0) if len(answers) > 1 else answers[0]
        return resolve(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return answers


def _get(address: str, folder: Path) -> str:
    return Client("toy/1", ResponseCache(folder), Limits(tries=1), QUICK).get(address, 0, lambda _: "")


def test_no_record_is_fetched_from_a_local_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ALLOW_LOCAL)
    with playing(GOOD) as server:
        with pytest.raises(FetchFailed, match="it is not a public host"):
            _get(server.address, tmp_path)
        assert not any(server.requests)


@pytest.mark.usefixtures("outside")
def test_a_name_that_resolves_to_a_local_host_gets_no_request(tmp_path: Path, resolves: list[str]) -> None:
    resolves[:] = ["127.0.0.2"]
    with playing(GOOD, host="127.0.0.2") as server:
        with pytest.raises(FetchFailed, match="it is not a public host"):
            _get(f"http://inside.example:{server.port}/", tmp_path)
        with Prober("toy/1", ResponseCache(tmp_path), Limits(), QUICK) as prober:
            assert prober.check(f"http://inside.example:{server.port}/").reason == "its host is not public; not checked"
        assert not any(server.requests)


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.usefixtures("outside")
def test_a_name_that_resolves_to_a_local_host_later_gets_no_request_there(
    times: int, tmp_path: Path, resolves: list[str]
) -> None:
    """Names are resolved before each request and for each connection. The second request follows a redirect."""
    with playing(GOOD, host="127.0.0.2") as inside, playing(_to("/there"), port=inside.port) as server:
        resolves[:] = ["127.0.0.1"] * times + ["127.0.0.2"]
        with pytest.raises(FetchFailed, match="it is not a public host"):
            _get(f"http://rebinding.example:{server.port}/", tmp_path)
        resolves[:] = ["127.0.0.1"] * times + ["127.0.0.2"]
        with Prober("toy/1", ResponseCache(tmp_path), Limits(), QUICK) as prober:
            finding = prober.check(f"http://rebinding.example:{server.port}/x")
        assert finding.reason == "its host is not public; not checked"
        assert not any(inside.requests)


@pytest.mark.usefixtures("outside")
def test_a_redirect_to_a_local_address_is_not_followed(tmp_path: Path) -> None:
    with playing(GOOD, host="127.0.0.2") as inside:
        for target in (f"http://127.0.0.2:{inside.port}/", f"//127.0.0.2:{inside.port}/", "http://[::1]:1/"):
            with playing(_to(target)) as server:
                with pytest.raises(FetchFailed, match="it redirects to another site"):
                    _get(server.address, tmp_path)
                with Prober("toy/1", ResponseCache(tmp_path), Limits(), QUICK) as prober:
                    finding = prober.check(f"{server.address}/{len(target)}")
                    assert (finding.verdict, finding.reason) == (Verdict.UNSURE, "its host is not public; not checked")
        assert not any(inside.requests)


@pytest.mark.usefixtures("outside")
def test_a_proxy_gets_no_request_for_a_local_address(
    tmp_path: Path, resolves: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy makes the connection, so only the address tells. A name that this machine cannot resolve is public."""
    resolves[:] = ["127.0.0.2"]
    with playing(GOOD) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        monkeypatch.setenv("no_proxy", "")
        for host in ("127.0.0.2", "inside.example", "[::1]"):
            with pytest.raises(FetchFailed, match="it is not a public host"):
                _get(f"http://{host}/", tmp_path)
        assert not any(proxy.requests)
        assert _get("http://unknown.invalid/", tmp_path) == "good"


def _to(target: str) -> Reply:
    return Reply(302, headers={"Location": target})


def test_a_connection_that_opens_after_the_deadline_is_closed() -> None:
    class Stream:
        def get_extra_info(self, _name: str) -> socket.socket:
            return ours

    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(0) as deadline:
        while not deadline.passed:
            pass
        deadline.trace("connection.connect_tcp.complete", {"return_value": Stream()})
        theirs.setblocking(False)
        assert theirs.recv(1) == b"", "the end of the data"


def test_no_module_allows_local_hosts() -> None:
    """Only the environment does, for tests and for sites in a local network."""
    modules = (path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py"))
    assert not [text for text in modules if "allow_local=True" in text]
