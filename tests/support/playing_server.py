"""A web server that plays answers byte for byte, a connection each: what a site sends on a good day and on bad ones."""

import gzip
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Reply:
    """One answer. ``reset`` drops the connection instead; ``drip`` seconds pass before each byte of the body.

    ``drip_head`` lets the head drip too; with a ``length`` of -1 there is no Content-Length.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    drip: float = 0
    drip_head: bool = False
    length: int | None = None

    def head(self) -> bytes:
        size = len(self.body) if self.length is None else self.length
        length = {} if self.length == -1 else {"Content-Length": str(size)}
        lines = {**length, "Connection": "close", **self.headers}
        fields = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {self.status} X\r\n{fields}\r\n".encode()


def packed(body: bytes, cut: int = 0) -> Reply:
    """A gzipped answer without its last ``cut`` bytes."""
    data = gzip.compress(body, mtime=0)
    return Reply(body=data[: len(data) - cut], headers={"Content-Encoding": "gzip"})


@dataclass
class Server:
    """The running server: ``replies`` in their order, the last one again and again; ``requests`` as they came."""

    host: str
    port: int
    replies: list[Reply]
    requests: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def playing(*replies: Reply, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    """A server that plays ``replies`` while the block runs."""
    with socket.create_server((host, port)) as listener:
        server = Server(host, listener.getsockname()[1], list(replies))
        thread = threading.Thread(target=_serve, args=(listener, server), daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(listener: socket.socket, server: Server) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            server.requests.append(connection.recv(65536).decode("latin-1"))
            reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
            try:
                _play(connection, reply)
            except OSError:
                continue


def _play(connection: socket.socket, reply: Reply) -> None:
    if reply.reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return
    fast, slow = (b"", reply.head() + reply.body) if reply.drip_head else (reply.head(), reply.body)
    connection.sendall(fast if reply.drip else fast + slow)
    for byte in slow if reply.drip else b"":
        time.sleep(reply.drip)
        connection.sendall(bytes([byte]))
