"""``digest draft`` and ``digest review`` against a server that speaks the interface: on good days and on bad ones."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from generator.commands import draft as drafting
from generator.commands import draft_entry, review
from generator.commands.add import RecordFinder
from generator.commands.check import advice_of
from generator.commands.draft_source import read_source
from generator.commands.review_page import ReviewServer
from generator.commands.review_state import Review
from generator.drafting import evidence as evidence_module
from generator.drafting.evidence import stored_evidence
from generator.drafting.reading import NoText, text_of_file, text_of_page
from generator.fetch import model_endpoint, model_journal
from generator.fetch.cache import AnswerCache
from generator.fetch.client import Client
from generator.model.paper import Links, Paper
from generator.store.load import load
from tests.conftest import ROOT, SETTINGS
from tests.drafting.test_gates import HIDDEN, KITES
from tests.support.command import digest
from tests.support.playing_server import Reply as Answer
from tests.support.playing_server import playing
from tools.model_server import ModelServer, Reply, model_server
from tools.toy_model import play

ENTRY = "papers/conf-2025/byron2025kites.yaml"
BLANK = {"title": "Kites Without Strings", "authors": ["Ada Byron"], "venue": "conf-2025", "topics": [], "tldr": ""}


def pdf_of(text: str) -> bytes:
    """A PDF of one page with the words of ``text``, some of them on each line."""
    words = text.replace("(", "").replace(")", "").encode("ascii", "ignore").decode().split()
    lines = [" ".join(words[start : start + 8]) for start in range(0, len(words), 8)]
    drawn = "BT /F1 9 Tf 40 800 Td 11 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    writer = PdfWriter()
    page = writer.add_blank_page(600, 850)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = StreamObject()
    stream.set_data(drawn.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def kites(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy content with an entry that has an abstract and no text, in a folder of its own."""
    monkeypatch.chdir(content.parent)
    monkeypatch.setattr(drafting, "own_settings", lambda: SETTINGS)
    monkeypatch.delenv("CI", raising=False)
    _enter(content)
    return content


def _enter(content: Path, **fields: Any) -> None:
    raw = {**BLANK, "abstract": KITES, "added": "2025-05-02", **fields}
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True, width=100).replace("'2025-05-02'", "2025-05-02")
    (content / ENTRY).write_text(f"# Found at the fair\n{text}", "utf-8")


def _draft(server: ModelServer, content: Path, *more: str, origin: str = "abstract") -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIGEST_MODEL", "toy")
        patch.setenv("DIGEST_MODEL_URL", server.url)
        patch.setenv("DIGEST_MODEL_KEY", "secret-key")
        return digest("draft", "byron2025kites", "--content", content, "--from", origin, *more)


def _raw(content: Path) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.load((content / ENTRY).read_text("utf-8"), yaml.BaseLoader)
    return raw


def test_a_draft_says_from_what_it_was_written_and_by_whom(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(play) as server:
        assert _draft(server, kites, "--price", "1,2", "--most-cost", "1", "--report", "draft.md") == 0
    raw = _raw(kites)
    assert set(raw) >= {"tldr", "summary", "significance", "limitations", "topics", "tags", "asked_as"}
    assert set(raw["tldr"]) == {"en", "de"}
    by = raw["summary_by"]
    assert (by["kind"], by["model"], by["of"]["what"], by["gates"]) == ("ai", "toy", "abstract", "passed (gates 1)")
    assert len(by["prompt"]) == len(by["of"]["sha256"]) == 16
    assert "reviewed_by" not in by
    assert (kites / ENTRY).read_text("utf-8").splitlines()[1] == "# Found at the fair"
    assert "requests: 1, $0.0020" in capsys.readouterr().err
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    assert all(span in evidence.source for place in evidence.places() for span in evidence.sentence(place).evidence)
    assert "| evidence |" in Path("draft.md").read_text("utf-8")
    leaks = [path for path in Path().rglob("*") if path.is_file() and b"secret-key" in path.read_bytes()]
    assert leaks == [], "the key is in no file"
    assert load(kites).problems == ()


def test_an_abstract_alone_is_written_from_only_if_told(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(play) as server:
        assert _draft(server, kites, origin="paper") == 1
        assert server.requests == []
    shown = capsys.readouterr()
    assert "--from abstract" in shown.err
    assert "digest review" not in shown.out + shown.err, "without a draft there is nothing to review"


def test_messages_name_the_next_step(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(play) as server:
        assert _draft(server, kites) == 0
        shown = capsys.readouterr()
        assert 'next: digest review byron2025kites --by "YOUR NAME"' in shown.out + shown.err
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DIGEST_MODEL", "toy")
            patch.setenv("DIGEST_MODEL_URL", server.url)
            assert digest("draft", "nobody", "--content", kites) == 2
        assert "no entry has the id nobody" in capsys.readouterr().err
        _enter(kites, abstract="")
        assert _draft(server, kites) == 1
        assert "(abstract:), or name a file or an address (--source)" in capsys.readouterr().err
    assert digest("review", "nobody", "--content", kites, "--by", "Ada Byron") == 2
    assert "no entry has the id nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    "by", [{"kind": "human"}, {"kind": "ai-edited"}, {"kind": "ai", "reviewed_by": "Ada"}, None, {"kind": "ai"}]
)
def test_a_persons_text_is_never_overwritten(by: dict[str, str] | None, kites: Path) -> None:
    _enter(kites, tldr="Kites find their way.", **({"summary_by": by} if by else {}))
    before = (kites / ENTRY).read_bytes()
    with model_server(play) as server:
        assert _draft(server, kites) == 1
        assert (kites / ENTRY).read_bytes() == before
        assert _draft(server, kites, "--rewrite") == (0 if by == {"kind": "ai"} else 1)
        assert len(server.requests) == (by == {"kind": "ai"})


def _spoiled(body: dict[str, Any], times: int = 1, **changes: Any) -> Iterator[Reply]:
    """Answers with changed fields of the English text, so many times; then good ones."""
    good = play(body)
    for _ in range(times):
        raw = json.loads(good.content)
        raw["texts"][0].update(changes)
        yield Reply(json.dumps(raw))
    while True:
        yield good


COPIED = {"text": f"{' '.join(KITES.split()[:12])}.", "evidence": [KITES[:80]]}


@pytest.mark.parametrize(("times", "requests", "empty"), [(1, 2, ""), (9, 2, "tldr (en)")])
def test_a_field_that_fails_is_rewritten_once_then_left_empty(
    times: int, requests: int, empty: str, kites: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies: list[Iterator[Reply]] = []

    def answering(body: dict[str, Any]) -> Reply:
        replies[:] = replies or [_spoiled(body, times, tldr=COPIED)]
        return next(replies[0])

    with model_server(answering) as server:
        assert _draft(server, kites) == (1 if empty else 0)
        assert len(server.requests) == requests
        assert "eight words of the source" in json.dumps(server.requests[1])
    raw = _raw(kites)
    assert (empty in raw["summary_by"]["gates"]) is True
    assert ("en" in raw["tldr"]) is not bool(empty)
    assert ("stays empty" in capsys.readouterr().out) is bool(empty)


def test_what_the_paper_says_to_machines_is_not_done(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _enter(kites, abstract=f"{KITES} {HIDDEN}")
    with model_server(play) as server:
        assert _draft(server, kites) == 0
    assert HIDDEN not in json.dumps(server.requests)
    assert "it speaks to machines" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("bad", "code", "requests"),
    [
        ([Reply(status=429, headers={"Retry-After": "3"})], 0, 2),
        ([Reply(status=503)], 0, 2),
        ([Reply(raw="{")], 0, 2),
        ([Reply(raw="{}")], 0, 2),
        ([Reply(raw='{"choices": []}')], 0, 2),
        ([Reply("no JSON at all")], 0, 2),
        ([Reply('{"texts": "none"}')], 0, 2),
        ([Reply('{"texts": []}')], 0, 2),
        ([Reply(status=401)], 1, 1),
        ([Reply(status=400)], 1, 1),
        ([Reply(status=429)] * 9, 1, 5),
        ([Reply('{"texts": [', finish="length")], 1, 1),
        ([Reply("nothing")] * 9, 1, 3),
    ],
)  # fmt: skip
def test_whatever_a_server_answers(
    bad: list[Reply], code: int, requests: int, kites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(drafting, "JournaledTransport", partial(model_endpoint.JournaledTransport, sleep=sleep))
    before, left = (kites / ENTRY).read_bytes(), list(bad)
    with model_server(lambda body: left.pop(0) if left else play(body)) as server:
        assert _draft(server, kites) == code
        assert len(server.requests) == requests
    assert ((kites / ENTRY).read_bytes() == before) == (code == 1)
    assert not waits or waits[0] >= (3 if bad[0].headers else 1)


def test_a_slow_answer_may_have_been_paid_and_is_not_asked_for_again(
    kites: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = [Reply("x", slow=0.6)]
    with model_server(lambda body: slow.pop() if slow else play(body)) as server:
        assert _draft(server, kites, "--timeout", "0.2") == 1
        assert _draft(server, kites) == 1
        assert len(server.requests) == 1
        assert capsys.readouterr().err.count("--again") == 2
        assert _draft(server, kites, "--again") == 0
        assert len(server.requests) == 2


def test_no_more_is_spent_than_may_be(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(play) as server:
        assert _draft(server, kites, "--most-cost", "1") == 2, "of a model without a price nobody knows the cost"
        assert _draft(server, kites, "--price", "1000,1000", "--most-cost", "1") == 1
        assert server.requests == []
        assert _draft(server, kites, "--price", "1,x") == 2
    assert "stopped before byron2025kites" in capsys.readouterr().err


def test_requests_go_out_and_answers_come_in_as_a_batch(kites: Path) -> None:
    batch, answers = Path("batch.jsonl"), Path("answers.jsonl")
    with model_server(play) as server:
        assert _draft(server, kites, "--export", str(batch)) == 1
        assert _draft(server, kites, "--export", str(batch)) == 1
        (line,) = [json.loads(row) for row in batch.read_text("utf-8").splitlines()]
        assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
        body = json.loads(play(line["body"]).body())
        answer = {"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}
        answers.write_text(f"{json.dumps(answer)}\nnonsense\n", "utf-8")
        assert _draft(server, kites, "--import", str(answers)) == 0
        assert server.requests == []
    assert "en" in _raw(kites)["tldr"]


class Killed(BaseException):
    """The stand-in for a kill: nothing catches it."""


def _dying(write: Any, point: list[int]) -> Any:
    """A function that writes, and dies in the place of its ``point``-th writing."""

    def limited(*arguments: Any, **named: Any) -> Any:
        point[0] -= 1
        if point[0] < 0:
            raise Killed
        return write(*arguments, **named)

    return limited


def test_killed_at_any_point_and_started_again_nothing_is_lost_or_paid_twice(
    kites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was answered serves again; what was sent without an answer waits for --again, which a person says."""
    blank = (kites / ENTRY).read_bytes()

    def answering(body: dict[str, Any]) -> Reply:
        return play(body) if "Your answer was" in json.dumps(body) else next(_spoiled(body, 1, tldr=COPIED))

    with model_server(answering) as server:
        assert _draft(server, kites) == 0
    whole, kills = (kites / ENTRY).read_bytes(), 0
    while True:
        (kites / ENTRY).write_bytes(blank)
        shutil.rmtree(".cache")
        with model_server(answering) as server:
            point = [kills]
            with monkeypatch.context() as patch:
                for module, name in ((model_journal, "write_whole"), (evidence_module, "write_whole"),
                                     (draft_entry, "write_file")):  # fmt: skip
                    patch.setattr(module, name, _dying(getattr(module, name), point))
                with suppress(BaseException):
                    _draft(server, kites)
            if point[0] >= 0:
                break
            kills += 1
            _draft(server, kites)
            assert set(server.paid.values()) <= {1}, "nothing is paid twice"
            if (kites / ENTRY).read_bytes() == blank:
                _draft(server, kites, "--again")
            assert (kites / ENTRY).read_bytes() == whole
    assert kills == 6, "two requests, each noted before and after; the evidence; the entry"


def test_a_process_that_is_killed_leaves_an_uncertain_request(kites: Path) -> None:
    code = "import sys; from generator.commands import draft; from tests.conftest import SETTINGS; " \
        "draft.own_settings = lambda: SETTINGS; from generator.cli import main; main(sys.argv[1:])"  # fmt: skip
    with model_server(lambda body: Reply(play(body).content, slow=1.5)) as server:
        env = {**os.environ, "DIGEST_MODEL": "toy", "DIGEST_MODEL_URL": server.url, "PYTHONPATH": str(ROOT)}
        call = ["draft", "byron2025kites", "--content", str(kites), "--from", "abstract"]
        process = subprocess.Popen([sys.executable, "-c", code, *call], env=env, stderr=subprocess.DEVNULL)
        while not server.requests and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert _draft(server, kites) == 1, "it may have been paid"
        assert len(server.requests) == 1
    with model_server(play) as server:
        assert _draft(server, kites, "--again") == 0
        assert _draft(server, kites, "--rewrite") == 0, "from the answer that is kept"
        assert len(server.requests) == 1


def test_files_are_read_by_what_they_hold(tmp_path: Path) -> None:
    page = "<!doctype html><html><nav>Menu</nav><article>Kites <b>fly</b>.<script>x</script></article></html>"
    assert " ".join(text_of_page(page).split()) == "Kites fly ."
    assert text_of_file("a.txt", KITES.encode()) == KITES
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    with (tmp_path / "blank.pdf").open("wb") as out:
        writer.write(out)
    for data in ((tmp_path / "blank.pdf").read_bytes(), b"%PDF-1.7 broken", b"\xff\xfe\x00"):
        with pytest.raises(NoText):
            text_of_file("x", data)


PAGE = f"<!doctype html><html><body><nav>Menu</nav><article><p>{KITES}</p></article></body></html>"


@pytest.mark.parametrize(
    ("body", "kind"),
    [(KITES.encode(), "text/plain"), (PAGE.encode(), "text/html"), (pdf_of(KITES), "application/pdf")],
    ids=["text", "page", "PDF"],
)
def test_a_paper_is_read_at_an_address(body: bytes, kind: str, kites: Path) -> None:
    """The answer is cached, so that a second run asks nobody."""
    with playing(Answer(body=body, headers={"Content-Type": kind})) as host, model_server(play) as server:
        address = f"{host.address}/kites"
        assert _draft(server, kites, "--source", address, origin="paper") == 0
        assert _raw(kites)["summary_by"]["of"]["what"] == "full text"
        assert "url" not in _raw(kites)["summary_by"]["of"], "an address of this machine is of no use to readers"
        assert _draft(server, kites, "--source", address, "--rewrite", origin="paper") == 0
    assert len(host.requests) == 1


def _paper_with_pdf(address: str) -> Paper:
    links = Links(pdf=address)
    return Paper(id="byron2025kites", title="Kites", venue="conf-2025", topics=(), added=date(2025, 5, 2), links=links)


def test_the_full_text_is_where_the_entry_links_to(tmp_path: Path) -> None:
    with playing(Answer(body=pdf_of(KITES))) as host, Client("toy/1", AnswerCache(tmp_path)) as client:
        source = read_source(_paper_with_pdf(f"{host.address}/kites.pdf"), RecordFinder(client), "", "paper")
        assert (source.what, "held by strings" in source.text) == ("full text", True)


def test_what_cannot_be_read_is_answered_with_other_ways(tmp_path: Path) -> None:
    with playing(Answer(body=b"%PDF-1.7 broken")) as host, Client("toy/1", AnswerCache(tmp_path)) as client:
        with pytest.raises(NoText, match="the PDF cannot be read"):
            read_source(_paper_with_pdf(f"{host.address}/kites.pdf"), RecordFinder(client), "", "paper")
        with pytest.raises(NoText, match="no public full text is known; name a file or an address"):
            read_source(replace(_paper_with_pdf(""), links=Links()), RecordFinder(client), "", "paper")


# Review


def _reviewed(content: Path, keys: list[str]) -> int:
    """Review in the terminal with keys as typed; then as if the terminal closed."""
    papers = draft_entry.unwritten_papers(content)
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    state = Review(papers["byron2025kites"], content, Path(".cache/evidence"), "Ada Byron", evidence)
    typed = iter(keys)

    def read(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return review.in_terminal(state, read)


@pytest.fixture
def drafted(kites: Path) -> Path:
    with model_server(play) as server:
        assert _draft(server, kites) == 0
    return kites


def test_a_person_accepts_edits_and_rejects(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _reviewed(drafted, ["a", "e", "Kites need no strings if 99% steer.", "r", "x", "a", "q"]) == 1
    shown = capsys.readouterr().out
    assert "does not state “99%”" in shown
    assert "“Kites are usually held by strings" in shown
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    left = len([place for place in evidence.places() if not evidence.sentence(place).verdict])
    assert left == len(evidence.places()) - 4
    assert "reviewed_by" not in _raw(drafted)["summary_by"]
    assert _reviewed(drafted, [*["a"] * left, "a", "", "y", "y", "y"]) == 0
    raw = _raw(drafted)
    by = raw["summary_by"]
    assert (by["kind"], by["reviewed_by"]) == ("ai-edited", "Ada Byron")
    assert by["review"].startswith("accuracy, plausibility, sources; 20")
    assert "Kites need no strings if 99% steer." in raw["summary"]["en"]
    assert load(drafted).problems == ()


def test_a_review_counts_only_if_all_is_vouched_for(drafted: Path) -> None:
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    assert _reviewed(drafted, [*["a"] * len(evidence.places()), "y", "n", "y"]) == 1
    by = _raw(drafted)["summary_by"]
    assert (by["kind"], "reviewed_by" in by) == ("ai", False)


def test_a_draft_does_not_replace_a_review_under_way(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _reviewed(drafted, ["a", "a"])
    before = Path(".cache/evidence/byron2025kites.json").read_bytes()
    with model_server(play) as server:
        assert _draft(server, drafted, "--rewrite") == 1
        assert server.requests == []
        shown = capsys.readouterr().err
        assert "2 of " in shown
        assert "digest review byron2025kites goes on with them" in shown
        assert Path(".cache/evidence/byron2025kites.json").read_bytes() == before
        Path(".cache/evidence/byron2025kites.json").unlink()
        assert _draft(server, drafted, "--rewrite") == 0


def test_an_edit_without_a_change_is_no_edit(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    first, *others = evidence.places()
    keys = ["e", "", "e", evidence.sentence(first).text, *["a"] * len(others)]
    assert _reviewed(drafted, [*keys, "y", "n", "y"]) == 1
    assert "reject leaves a sentence out" in (shown := capsys.readouterr().out)
    assert "next: the same command asks again" in shown
    assert _raw(drafted)["summary_by"]["kind"] == "ai"
    assert _reviewed(drafted, ["y", "y", "y"]) == 0
    assert "every sentence has a verdict" in (shown := capsys.readouterr().out)
    assert "next: digest check, then digest build" in shown


def test_an_edited_sentence_that_is_then_accepted_stays_edited(drafted: Path) -> None:
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    paper = draft_entry.unwritten_papers(drafted)["byron2025kites"]
    under_way, first = Review(paper, drafted, Path(".cache/evidence"), "Ada Byron", evidence), evidence.places()[0]
    under_way.decide(first, "edit", "Kites need no strings.")
    under_way.decide(first, "accept")
    assert under_way.evidence.sentence(first).verdict == "edit"


def test_a_field_that_is_left_out_in_one_language_is_named(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    keys = ["r" if place[:2] == ("de", "limitations") else "a" for place in evidence.places()]
    assert _reviewed(drafted, [*keys, "y", "y", "y"]) == 0
    assert "; empty: limitations (de); next:" in capsys.readouterr().out


def test_a_review_is_a_persons(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert digest("review", "byron2025kites", "--content", drafted, "--by", "toy") == 2
    assert digest("review", "zhu2025dogs", "--content", drafted, "--by", "Ada") == 1
    monkeypatch.setenv("CI", "true")
    assert digest("review", "byron2025kites", "--content", drafted, "--by", "Ada") == 2


def test_the_page_answers_this_machine_and_its_own_forms_alone(drafted: Path) -> None:
    papers = draft_entry.unwritten_papers(drafted)
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    review = Review(papers["byron2025kites"], drafted, Path(".cache/evidence"), "<b>Ada</b>", evidence)
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
        for wrong in ("²", "9" * 5000, "-1", str(len(evidence.places()))):
            status, page = ask("POST", sentence=wrong, verdict="accept", token=server.token)
            assert (status, "not a verdict" in page) == (200, True)
        for length in ("²", "9" * 5000, "-1", "x"):
            status_line, headers = raw(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n")
            assert " 400 " in status_line
            assert "frame-ancestors 'none'" in headers
        assert len(review.open_places) == len(evidence.places())
        for number, place in enumerate(evidence.places()):
            text = review.evidence.sentence(place).text
            assert ask("POST", sentence=str(number), verdict="accept", text=text, token=server.token)[0] == 200
        assert "Finish as &lt;b&gt;Ada&lt;/b&gt;" in ask("GET")[1]
        ask("POST", finish="1", accuracy="y", plausibility="y", sources="y", token=server.token)
        server.shutdown()
        thread.join(5)
        assert server.outcome == 0
    assert _raw(drafted)["summary_by"]["reviewed_by"] == "<b>Ada</b>"


def test_a_connection_that_sends_nothing_does_not_stop_the_review(
    drafted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = draft_entry.unwritten_papers(drafted)
    evidence = stored_evidence(Path(".cache/evidence"), "byron2025kites")
    assert evidence is not None
    review = Review(papers["byron2025kites"], drafted, Path(".cache/evidence"), "Ada", evidence)
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


def test_check_compares_a_text_with_the_source_that_is_kept(drafted: Path) -> None:
    path = drafted / ENTRY
    text = path.read_text("utf-8").replace("time whenever it fails", "77 hours whenever it fails")
    text = re.sub(r"abstract: .*\n(  .*\n)*", "", text)
    path.write_text(text, "utf-8")
    messages = [problem.message for problem in advice_of(load(drafted), Path(".cache/fetch")) if problem.code == "W607"]
    assert messages == ["77 hours is not in the source that it was drafted from"]
    assert [problem for problem in advice_of(load(drafted)) if problem.code == "W607"] == []
