"""Web servers on 127.0.0.1 for tests and tools, which answer with a request handler or with the files of a site."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_POLL_INTERVAL = 0.05  # seconds, after which the thread of a server notices that it must stop; the default is 0.5


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder without logging requests."""

    protocol_version = "HTTP/1.1"  # a browser loads many files over one connection
    disable_nagle_algorithm = True  # otherwise small answers wait for an acknowledgement

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True  # a connection that a browser keeps open must not delay the end of the tests
    request_queue_size = 128  # browsers open many connections at once; the default is 5

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that closes a connection early."""


@contextmanager
def run_server(handler: Callable[..., http.server.BaseHTTPRequestHandler], port: int = 0) -> Iterator[int]:
    """Answer requests with ``handler`` while the block runs. Yields the port, which is a free one if ``port`` is 0."""
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(_POLL_INTERVAL,), daemon=True)
        thread.start()
        try:
            yield server.server_port
        finally:
            # Also after an exception: the thread would otherwise poll the closed socket without pause.
            server.shutdown()
            thread.join()


@contextmanager
def serve_site(site: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve the folder of a built site while the block runs. Yields the URL of the server, without a final slash."""
    with run_server(functools.partial(handler, directory=str(site))) as port:
        yield f"http://127.0.0.1:{port}"
