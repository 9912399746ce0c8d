"""The review as a local page answers only this machine and forms of its own."""

import http.client
import socket
import urllib.parse
from pathlib import Path
from threading import Thread

import pytest

from generator.commands.review_page import ReviewServer
from tests.support.drafts import begin_review, entry_fields


def test_the_page_answers_only_this_machine_and_its_own_forms(drafted: Path) -> None:
    review = begin_review(drafted, "<b>Ada</b>")
    evidence = review.evidence
    with ReviewServer(review, 0) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()

        def ask(method: str, path: str = "/", host: str = "", **form: str) -> tuple[int, str]:
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
            connection.request(method, path, urllib.parse.urlencode(form), {"Host": host or "127.0.0.1"})
            response = connection.getresponse()
            return response.status, response.read().decode()

        def raw(request: str) -> tuple[str, str]:
            with socket.create_connection(("127.0.0.1", server.server_port)) as connection:
                connection.sendall(request.encode("latin-1"))
                connection.shutdown(socket.SHUT_WR)
                status_line, _, headers = connection.makefile(encoding="latin-1").read().partition("\n")
            return status_line, headers

        status, page = ask("GET")
        assert status == 200
        assert "Kites are usually held by strings" in page
        assert ask("GET", "/review.js")[0] == ask("GET", "/review.css")[0] == 200
        assert ask("GET", "/etc")[0] == 404
        assert ask("GET", host="evil.example")[0] == 403
        for token in ("guessed", "ü", ""):
            assert ask("POST", sentence="0", verdict="accept", token=token)[0] == 403
        for wrong in ("²", "9" * 5000, "-1", str(len(evidence.positions()))):
            status, page = ask("POST", sentence=wrong, verdict="accept", token=server.token)
            assert (status, "not a verdict" in page) == (200, True)
        for length in ("²", "9" * 5000, "-1", "x"):
            status_line, headers = raw(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n")
            assert " 400 " in status_line
            assert "frame-ancestors 'none'" in headers
        assert len(review.open_positions) == len(evidence.positions())
        for number, position in enumerate(evidence.positions()):
            text = review.evidence.sentence(position).text
            assert ask("POST", sentence=str(number), verdict="accept", text=text, token=server.token)[0] == 200
        assert "Finish as &lt;b&gt;Ada&lt;/b&gt;" in ask("GET")[1]
        ask("POST", finish="1", accuracy="y", plausibility="y", sources="y", token=server.token)
        server.shutdown()
        thread.join(5)
        assert server.exit_code == 0
    assert entry_fields(drafted)["summary_by"]["reviewed_by"] == "<b>Ada</b>"


def test_a_silent_connection_does_not_block_the_review(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review = begin_review(drafted, "Ada")
    with ReviewServer(review, 0) as server:
        handler = vars(server)["RequestHandlerClass"]
        assert handler.timeout, "there is a limit"
        monkeypatch.setattr(handler, "timeout", 0.1)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with socket.create_connection(("127.0.0.1", server.server_port)) as stalled:
            stalled.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n")
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
        server.shutdown()
        thread.join(5)
