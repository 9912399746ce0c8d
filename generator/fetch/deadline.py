"""A limit on the total time of one request, including headers. When it has passed, the connection is closed."""

import socket
import threading
from contextlib import suppress
from typing import Any

_OPENED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


class Deadline:
    """A timer for a block. ``trace`` is for the HTTP library's extension ``trace``; ``passed`` is set on expiry.

    The library's own timeouts restart with each chunk, so a site that sends a byte now and then never triggers them.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._stream: Any = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True  # a running timer must not delay the end of the process

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Store the connection when it opens."""
        if event in _OPENED:  # TLS wraps the first stream in another one, which then counts
            self._stream = info["return_value"]

    def _cut(self) -> None:
        self.passed = True
        raw_socket = self._stream.get_extra_info("socket") if self._stream is not None else None
        if raw_socket is not None:
            with suppress(OSError):
                raw_socket.shutdown(socket.SHUT_RDWR)  # unlike close, it wakes a thread that waits for data
