"""``digest draft`` with a server of the model's interface: good answers, faults, limits, and kills."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.commands import draft as draft_command
from generator.commands import draft_entry
from generator.commands.check import advice_of
from generator.drafting import evidence as evidence_module
from generator.fetch import model_endpoint, model_journal
from generator.store.load import load
from tests.conftest import ROOT
from tests.drafting.test_gates import HIDDEN, KITES
from tests.support.command import digest
from tests.support.drafts import ENTRY, entry_fields, run_draft, saved_evidence, write_entry
from tools.model_server import Reply, model_server
from tools.toy_model import toy_reply


def test_a_draft_records_its_source_and_its_writer(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(toy_reply) as server:
        options = ("--price", "1,2", "--most-cost", "1", "--report", "draft.md", "--language", "en, de")
        assert run_draft(server, kites, *options) == 0
    raw = entry_fields(kites)
    assert set(raw) >= {"tldr", "summary", "significance", "limitations", "topics", "tags", "asked_as"}
    assert set(raw["tldr"]) == {"en", "de"}
    by = raw["summary_by"]
    assert (by["kind"], by["model"], by["of"]["what"], by["gates"]) == ("ai", "toy", "abstract", "passed (gates 1)")
    assert len(by["prompt"]) == len(by["of"]["sha256"]) == 16
    assert "reviewed_by" not in by
    assert (kites / ENTRY).read_text("utf-8").splitlines()[1] == "# Found at the fair"
    assert "requests: 1, $0.0020" in capsys.readouterr().err
    evidence = saved_evidence()
    assert all(
        passage in evidence.source
        for position in evidence.positions()
        for passage in evidence.sentence(position).evidence
    )
    assert "| evidence |" in Path("draft.md").read_text("utf-8")
    leaks = [path for path in Path().rglob("*") if path.is_file() and b"secret-key" in path.read_bytes()]
    assert leaks == [], "the key is in no file"
    assert load(kites).problems == ()


def test_an_abstract_is_the_source_only_on_request(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(toy_reply) as server:
        assert run_draft(server, kites, text_kind="paper") == 1
        assert server.requests == []
    output = capsys.readouterr()
    assert "--from abstract" in output.err
    assert "digest review" not in output.out + output.err, "without a draft there is nothing to review"


def test_messages_name_the_next_step(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(toy_reply) as server:
        assert run_draft(server, kites) == 0
        output = capsys.readouterr()
        assert 'next: digest review byron2025kites --by "YOUR NAME"' in output.out + output.err
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DIGEST_MODEL", "toy")
            patch.setenv("DIGEST_MODEL_URL", server.url)
            assert digest("draft", "nobody", "--content", kites) == 2
        assert "no entry has the id nobody" in capsys.readouterr().err
        write_entry(kites, abstract="")
        assert run_draft(server, kites) == 1
        assert "(abstract:), or name a file or an address (--source)" in capsys.readouterr().err
    assert digest("review", "nobody", "--content", kites, "--by", "Ada Byron") == 2
    assert "no entry has the id nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    "by", [{"kind": "human"}, {"kind": "ai-edited"}, {"kind": "ai", "reviewed_by": "Ada"}, None, {"kind": "ai"}]
)
def test_text_by_a_person_is_never_overwritten(by: dict[str, str] | None, kites: Path) -> None:
    write_entry(kites, tldr="Kites find their way.", **({"summary_by": by} if by else {}))
    before = (kites / ENTRY).read_bytes()
    with model_server(toy_reply) as server:
        assert run_draft(server, kites) == 1
        assert (kites / ENTRY).read_bytes() == before
        assert run_draft(server, kites, "--rewrite") == (0 if by == {"kind": "ai"} else 1)
        assert len(server.requests) == (by == {"kind": "ai"})


def _spoiled(body: dict[str, Any], times: int = 1, **changes: Any) -> Iterator[Reply]:
    """Answers with changed fields of the English text, so many times; then good ones."""
    good = toy_reply(body)
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

    def spoiled_reply(body: dict[str, Any]) -> Reply:
        replies[:] = replies or [_spoiled(body, times, tldr=COPIED)]
        return next(replies[0])

    with model_server(spoiled_reply) as server:
        assert run_draft(server, kites) == (1 if empty else 0)
        assert len(server.requests) == requests
        assert "eight words of the source" in json.dumps(server.requests[1])
    raw = entry_fields(kites)
    assert (empty in raw["summary_by"]["gates"]) is True
    assert ("en" in raw["tldr"]) is not bool(empty)
    assert ("stays empty" in capsys.readouterr().out) is bool(empty)


def test_instructions_in_a_paper_do_not_reach_the_model(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_entry(kites, abstract=f"{KITES} {HIDDEN}")
    with model_server(toy_reply) as server:
        assert run_draft(server, kites) == 0
    assert HIDDEN not in json.dumps(server.requests)
    assert "because it addresses a language model" in capsys.readouterr().err


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
        ([Reply('{"texts": [', finish_reason="length")], 1, 1),
        ([Reply("nothing")] * 9, 1, 3),
    ],
)  # fmt: skip
def test_failed_answers_are_repeated_or_reported(
    bad: list[Reply], code: int, requests: int, kites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(draft_command, "JournaledTransport", partial(model_endpoint.JournaledTransport, sleep=sleep))
    before, remaining = (kites / ENTRY).read_bytes(), list(bad)
    with model_server(lambda body: remaining.pop(0) if remaining else toy_reply(body)) as server:
        assert run_draft(server, kites) == code
        assert len(server.requests) == requests
    assert ((kites / ENTRY).read_bytes() == before) == (code == 1)
    assert not waits or waits[0] >= (3 if bad[0].headers else 1)


def test_a_request_that_timed_out_is_not_repeated_unasked(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = [Reply("x", delay=0.6)]
    with model_server(lambda body: slow.pop() if slow else toy_reply(body)) as server:
        assert run_draft(server, kites, "--timeout", "0.2") == 1
        assert run_draft(server, kites) == 1
        assert len(server.requests) == 1
        assert capsys.readouterr().err.count("--again") == 2
        assert run_draft(server, kites, "--again") == 0
        assert len(server.requests) == 2


def test_spending_stops_at_the_limit(kites: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with model_server(toy_reply) as server:
        assert run_draft(server, kites, "--most-cost", "1") == 2, "without a price, the cost is unknown"
        assert run_draft(server, kites, "--price", "1000,1000", "--most-cost", "1") == 1
        assert server.requests == []
        for price in ("1,x", "1,nan", "-1,1", "1"):
            assert run_draft(server, kites, f"--price={price}") == 2
    assert "stopped before byron2025kites" in capsys.readouterr().err


def test_requests_and_answers_of_a_batch_are_files(kites: Path) -> None:
    batch, answers = Path("batch.jsonl"), Path("answers.jsonl")
    with model_server(toy_reply) as server:
        assert run_draft(server, kites, "--export", str(batch)) == 1
        assert run_draft(server, kites, "--export", str(batch)) == 1
        (line,) = [json.loads(row) for row in batch.read_text("utf-8").splitlines()]
        assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
        body = json.loads(toy_reply(line["body"]).body())
        answer = {"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}
        answers.write_text(f"{json.dumps(answer)}\nnonsense\n", "utf-8")
        assert run_draft(server, kites, "--import", str(answers)) == 0
        assert server.requests == []
    assert "en" in entry_fields(kites)["tldr"]


class Killed(BaseException):
    """The stand-in for a kill: nothing catches it."""


def _fails_at(write: Any, point: list[int]) -> Any:
    """A function that writes, and dies in the place of its ``point``-th writing."""

    def limited(*arguments: Any, **named: Any) -> Any:
        point[0] -= 1
        if point[0] < 0:
            raise Killed
        return write(*arguments, **named)

    return limited


def test_a_killed_run_loses_nothing_and_pays_nothing_twice(kites: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered serves again; what was sent without an answer waits for --again, which a person says."""
    blank = (kites / ENTRY).read_bytes()

    def spoiled_reply(body: dict[str, Any]) -> Reply:
        return toy_reply(body) if "Your answer was" in json.dumps(body) else next(_spoiled(body, 1, tldr=COPIED))

    with model_server(spoiled_reply) as server:
        assert run_draft(server, kites) == 0
    whole, kills = (kites / ENTRY).read_bytes(), 0
    while True:
        (kites / ENTRY).write_bytes(blank)
        shutil.rmtree(".cache")
        with model_server(spoiled_reply) as server:
            point = [kills]
            with monkeypatch.context() as patch:
                for module, name in ((model_journal, "write_whole"), (evidence_module, "write_whole"),
                                     (draft_entry, "write_file")):  # fmt: skip
                    patch.setattr(module, name, _fails_at(getattr(module, name), point))
                with suppress(BaseException):
                    run_draft(server, kites)
            if point[0] >= 0:
                break
            kills += 1
            run_draft(server, kites)
            assert set(server.paid.values()) <= {1}, "nothing is paid twice"
            if (kites / ENTRY).read_bytes() == blank:
                run_draft(server, kites, "--again")
            assert (kites / ENTRY).read_bytes() == whole
    assert kills == 6, "two requests, each noted before and after; the evidence; the entry"


def test_a_killed_process_leaves_an_uncertain_request(kites: Path) -> None:
    code = "import sys; from generator.commands import draft; from tests.conftest import SETTINGS; " \
        "draft.project_settings = lambda: SETTINGS; from generator.cli import main; main(sys.argv[1:])"  # fmt: skip
    with model_server(lambda body: Reply(toy_reply(body).content, delay=1.5)) as server:
        env = {**os.environ, "DIGEST_MODEL": "toy", "DIGEST_MODEL_URL": server.url, "PYTHONPATH": str(ROOT)}
        call = ["draft", "byron2025kites", "--content", str(kites), "--from", "abstract"]
        process = subprocess.Popen([sys.executable, "-c", code, *call], env=env, stderr=subprocess.DEVNULL)
        while not server.requests and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        assert run_draft(server, kites) == 1, "it may have been paid"
        assert len(server.requests) == 1
    with model_server(toy_reply) as server:
        assert run_draft(server, kites, "--again") == 0
        assert run_draft(server, kites, "--rewrite") == 0, "from the answer that is kept"
        assert len(server.requests) == 1


def test_check_compares_a_text_with_its_saved_source(drafted: Path) -> None:
    path = drafted / ENTRY
    text = path.read_text("utf-8").replace("time whenever it fails", "77 hours whenever it fails")
    text = re.sub(r"abstract: .*\n(  .*\n)*", "", text)
    path.write_text(text, "utf-8")
    messages = [problem.message for problem in advice_of(load(drafted), Path(".cache/fetch")) if problem.code == "W607"]
    assert messages == ["77 hours is not in the source of its draft"]
    assert [problem for problem in advice_of(load(drafted)) if problem.code == "W607"] == []
