"""The review as a local web page: every sentence beside its evidence, with buttons and keyboard shortcuts.

The page works without scripts. It answers only this machine, and accepts only forms with its own token.
"""

import secrets
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from urllib.parse import parse_qs

from jinja2 import Environment

from generator.commands.review_state import PLEDGES, Review

_MAX_FORM_SIZE = 100_000
# Only the page's own files: the texts of a draft are untrusted.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_STATIC_FILES = {"/review.css": ("review.css", "text/css"), "/review.js": ("review.js", "text/javascript")}


def serve_review(review: Review, port: int) -> int:
    """Serve the page until the review is finished. Returns 0 if every pledge was confirmed."""
    with ReviewServer(review, port) as server:
        print(f"read and decide at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops; verdicts are kept)")
        sys.stdout.flush()
        # Not ``serve_forever``: the server ends with the review.
        while server.outcome is None:
            server.handle_request()
        print(server.message)
        return server.outcome


class ReviewServer(HTTPServer):
    """The server of one review. ``outcome`` is the exit code once the review is finished."""

    def __init__(self, review: Review, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.review, self.token = review, secrets.token_urlsafe(24)
        self.outcome: int | None = None
        self.message = ""

    def page(self, remarks: str = "") -> str:
        """Render the current state of the review."""
        review, evidence = self.review, self.review.evidence
        first = next(iter(review.open_positions), None)
        rows = [
            {
                "language": position[0],
                "field": position[1],
                "first": position == first,
                **evidence.sentence(position).model_dump(),
            }
            for position in evidence.positions()
        ]
        template = Environment(autoescape=True, trim_blocks=True).from_string(_file("review.html.j2"))
        return template.render(
            paper=review.paper, evidence=evidence, rows=rows, open=len(review.open_positions), remarks=remarks,
            token=self.token, by=review.by, pledges=PLEDGES,
        )  # fmt: skip

    def apply(self, form: dict[str, list[str]]) -> str:
        """Apply a submitted form. Returns a message for the page."""
        review, positions = self.review, self.review.evidence.positions()
        if "finish" in form and not review.open_positions:
            confirmed = all(name in form for name, _ in PLEDGES)
            self.message = review.finish(confirmed=confirmed)
            self.outcome = 0 if confirmed else 1
            return self.message
        number, verdict = form.get("sentence", [""])[0], form.get("verdict", [""])[0]
        if verdict not in ("accept", "edit", "reject") or not _is_number(number) or int(number) >= len(positions):
            return "not a verdict"
        position = positions[int(number)]
        text = form.get("text", [""])[0]
        # Accepting a sentence whose text field was changed is an edit. A browser may wrap lines, so spaces are ignored.
        if verdict == "accept" and " ".join(text.split()) != " ".join(review.evidence.sentence(position).text.split()):
            verdict = "edit"
        return "; ".join(review.decide(position, verdict, " ".join(text.split())))


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = 10
    """Seconds after which a connection that sends nothing is closed. Only one is answered at a time."""

    def do_GET(self) -> None:
        if not self._is_addressed_here():
            return
        if self.path in _STATIC_FILES:
            name, kind = _STATIC_FILES[self.path]
            self._send(200, _file(name), kind)
        elif self.path == "/":
            self._send(200, self.server.page(), "text/html")
        else:
            self._send(404, "nothing here", "text/plain")

    def do_POST(self) -> None:
        if not self._is_addressed_here():
            return
        length = self.headers.get("Content-Length", "")
        if not _is_number(length) or int(length) > _MAX_FORM_SIZE:
            self._send(400, "too long", "text/plain")
            return
        form = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True)
        # Another page in the same browser can send forms here, but it cannot read the token.
        if not secrets.compare_digest(form.get("token", [""])[0].encode(), self.server.token.encode()):
            self._send(403, "this form does not come from this page", "text/plain")
            return
        self._send(200, self.server.page(self.server.apply(form)), "text/html")

    def _is_addressed_here(self) -> bool:
        """Whether the Host header names this machine. Other names are refused: they indicate DNS rebinding."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host in ("127.0.0.1", "localhost"):
            return True
        self._send(403, "this page answers only this machine", "text/plain")
        return False

    def _send(self, status: int, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{kind}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", _POLICY),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Requests are not logged."""


def _is_number(text: str) -> bool:
    """Whether ``int`` reads the text. Superscripts are digits too, and thousands of digits are refused by ``int``."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _file(name: str) -> str:
    return files("generator.drafting").joinpath(name).read_text("utf-8")
