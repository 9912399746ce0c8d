"""The polite client against a server that plays what sites send: it waits, tries again, and trusts no bad response."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from generator.fetch.cache import MAX_AGE, ResponseCache
from generator.fetch.client import Client, Clock, FetchFailed, Limits, NotFound, retry_after
from tests.support.playing_server import Reply, packed, playing

NOON = datetime(2026, 5, 2, 12, tzinfo=UTC).timestamp()
GOOD = Reply(body=b"good")
FAR_ZONE = "Mon, 01 Jan 2024 00:00:00 +99999999999999999999"


class Watch:
    """A clock that sleeping moves on; ``pauses`` are the sleeps."""

    def __init__(self) -> None:
        self.time = NOON
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.pauses.append(seconds)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.time, sleep=self.sleep)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def client(tmp_path: Path, watch: Watch) -> Client:
    return Client("toy/1 (+https://toy.example/)", ResponseCache(tmp_path), Limits(size=1000), watch.clock)


def _is_good(text: str) -> str:
    return "" if text == "good" else "not good"


def _in(seconds: float) -> str:
    return format_datetime(datetime.fromtimestamp(NOON + seconds, UTC), usegmt=True)


@pytest.mark.parametrize(
    ("bad", "waits"),
    [
        (Reply(503), 1),
        (Reply(500), 1),
        (Reply(429, headers={"Retry-After": "17"}), 17),
        (Reply(429, headers={"Retry-After": _in(42)}), 42),
        (Reply(429, headers={"Retry-After": "soon"}), 1),
        (Reply(429, headers={"Retry-After": FAR_ZONE}), 1),
        (Reply(reset=True), 1),
        (Reply(body=b""), 1),
        (Reply(body=b"goo", length=4), 1),
        (packed(b"good", cut=5), 1),
        (Reply(body=b"not packed", headers={"Content-Encoding": "gzip"}), 1),
    ],
    ids=str,
)
def test_temporary_failures_are_retried(bad: Reply, waits: float, client: Client, watch: Watch) -> None:
    with playing(bad, GOOD) as server:
        assert client.get(server.address, 0, _is_good) == "good"
    assert watch.pauses == [waits]


def test_there_are_five_tries_with_growing_pauses(client: Client, watch: Watch) -> None:
    with playing(Reply(503)) as server, pytest.raises(FetchFailed, match="answered 503; tried 5 times"):
        client.get(server.address, 0, _is_good)
    assert len(server.requests) == 5
    assert watch.pauses == [1, 2, 4, 8]


def test_a_site_that_asks_to_wait_an_hour_gets_no_further_request(client: Client, watch: Watch) -> None:
    reply = Reply(429, headers={"Retry-After": "3600"})
    with playing(reply) as server, pytest.raises(FetchFailed, match="asks to wait 3,600 s"):
        client.get(server.address, 0, _is_good)
    assert watch.pauses == []


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (Reply(404), "no such record"),
        (Reply(403), "answered 403"),
        (Reply(body=b"<html>Sign in</html>"), "not good"),
        (Reply(body=b"\xff\xfe"), "not UTF-8"),
        (Reply(body=b"x" * 1001), "larger than 1,000 bytes"),
        (packed(b"x" * 1_000_000), "larger than 1,000 bytes"),
        (Reply(body=b"good", headers={"Content-Encoding": "br"}), "compressed the response as br"),
        (Reply(302, headers={"Location": "http://localhost:1/"}), "another site, localhost:1"),
        (Reply(302, headers={"Location": "//evil.example/x"}), "another site, evil.example"),
        (Reply(302, headers={"Location": "http://["}), "redirects to an invalid URL"),
        (Reply(302, headers={"Location": ":a:b"}), "an invalid URL"),
        (Reply(302, headers={"Location": "http://localhost:99999/"}), "another site, localhost:99999"),
        (Reply(302, headers={"Location": "/again"}), "too many redirects"),
    ],
    ids=str,
)
def test_permanent_failures_are_not_retried(bad: Reply, message: str, client: Client, watch: Watch) -> None:
    with playing(bad) as server, pytest.raises(FetchFailed, match=message):
        client.get(server.address, 0, _is_good)
    assert watch.pauses == []


def test_a_redirect_to_an_impossible_port_is_an_invalid_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with playing(Reply(302, headers={"Location": "https://toy.example:99999/"})) as server:
        monkeypatch.setenv("http_proxy", server.address)  # so that the host has a name without a port
        client = Client("toy/1", ResponseCache(tmp_path))
        with pytest.raises(FetchFailed, match="redirects to an invalid URL"):
            client.get("http://toy.example/", 0, _is_good)


def test_a_missing_record_has_an_error_of_its_own(client: Client) -> None:
    with playing(Reply(404)) as server, pytest.raises(NotFound):
        client.get(server.address, 0, _is_good)


def test_a_redirect_inside_the_site_is_followed(client: Client) -> None:
    with playing(Reply(301, headers={"Location": "/there"}), GOOD) as server:
        assert client.get(f"{server.address}/here", 0, _is_good) == "good"
    assert [request.split()[1] for request in server.requests] == ["/here", "/there"]


@pytest.mark.parametrize(
    "drip",
    [
        Reply(body=b"x" * 500, drip=0.02),
        Reply(body=b"x" * 500, drip=0.02, length=-1),
        Reply(body=b"good", drip=0.02, drip_head=True, headers={"X": "x" * 500}),
    ],
    ids=["body", "body without a length", "head"],
)
def test_a_slow_response_ends_at_the_total_limit(drip: Reply, tmp_path: Path) -> None:
    limits = Limits(read=5, total=0.3, tries=2)
    client = Client("toy/1", ResponseCache(tmp_path), limits, Clock(sleep=lambda _: None))
    with playing(drip) as server, pytest.raises(FetchFailed, match="did not end in time; tried 2 times"):
        client.get(server.address, 0, _is_good)


def test_a_silent_connection_ends_at_the_read_limit(tmp_path: Path) -> None:
    client = Client("toy/1", ResponseCache(tmp_path), Limits(read=0.1, tries=1), Clock(sleep=lambda _: None))
    with playing(Reply(body=b"x", drip=0.5)) as server, pytest.raises(FetchFailed, match="no response in time"):
        client.get(server.address, 0, _is_good)


def test_the_client_identifies_itself(client: Client) -> None:
    with playing(GOOD) as server:
        client.get(server.address, 0, _is_good)
    assert "toy/1 (+https://toy.example/)" in server.requests[0]


def test_a_compressed_response_is_decompressed(client: Client) -> None:
    with playing(packed(b"good")) as server:
        assert client.get(server.address, 0, _is_good) == "good"


def test_the_pause_between_requests_holds_across_runs(tmp_path: Path, watch: Watch) -> None:
    with playing(GOOD) as server:
        for number in range(3):
            client = Client("toy/1", ResponseCache(tmp_path), Limits(), watch.clock)
            client.get(f"{server.address}/{number}", 3, _is_good)
            watch.time += 1
    assert watch.pauses == [2, 2]


def test_a_clock_that_was_set_back_does_not_block_the_client(client: Client, watch: Watch) -> None:
    with playing(GOOD) as server:
        client.get(f"{server.address}/1", 3, _is_good)
        watch.time -= 1e6
        client.get(f"{server.address}/2", 3, _is_good)
    assert watch.pauses == []


def test_a_response_is_cached_for_a_week(client: Client, watch: Watch) -> None:
    with playing(GOOD) as server:
        for passed in (0, MAX_AGE - 1, 1):
            watch.time += passed
            client.get(server.address, 0, _is_good)
    assert len(server.requests) == 2


def test_a_wrong_response_is_not_cached(client: Client) -> None:
    with playing(Reply(body=b"bad"), GOOD) as server:
        with pytest.raises(FetchFailed):
            client.get(server.address, 0, _is_good)
        assert client.get(server.address, 0, _is_good) == "good"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:20],
        lambda data: b"[]",
        lambda data: b"\x80\x04K\x01.",
        lambda data: bytes(len(data)),
        lambda data: data.replace(b'"good"', b'"goof"'),
        lambda data: data.replace(b'"sum": "', b'"sum": "0'),
        lambda data: data.replace(b'"good"', b"7"),
    ],
)
def test_a_damaged_cache_is_ignored(damage: Callable[[bytes], bytes], client: Client, tmp_path: Path) -> None:
    with playing(GOOD) as server:
        client.get(server.address, 0, _is_good)
        for path in tmp_path.rglob("*.json"):
            assert isinstance(json.loads(path.read_bytes()), dict)
            path.write_bytes(damage(path.read_bytes()))
        assert client.get(server.address, 0, _is_good) == "good"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("", 0),
        ("0", 0),
        ("120", 120),
        (_in(30), 30),
        (_in(-30), 0),
        ("-5", 0),
        ("1e9", 0),
        ("²", 0),
        ("9" * 400, 1e9 - 1),
        (FAR_ZONE, 0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float) -> None:
    assert retry_after(header, NOON) == seconds


@pytest.mark.parametrize("members", [2, 7])
@pytest.mark.parametrize("padding", [b"", bytes(512)])
def test_all_members_of_a_gzip_response_are_read(client: Client, members: int, padding: bytes) -> None:
    body = b"".join(gzip.compress(b"good"[n * 4 // members : (n + 1) * 4 // members]) for n in range(members))
    headers = {"Content-Encoding": "gzip"}
    with playing(Reply(body=body + padding, headers=headers)) as server:
        assert client.get(server.address, 0, _is_good) == "good"
    with (
        playing(*[Reply(body=body[:-3], headers=headers)] * 5) as server,
        pytest.raises(FetchFailed, match="too early"),
    ):
        client.get(f"{server.address}/cut", 0, _is_good)
