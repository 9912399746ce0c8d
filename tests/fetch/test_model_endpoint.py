"""Requests to a model: sent once, within a budget, with responses from the journal."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from generator.fetch.client import FetchFailed
from generator.fetch.model_endpoint import (
    BudgetExceeded,
    JournaledTransport,
    RequestOptions,
    Uncertain,
    import_responses,
)
from generator.fetch.model_journal import Journal, Price

RESPONSE = json.dumps({"choices": [{"message": {"content": "x"}, "finish_reason": "stop"}]})
TRUNCATED = RESPONSE.replace("stop", "length")


def _send(folder: Path, *replies: httpx2.Response, **options: Any) -> tuple[str, int, list[float]]:
    """The text of the response, the number of requests that were sent, and the pauses."""
    waiting, requests, pauses = list(replies), [], []

    def respond(request: httpx2.Request) -> httpx2.Response:
        requests.append(request)
        return waiting.pop(0)

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def run() -> str:
        journal = Journal(folder, Price(3, 15))
        transport = JournaledTransport(journal, RequestOptions(**options), sleep, httpx2.MockTransport(respond))
        async with httpx2.AsyncClient(transport=transport) as client:
            body = {"model": "m", "max_tokens": 100, "messages": []}
            return (await client.post("https://model.example/v1/chat/completions", json=body)).text

    return asyncio.run(run()), len(requests), pauses


def _ok(text: str = RESPONSE) -> httpx2.Response:
    return httpx2.Response(200, content=text.encode())


def test_a_request_is_sent_once_over_all_runs(tmp_path: Path) -> None:
    assert _send(tmp_path, _ok()) == (RESPONSE, 1, [])
    assert _send(tmp_path) == (RESPONSE, 0, [])


def test_temporary_failures_are_retried_as_the_server_asks(tmp_path: Path) -> None:
    replies = [httpx2.Response(503, headers={"retry-after": "7"}), httpx2.Response(500), _ok()]
    assert _send(tmp_path, *replies) == (RESPONSE, 3, [7, 2])


@pytest.mark.parametrize(("status", "message"), [(401, "answered 401"), (400, "answered 400")])
def test_other_failures_are_final_and_free(tmp_path: Path, status: int, message: str) -> None:
    with pytest.raises(FetchFailed, match=message):
        _send(tmp_path, httpx2.Response(status))
    assert Journal(tmp_path, Price(3, 15)).spent() == 0


def test_an_uncertain_request_is_repeated_only_if_asked(tmp_path: Path) -> None:
    def lose(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("late")

    async def run() -> None:
        transport = JournaledTransport(Journal(tmp_path), RequestOptions(), inner=httpx2.MockTransport(lose))
        async with httpx2.AsyncClient(transport=transport) as client:
            body = {"model": "m", "max_tokens": 100, "messages": []}
            await client.post("https://model.example/v1/chat/completions", json=body)

    with pytest.raises(Uncertain):
        asyncio.run(run())
    with pytest.raises(Uncertain, match="--again"):
        _send(tmp_path, _ok())
    assert _send(tmp_path, _ok(), repeat_uncertain=True)[:2] == (RESPONSE, 1)


def test_a_truncated_response_is_stored_and_not_requested_again(tmp_path: Path) -> None:
    for replies in ([_ok(TRUNCATED)], []):
        with pytest.raises(FetchFailed, match="was cut"):
            _send(tmp_path, *replies)


def test_no_request_is_sent_beyond_the_budget(tmp_path: Path) -> None:
    with pytest.raises(BudgetExceeded):
        _send(tmp_path, _ok(), max_cost=0.0001)
    assert _send(tmp_path, _ok(), max_cost=1)[1] == 1


def test_a_repeated_request_stays_within_the_budget_too(tmp_path: Path) -> None:
    with pytest.raises(BudgetExceeded):  # one request can cost about 0.0015
        _send(tmp_path, _ok("damaged"), _ok(), max_cost=0.002)


def test_responses_of_a_batch_are_imported_with_faults_by_line(tmp_path: Path) -> None:
    lines = [
        {"custom_id": "a1", "response": {"status_code": 200, "body": json.loads(RESPONSE)}},
        {"custom_id": "b2", "response": {"status_code": 500, "body": {}}},
        {"custom_id": "../c", "response": {"status_code": 200, "body": json.loads(RESPONSE)}},
    ]
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "not JSON\n" + "[" * 100_000, "utf-8")
    journal = Journal(tmp_path / "journal")
    count, faults = import_responses(path, journal)
    assert (count, [fault.split(":")[1] for fault in faults]) == (1, ["2", "3", "4", "5"])
    assert journal.entry("a1") is not None


def test_an_answer_may_contain_line_separators(tmp_path: Path) -> None:
    body = json.loads(RESPONSE.replace("x", "a\u2028b\u0085c"))
    line = {"custom_id": "a1", "response": {"status_code": 200, "body": body}}
    path = tmp_path / "answers.jsonl"
    path.write_text(f"{json.dumps(line, ensure_ascii=False)}\n", "utf-8")
    assert import_responses(path, Journal(tmp_path / "journal")) == (1, [])
