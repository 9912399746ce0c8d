"""``digest links`` checks pages seldom and in order, remembers results, and suggests replacements."""

import re
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from generator.commands import links
from generator.commands.links import CheckedLink, Schedule, external_links, report, run
from generator.fetch import probe
from generator.fetch.cache import ResponseCache
from generator.fetch.client import Client, FetchFailed
from generator.fetch.probe import Finding, Verdict, newest_copy
from generator.site.verify import broken_links
from generator.store.load import load
from tests.conftest import SETTINGS, TOY
from tests.fetch.test_client import NOON, Watch
from tests.support.command import digest
from tests.support.playing_server import Reply, playing
from tests.support.probers import LIMITS, make_prober

ARCHIVED = (
    b'{"archived_snapshots": {"closest": {"available": true, "url": "http://web.archive.org/web/2024/http://x/"}}}'
)


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_run_checks_the_oldest_pages_and_reports_missing_ones(tmp_path: Path, watch: Watch) -> None:
    with playing(Reply(404)) as gone, playing(Reply(200)) as there, playing(Reply(body=ARCHIVED)) as archive:
        wanted = {f"{gone.address}/": ["papers/x/a.yaml", "papers/x/b.yaml"], f"{there.address}/": ["pages/about.md"]}

        client = Client("toy/1", ResponseCache(tmp_path), LIMITS, watch.clock)

        def once(plan: Schedule, *, ask: bool = False) -> list[CheckedLink]:
            find_copy = (lambda address: newest_copy(address, client, f"{archive.address}/?url=")) if ask else None
            with make_prober(tmp_path, watch) as prober:
                return run(wanted, plan, prober, find_copy, watch.time)

        (result,) = once(Schedule(10, 30), ask=True)
        assert result.hint == "a copy: https://web.archive.org/web/2024/http://x/"
        assert result.line.startswith(
            f"papers/x/a.yaml and 1 more: {gone.address}/: gone since 2026-05-02: it answers 404"
        )
        assert once(Schedule(10, 30))[0].copy_hint.startswith("look for copies: https://web.archive.org/web/*/")
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
def test_the_archive_is_asked_for_copies(body: bytes, copy: str | None, tmp_path: Path, watch: Watch) -> None:
    client = Client("toy/1", ResponseCache(tmp_path), LIMITS, watch.clock)
    with playing(Reply(body=body)) as server:
        assert newest_copy("http://x/?a=b&c", client, f"{server.address}/?url=") == copy
        assert "/?url=http%3A%2F%2Fx%2F%3Fa%3Db%26c " in server.requests[0]


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b'{"archived_snapshots": []}', b'{"archived_snapshots": {"closest": 1}}']
)
def test_a_faulty_answer_of_the_archive_is_ignored(body: bytes, tmp_path: Path, watch: Watch) -> None:
    client = Client("toy/1", ResponseCache(tmp_path), LIMITS, watch.clock)
    with playing(Reply(body=body)) as server, pytest.raises(FetchFailed):
        newest_copy("http://x/", client, f"{server.address}/?url=")


def test_links_of_all_records_but_removed_papers_are_checked(content: Path) -> None:
    text = "Read [this](https://a.example/x_(y)) and ![no](data:x) and [that](../about/index.md).\n"
    (content / "pages/more.md").write_text(text, "utf-8")
    term = content / "glossary/dog.yaml"
    term.write_text(term.read_text("utf-8").replace("what", "[what](https://a.example/dog)"), "utf-8")
    addresses = external_links(load(content))
    assert addresses["https://a.example/x_(y)"] == ["pages/more.md"]
    assert addresses["https://example.org/cats_1"] == ["collections/first-cats.yaml"], "in a text"
    assert addresses["https://example.org/agh"] == ["collections/agh-at-conf.yaml"], "a source"
    assert addresses["https://a.example/dog"] == ["glossary/dog.yaml"], "in a definition"
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    loaded = load(TOY)
    shown = {
        address for paper in loaded.content.papers if paper.status != "removed" for _, address in paper.links.present
    }
    assert shown <= addresses.keys()
    assert all((content / place).is_file() for files in addresses.values() for place in files)


def test_a_report_contains_no_markup_of_strangers() -> None:
    moment = datetime(2026, 5, 2, tzinfo=UTC).timestamp()
    finding = Finding(Verdict.GONE, "it answers 404", moment, moment)
    text = report(
        ["a.html: b: <script>"], [CheckedLink("https://x.example/a)](http://evil", ["p_q.yaml"], finding, "<b>")]
    )
    page = MarkdownIt().render(text)
    assert "<script>" not in page
    assert re.findall(r'href="([^"]*)"', page) == ["https://x.example/a%29%5D%28http://evil"]
    assert "p_q.yaml" in page


def test_the_toy_site_has_no_dead_internal_links(toy_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(broken_links(toy_site, SETTINGS.site_url)) == []
    assert digest("links", "--inner", "--site-dir", toy_site, "--content", TOY) == 0
    assert "0 of its own links are dead" in capsys.readouterr().err


def test_a_dead_link_exits_with_1_and_is_in_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text('<a href="x/">x</a>', "utf-8")
    file = tmp_path / "out/links.md"
    assert digest("links", "--inner", "--site-dir", tmp_path / "site", "--report", file) == 1
    assert capsys.readouterr().out == "index.html: x/: there is no x/index.html\n"
    assert "1 links inside the site" in file.read_text("utf-8")
    assert links.CACHE.parts[0] == ".cache"


def test_without_a_network_nothing_is_checked_or_recorded(
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
def test_a_host_that_asked_to_wait_is_checked_again_after_a_day(
    status: int, again: bool, tmp_path: Path, watch: Watch
) -> None:
    requests = []
    with playing(Reply(status)) as server:
        for hours in (0, 23, 25):
            watch.time = NOON + hours * 3600
            with make_prober(tmp_path, watch) as prober:
                run({f"{server.address}/": ["x"]}, Schedule(9, 30), prober, None, watch.time)
            requests.append(len(server.requests))
    assert requests[0] == requests[1]
    assert (requests[2] > requests[1]) is again
