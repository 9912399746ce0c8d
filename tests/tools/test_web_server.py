"""Servers on loopback."""

import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tools.web_server import run_server, serve_site


class Teapot(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(418)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def test_a_site_is_served_while_the_block_runs(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home", "utf-8")
    with serve_site(tmp_path) as url, urlopen(f"{url}/") as response:
        assert response.read() == b"home"
    with pytest.raises((URLError, ConnectionError)):
        urlopen(f"{url}/", timeout=5)


def test_any_handler_can_be_served() -> None:
    with run_server(Teapot) as port, pytest.raises(HTTPError, match="418"):
        urlopen(f"http://127.0.0.1:{port}/")


def test_an_exception_stops_the_thread_of_the_server() -> None:
    threads = threading.active_count()
    with pytest.raises(RuntimeError, match="in the block"), run_server(Teapot):
        raise RuntimeError("in the block")
    assert threading.active_count() == threads
