"""A limit on the whole time of one request, headers included: when it has passed, the connection is cut."""

import socket
import threading
from contextlib import suppress
from typing import Any

_OPENED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})


class Deadline:
    """Runs while its block runs. ``trace`` is the HTTP library's extension of that name; ``passed`` says how it ended.

    The library's own time-outs count from one piece to the next, so a site that sends a byte now and then has none.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._stream: Any = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of the connection when it opens."""
        if event in _OPENED:
            self._stream = info["return_value"]

    def _cut(self) -> None:
        self.passed = True
        raw_socket = self._stream.get_extra_info("socket") if self._stream is not None else None
        if raw_socket is not None:
            with suppress(OSError):
                raw_socket.shutdown(socket.SHUT_RDWR)
