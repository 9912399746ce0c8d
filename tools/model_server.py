"""A server with OpenAI's chat API. A test determines its answers, including failures."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tools.web_server import run_server

Play = Callable[[dict[str, Any]], "Reply"]


@dataclass
class Reply:
    """An answer: ``content`` is the text of the model, ``raw`` a whole body instead, sent after ``slow`` seconds."""

    content: str = ""
    status: int = 200
    raw: str | None = None
    finish: str = "stop"
    slow: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    tokens: tuple[int, int] = (1000, 500)

    def body(self) -> bytes:
        """The answer as JSON."""
        if self.raw is not None:
            return self.raw.encode()
        message = {"role": "assistant", "content": self.content}
        usage = {"prompt_tokens": self.tokens[0], "completion_tokens": self.tokens[1], "total_tokens": sum(self.tokens)}
        choice = {"index": 0, "message": message, "finish_reason": self.finish}
        return json.dumps(
            {"id": "x", "object": "chat.completion", "created": 1, "model": "toy", "choices": [choice], "usage": usage}
        ).encode()


@dataclass
class ModelServer:
    """The running server and its requests in order. ``paid`` counts answers by the idempotency key of the request."""

    play: Play
    port: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address that ``DIGEST_MODEL_URL`` names."""
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def model_server(play: Play, port: int = 0) -> Iterator[ModelServer]:
    """The server while the block runs."""
    state = ModelServer(play)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            state.keys.append(self.headers.get("Authorization", ""))
            reply = state.play(body)
            if reply.status == 200:  # only successful requests are billed
                key = self.headers.get("Idempotency-Key", "")
                state.paid[key] = state.paid.get(key, 0) + 1
            time.sleep(reply.slow)
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

    with run_server(Handler, port) as state.port:
        yield state
