"""A server that stands in for a model."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tools.model_server import Reply, model_server


def _post(url: str, key: str) -> bytes:
    request = Request(f"{url}/chat/completions", b'{"model": "m"}', {"Idempotency-Key": key})
    with urlopen(request) as response:
        data: bytes = response.read()
    return data


def test_requests_are_recorded_and_only_successful_ones_are_paid() -> None:
    replies = iter([Reply("one"), Reply(status=503), Reply(raw="not JSON")])
    with model_server(lambda _body: next(replies)) as server:
        answer = json.loads(_post(server.url, "a"))
        with pytest.raises(HTTPError, match="503"):
            _post(server.url, "b")
        assert _post(server.url, "a") == b"not JSON"
    assert answer["choices"][0]["message"]["content"] == "one"
    assert server.requests == [{"model": "m"}] * 3
    assert server.paid == {"a": 2}
