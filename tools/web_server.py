"""Web servers on loopback for tests and tools: any handler of requests, or a built site for browsers."""

import functools
import http.server
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a log."""

    protocol_version = "HTTP/1.1"  # keeps connections open for further files
    disable_nagle_algorithm = True  # otherwise small answers wait for an acknowledgement

    def log_message(self, *arguments: object) -> None:
        """Print nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True  # a connection that a browser keeps open must not delay the end of the tests
    request_queue_size = 128  # browsers open many connections at once; the default is 5

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore a browser that closes a connection early."""


@contextmanager
def serving(handler: Callable[..., http.server.BaseHTTPRequestHandler], port: int = 0) -> Iterator[int]:
    """Answer requests with ``handler`` while the block runs; gives the port, a free one for 0."""
    with _Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
    thread.join()


def serve(site: Path, handler: type[Handler] = Handler) -> Generator[str, None, None]:
    """Serve a built site on loopback until the iterator is closed; yields the address."""
    with serving(functools.partial(handler, directory=str(site))) as port:
        yield f"http://127.0.0.1:{port}"
