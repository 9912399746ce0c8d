"""The review as a local web page: every sentence beside its evidence, with buttons and keyboard shortcuts.

The page works without JavaScript. The server can be reached only from this machine, and accepts only forms that contain
its secret token.
"""

import secrets
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from urllib.parse import parse_qs

from jinja2 import Environment

from generator.commands.review_state import PLEDGES, Review

_MAX_FORM_SIZE = 100_000  # bytes
# The texts of a draft are untrusted, so the page loads only its own files.
_CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_STATIC_FILES = {"/review.css": ("review.css", "text/css"), "/review.js": ("review.js", "text/javascript")}
"""The name and the media type of each file, by its path on the server."""


def serve_review(review: Review, port: int) -> int:
    """Serve the page until the review is finished. Returns 0 if every pledge was confirmed, else 1."""
    with ReviewServer(review, port) as server:
        print(f"read and decide at http://127.0.0.1:{server.server_port}/ (Ctrl+C stops; verdicts are kept)")
        sys.stdout.flush()
        while server.exit_code is None:
            server.handle_request()
        print(server.message)
        return server.exit_code


class ReviewServer(HTTPServer):
    """The server of one review. ``exit_code`` is None until the review is finished; ``message`` is its result."""

    def __init__(self, review: Review, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.review, self.token = review, secrets.token_urlsafe(24)
        self.exit_code: int | None = None
        self.message = ""

    def page(self, remarks: str = "") -> str:
        """Return the page with the current state of the review. ``remarks`` are shown at the top."""
        review, evidence = self.review, self.review.evidence
        first_open = next(iter(review.open_positions), None)
        rows = []
        for position in evidence.positions():
            sentence = evidence.sentence(position).model_dump()
            rows.append(
                {"language": position.language, "field": position.field, "first": position == first_open, **sentence}
            )
        template = Environment(autoescape=True, trim_blocks=True).from_string(_read_file("review.html.j2"))
        return template.render(
            paper=review.paper, evidence=evidence, rows=rows, open=len(review.open_positions), remarks=remarks,
            token=self.token, by=review.reviewer, pledges=PLEDGES,
        )  # fmt: skip

    def apply(self, form: dict[str, list[str]]) -> str:
        """Apply a submitted form: a verdict on a sentence, or the end of the review. Returns a message for the page.

        ``form`` contains the values of each field. The field ``sentence`` is the index of a sentence.
        """
        review, positions = self.review, self.review.evidence.positions()
        if "finish" in form and not review.open_positions:
            confirmed = all(name in form for name, _ in PLEDGES)
            self.message = review.finish(confirmed=confirmed)
            self.exit_code = 0 if confirmed else 1
            return self.message
        index, verdict = form.get("sentence", [""])[0], form.get("verdict", [""])[0]
        if verdict not in ("accept", "edit", "reject") or not _is_number(index) or int(index) >= len(positions):
            return "not a verdict"
        position = positions[int(index)]
        # A browser may wrap lines, so differences of white space do not count.
        text = " ".join(form.get("text", [""])[0].split())
        # If the text was changed, accepting the sentence is an edit.
        if verdict == "accept" and text != " ".join(review.evidence.sentence(position).text.split()):
            verdict = "edit"
        return "; ".join(review.decide(position, verdict, text))


class _Handler(BaseHTTPRequestHandler):
    """Answers requests for the page, its static files and its forms."""

    server: ReviewServer
    timeout = 10
    """Seconds after which an idle connection is closed. It would block all others: the server has no threads."""

    def do_GET(self) -> None:
        if not self._accepts_host():
            return
        if self.path in _STATIC_FILES:
            name, media_type = _STATIC_FILES[self.path]
            self._send(200, _read_file(name), media_type)
        elif self.path == "/":
            self._send(200, self.server.page(), "text/html")
        else:
            self._send(404, "nothing here", "text/plain")

    def do_POST(self) -> None:
        if not self._accepts_host():
            return
        length = self.headers.get("Content-Length", "")
        if not _is_number(length) or int(length) > _MAX_FORM_SIZE:
            self._send(400, "too long", "text/plain")
            return
        # Blank values are kept: a reviewer may delete the whole text of a sentence.
        form = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True)
        # Another site in the same browser can send forms to this server, but it cannot read the token.
        if not secrets.compare_digest(form.get("token", [""])[0].encode(), self.server.token.encode()):
            self._send(403, "this form does not come from this page", "text/plain")
            return
        self._send(200, self.server.page(self.server.apply(form)), "text/html")

    def _accepts_host(self) -> bool:
        """Whether the Host header names this machine. If not, sends an error: another name indicates DNS rebinding."""
        # The header contains the port, if it is not 80.
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host in ("127.0.0.1", "localhost"):
            return True
        self._send(403, "this page answers only this machine", "text/plain")
        return False

    def _send(self, status: int, text: str, media_type: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in (
            ("Content-Type", f"{media_type}; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", _CONTENT_SECURITY_POLICY),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def _is_number(text: str) -> bool:
    """Whether ``int`` can read an untrusted text. It rejects superscripts, which are digits, and very long numbers."""
    return text.isascii() and text.isdigit() and len(text) < 10


def _read_file(name: str) -> str:
    return files("generator.drafting").joinpath(name).read_text("utf-8")
