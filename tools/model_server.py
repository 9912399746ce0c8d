"""A server with OpenAI's chat API for tests, which determine its replies, including failures."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tools.web_server import run_server

Respond = Callable[[dict[str, Any]], "Reply"]
"""Returns the reply to a request, given the request's body."""


@dataclass
class Reply:
    """What the server sends."""

    content: str = ""
    """The text of the model."""
    status: int = 200
    raw: str | None = None
    """The whole body, instead of JSON with ``content``."""
    finish_reason: str = "stop"
    delay: float = 0
    """Seconds before the server sends the reply."""
    headers: dict[str, str] = field(default_factory=dict)
    tokens: tuple[int, int] = (1000, 500)
    """The tokens of the prompt and of the text, as the reply states them."""

    def body(self) -> bytes:
        """The body as the API returns it."""
        if self.raw is not None:
            return self.raw.encode()
        message = {"role": "assistant", "content": self.content}
        usage = {"prompt_tokens": self.tokens[0], "completion_tokens": self.tokens[1], "total_tokens": sum(self.tokens)}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        return json.dumps(
            {"id": "x", "object": "chat.completion", "created": 1, "model": "toy", "choices": [choice], "usage": usage}
        ).encode()


@dataclass
class ModelServer:
    """The running server, and what it received."""

    respond: Respond
    port: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of all requests, in order."""
    authorizations: list[str] = field(default_factory=list)
    """The ``Authorization`` headers of all requests, in order."""
    paid: dict[str, int] = field(default_factory=dict)
    """The number of successful replies, which are the ones that cost money, by the idempotency key of the request."""

    @property
    def url(self) -> str:
        """The address that ``DIGEST_MODEL_URL`` names."""
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def model_server(respond: Respond, port: int = 0) -> Iterator[ModelServer]:
    """Run the server while the block runs. ``port`` 0 means a free one."""
    server = ModelServer(respond)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            server.authorizations.append(self.headers.get("Authorization", ""))
            reply = server.respond(body)
            if reply.status == 200:
                key = self.headers.get("Idempotency-Key", "")
                server.paid[key] = server.paid.get(key, 0) + 1
            time.sleep(reply.delay)
            data = reply.body()
            try:
                self.send_response(reply.status)
                for name, value in {**reply.headers, "Content-Type": "application/json"}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:  # the client has closed the connection, as tests of timeouts do
                return

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    with run_server(Handler, port) as server.port:
        yield server
