"""A web server for a built site on loopback, for browsers that tests and tools drive."""

import functools
import http.server
import threading
from collections.abc import Generator
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    protocol_version = "HTTP/1.1"  # a connection for many files,
    disable_nagle_algorithm = True  # of which the small ones leave at once

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that closes a connection early."""


def serve(site: Path, handler: type[Handler] = Handler) -> Generator[str, None, None]:
    """Serve a built site on loopback until the iterator is closed; yields the address."""
    server = _Server(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()
