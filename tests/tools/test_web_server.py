"""Servers on loopback."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tools.web_server import serve, serving


def test_a_folder_is_served_until_the_iterator_is_closed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("home", "utf-8")
    server = serve(tmp_path)
    address = next(server)
    with urlopen(f"{address}/") as response:
        assert response.read() == b"home"
    server.close()
    with pytest.raises((URLError, ConnectionError)):
        urlopen(f"{address}/", timeout=5)


def test_any_handler_can_be_served() -> None:
    class Teapot(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(418)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with serving(Teapot) as port, pytest.raises(HTTPError, match="418"):
        urlopen(f"http://127.0.0.1:{port}/")
