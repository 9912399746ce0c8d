"""The journal of requests to a model."""

import json
from pathlib import Path

import pytest

from generator.fetch.model_journal import Journal, Price, has_message, is_truncated

BODY = json.dumps({"model": "m", "max_tokens": 100, "messages": []}).encode()


def _response(prompt: int, completion: int) -> str:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion}
    choice = {"message": {"content": "x"}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice], "usage": usage})


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path, Price(3, 15), now=lambda: 1000.0)


def test_a_request_counts_with_its_maximum_until_it_has_a_response(journal: Journal) -> None:
    key = journal.key(BODY)
    journal.begin(key, BODY)
    assert journal.unanswered() == [key]
    assert journal.spent() == journal.estimate(BODY) == Price(3, 15).cost(len(BODY) // 3, 100)
    journal.finish(key, _response(10, 20))
    assert journal.unanswered() == []
    assert journal.spent() == pytest.approx((30 + 300) / 1e6)


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": 10}, {"prompt_tokens": 10, "completion_tokens": -1}])
def test_a_request_whose_response_does_not_count_its_tokens_keeps_its_maximum_cost(
    journal: Journal, usage: object
) -> None:
    key = journal.key(BODY)
    journal.begin(key, BODY)
    journal.finish(key, json.dumps({**json.loads(_response(0, 0)), "usage": usage}))
    assert journal.spent() == journal.estimate(BODY)


def test_a_refused_request_costs_nothing_and_an_unusable_response_does(journal: Journal) -> None:
    key = journal.key(BODY)
    journal.begin(key, BODY)
    journal.forget(key)
    assert journal.spent() == 0
    journal.begin(key, BODY)
    journal.discard_response(key)
    assert journal.entry(key) is None
    assert journal.spent() == journal.estimate(BODY)


def test_a_request_whose_response_is_discarded_in_two_runs_counts_twice(journal: Journal, tmp_path: Path) -> None:
    key = journal.key(BODY)
    for run in (journal, Journal(tmp_path, journal.price, journal.now)):
        run.begin(key, BODY)
        run.discard_response(key)
    assert journal.spent() == 2 * journal.estimate(BODY)


def test_only_the_last_day_counts(tmp_path: Path) -> None:
    times = iter([0.0, 25 * 3600.0])
    journal = Journal(tmp_path, Price(3, 15), now=lambda: next(times))
    journal.begin("a", BODY)
    assert journal.spent() == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"when": "x", "cost": 1}', b"\xff", b'{"when": 1%s, "cost": 1}' % (b"0" * 400), b"[" * 99_999],
)
def test_a_damaged_entry_is_ignored(data: bytes, journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(data)
    assert journal.entry("a") is None
    assert journal.spent() == 0


def test_responses_and_truncated_responses_are_recognized() -> None:
    assert has_message(_response(1, 1))
    assert not has_message('{"choices": []}')
    assert not is_truncated(_response(1, 1))
    assert is_truncated(_response(1, 1).replace("stop", "length"))
