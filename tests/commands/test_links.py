"""Links that rot: looked after politely, remembered, and told with what could stand there instead."""

import re
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator.commands import links
from generator.commands.links import CheckedLink, Schedule, external_links, report, run
from generator.fetch import probe
from generator.fetch.cache import AnswerCache
from generator.fetch.client import Client, FetchFailed, Limits
from generator.fetch.probe import Finding, Prober, Verdict, copy_of
from generator.site.verify import broken_links
from generator.store.load import load
from tests.conftest import SETTINGS, TOY
from tests.fetch.test_client import NOON, Watch
from tests.support.command import digest
from tests.support.playing_server import Reply, Server, playing

LIMITS = Limits(connect=2, read=2, total=1, tries=2)
ARCHIVED = (
    b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2024/http://x/"}}}'
)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def _prober(folder: Path, watch: Watch, *, allow_local: bool = True) -> Prober:
    return Prober(
        "toy/1 (+https://toy.example/)", AnswerCache(folder), LIMITS, watch.clock, pause=1, allow_local=allow_local
    )


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
def test_what_an_answer_means(
    replies: list[Reply], verdict: Verdict, methods: list[str], tmp_path: Path, watch: Watch
) -> None:
    with playing(*replies) as server, _prober(tmp_path, watch) as prober:
        finding = prober.check(f"{server.address}/a")
    assert finding.verdict is verdict
    assert _methods(server) == methods
    assert finding.to == (f"{server.address}/b" if verdict is Verdict.MOVED else "")
    assert all("toy/1 (+https://toy.example/)" in request for request in server.requests)
    assert watch.pauses == [1] * (len(methods) - 1)


def test_a_host_behind_the_firewall_is_not_asked(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(200)) as server:
        with _prober(tmp_path, watch, allow_local=False) as prober:
            assert prober.check(server.address).reason == "its host is not public; not checked"
        assert server.requests == []


def test_a_name_that_first_resolves_outside_does_not_lead_inside(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, outside = socket.getaddrinfo, ["1.1.1.1"]

    def rebinding(_: str, *rest: Any, **more: Any) -> Any:
        return resolve(outside.pop() if outside else "127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    with playing(Reply(200)) as server:
        with _prober(tmp_path, watch, allow_local=False) as prober:
            finding = prober.check(f"http://rebinding.example:{server.port}/")
        assert (finding.verdict, finding.reason) == (Verdict.UNSURE, "its host is not public; not checked")
        assert "".join(server.requests) == ""  # a connection at most, and nothing sent


def test_a_proxy_may_stand_behind_the_firewall(tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(Reply(200)) as server:
        monkeypatch.setenv("http_proxy", server.address)
        monkeypatch.setenv("no_proxy", "")
        with _prober(tmp_path, watch, allow_local=False) as prober:
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
def test_a_host_is_gone_only_if_the_resolver_denies_it(
    error: Exception, verdict: Verdict, tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with _prober(tmp_path, watch) as prober:
        assert prober.check("http://host.example/").verdict is verdict


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_left_alone_for_the_rest_of_the_run(
    status: int, tmp_path: Path, watch: Watch
) -> None:
    with playing(Reply(status), Reply(200)) as busy, playing(Reply(200)) as other:
        with _prober(tmp_path, watch) as prober:
            assert prober.check(f"{busy.address}/a").reason == f"it answers {status}"
            finding = prober.check(f"{busy.address}/b")
            assert (finding.verdict, finding.reason) == (Verdict.UNSURE, "its host asked to wait; not checked")
            assert prober.check(other.address).verdict is Verdict.THERE
            assert len(busy.requests) == 1
        with _prober(tmp_path, watch) as prober:
            assert prober.check(f"{busy.address}/b").verdict is Verdict.THERE


def test_a_host_gets_the_pause_that_its_terms_ask_for(
    tmp_path: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.fetch.probe.pause_of", {"127.0.0.1": 3.0}.__getitem__)
    with playing(Reply(200)) as server, _prober(tmp_path, watch) as prober:
        prober.check(f"{server.address}/a")
        prober.check(f"{server.address}/b")
    assert watch.pauses == [3]


def test_findings_are_remembered_with_their_first_day(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(404)) as server, _prober(tmp_path, watch) as prober:
        assert prober.last_finding(server.address) is None
        first = prober.check(server.address)
        watch.time += 1000
        second = prober.check(server.address)
        assert prober.last_finding(server.address) == second
    assert (second.since, second.when > first.when) == (first.since, True)
    for path in (tmp_path / "answers").iterdir():
        path.write_bytes(path.read_bytes().replace(b"gone", b"gome"))
    assert prober.last_finding(server.address) is None


def test_a_run_looks_at_the_longest_unseen_and_tells_what_is_not_there(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(404)) as gone, playing(Reply(200)) as there, playing(Reply(body=ARCHIVED)) as archive:
        wanted = {f"{gone.address}/": ["papers/x/a.yaml", "papers/x/b.yaml"], f"{there.address}/": ["pages/about.md"]}

        client = Client("toy/1", AnswerCache(tmp_path), LIMITS, watch.clock)

        def once(plan: Schedule, *, ask: bool = False) -> list[CheckedLink]:
            find_copy = (lambda address: copy_of(address, client, f"{archive.address}/?url=")) if ask else None
            with _prober(tmp_path, watch) as prober:
                return run(wanted, plan, prober, find_copy, watch.time)

        (result,) = once(Schedule(10, 30), ask=True)
        assert result.hint == "a copy: https://web.archive.org/web/2024/http://x/"
        assert result.line.startswith(
            f"papers/x/a.yaml and 1 more: {gone.address}/: gone since 2026-05-02: it answers 404"
        )
        assert once(Schedule(10, 30))[0].copy.startswith("look for copies: https://web.archive.org/web/*/")
        assert (len(gone.requests), len(there.requests), len(archive.requests)) == (2, 1, 1)
        watch.time = NOON + 31 * 24 * 3600
        once(Schedule(1, 30))
        assert (len(gone.requests) > 2) != (len(there.requests) > 1)  # one of the two: the other is for the next run
        once(Schedule(1, 30))
        assert (len(gone.requests), len(there.requests)) == (4, 2)


@pytest.mark.parametrize(
    ("body", "copy"),
    [
        (ARCHIVED, "https://web.archive.org/web/2024/http://x/"),
        (b'{"archived_snapshots": {}}', None),
        (b'{"archived_snapshots": {"closest": {"available": false, "url": "http://web.archive.org/web/1/x"}}}', None),
        (b'{"archived_snapshots": {"closest": {"available": true, "url": "javascript:alert(1)"}}}', None),
    ],
)
def test_the_archive_is_asked_for_a_copy(body: bytes, copy: str | None, tmp_path: Path, watch: Watch) -> None:
    client = Client("toy/1", AnswerCache(tmp_path), LIMITS, watch.clock)
    with playing(Reply(body=body)) as server:
        assert copy_of("http://x/?a=b&c", client, f"{server.address}/?url=") == copy
        assert "/?url=http%3A%2F%2Fx%2F%3Fa%3Db%26c " in server.requests[0]


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"archived_snapshots": []}', b'{"archived_snapshots": {"closest": 1}}']
)
def test_an_archive_that_talks_nonsense_is_not_believed(body: bytes, tmp_path: Path, watch: Watch) -> None:
    client = Client("toy/1", AnswerCache(tmp_path), LIMITS, watch.clock)
    with playing(Reply(body=body)) as server, pytest.raises(FetchFailed):
        copy_of("http://x/", client, f"{server.address}/?url=")


def test_all_addresses_of_the_content_are_gathered_but_those_of_removed_papers(content: Path) -> None:
    text = "Read [this](https://a.example/x_(y)) and ![no](data:x) and [that](../about/index.md).\n"
    (content / "pages/more.md").write_text(text, "utf-8")
    addresses = external_links(load(content))
    assert addresses["https://a.example/x_(y)"] == ["pages/more.md"]
    assert addresses["https://example.org/cats_1"] == ["collections/first-cats.yaml"], "in a text"
    assert addresses["https://example.org/agh"] == ["collections/agh-at-conf.yaml"], "a source"
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    loaded = load(TOY)
    shown = {
        address for paper in loaded.content.papers if paper.status != "removed" for _, address in paper.links.present
    }
    assert shown <= addresses.keys()
    assert all((content / place).is_file() for files in addresses.values() for place in files)


def test_a_report_is_inert_markdown() -> None:
    moment = datetime(2026, 5, 2, tzinfo=UTC).timestamp()
    finding = Finding(Verdict.GONE, "it answers 404", moment, moment)
    text = report(
        ["a.html: b: <script>"], [CheckedLink("https://x.example/a)](http://evil", ["p_q.yaml"], finding, "<b>")]
    )
    page = MarkdownIt().render(text)
    assert "<script>" not in page
    assert re.findall(r'href="([^"]*)"', page) == ["https://x.example/a%29%5D%28http://evil"]
    assert "p_q.yaml" in page


def test_inner_links_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="a/">x</a> <a href="a/#there">x</a> <a href="a/#not">x</a> <a class="x" href="https://toy.example/b/">'
        '</a><a href="https://other.example/">x</a><a href="mailto:a@b.example">x</a><a href="//[x/">y</a>'
        '<img src="a/c&amp;d.svg">',
        "utf-8",
    )
    (tmp_path / "a/index.html").write_text('<p id="there"></p><a href="../">x</a>', "utf-8")
    (tmp_path / "404.html").write_text('<a href="/anything/">x</a>', "utf-8")
    assert list(broken_links(tmp_path, "https://toy.example/")) == [
        "index.html: a/#not: a/index.html has no #not",
        "index.html: https://toy.example/b/: there is no b/index.html",
        "index.html: //[x/: it cannot be read",
        "index.html: a/c&d.svg: there is no a/c&d.svg",
    ]


def test_the_toy_site_s_own_links_lead_somewhere(toy_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(broken_links(toy_site, SETTINGS.site_url)) == []
    assert digest("links", "--inner", "--site-dir", toy_site, "--content", TOY) == 0
    assert "0 of its own links are dead" in capsys.readouterr().err


def test_a_link_that_leads_nowhere_ends_with_1_and_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text('<a href="x/">x</a>', "utf-8")
    file = tmp_path / "out/links.md"
    assert digest("links", "--inner", "--site-dir", tmp_path / "site", "--report", file) == 1
    assert capsys.readouterr().out == "index.html: x/: there is no x/index.html\n"
    assert "1 links inside the site" in file.read_text("utf-8")
    assert links.CACHE.parts[0] == ".cache"


def test_without_a_network_nothing_is_asked_and_nothing_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "no name server")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    monkeypatch.setattr(probe, "getproxies", dict)
    assert digest("links", "--content", TOY, "--cache", tmp_path / "links", "--site-dir", tmp_path / "none") == 0
    assert "without a network nothing is checked or recorded" in capsys.readouterr().err
    assert not (tmp_path / "links").exists()


@pytest.mark.parametrize(("status", "again"), [(429, True), (503, True), (500, False)])
def test_a_host_that_asked_to_wait_is_asked_again_after_a_day(
    status: int, again: bool, tmp_path: Path, watch: Watch
) -> None:
    requests = []
    with playing(Reply(status)) as server:
        for hours in (0, 23, 25):
            watch.time = NOON + hours * 3600
            with _prober(tmp_path, watch) as prober:
                run({f"{server.address}/": ["x"]}, Schedule(9, 30), prober, None, watch.time)
            requests.append(len(server.requests))
    assert requests[0] == requests[1]
    assert (requests[2] > requests[1]) is again
