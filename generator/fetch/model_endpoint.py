"""A transport for HTTP clients of a model. It sends no request twice and stays within a budget.

It supports the API of OpenAI, as hosted services, Ollama, llama.cpp and vLLM do. It reads only the fields that it needs
to store answers and to count their cost: https://platform.openai.com/docs/api-reference/chat.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2

from generator.build.safe_files import read_at_most, write_whole
from generator.fetch.client import FetchFailed, retry_after
from generator.fetch.model_journal import Journal, is_answer, is_cut

_TEMPORARY_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504})  # codes of failures that are retried
_MAX_IMPORT_SIZE = 1 << 30  # bytes of a file with answers of a batch
_CUT_MESSAGE = "the model's answer was cut: it had written as many tokens as it may (--most-tokens)"


class Uncertain(FetchFailed):
    """A request was sent and has no answer. It may have been billed."""


class BudgetExceeded(FetchFailed):
    """The next request could exceed the budget."""


class Exported(FetchFailed):
    """The request was written to a file instead of being sent."""


@dataclass(frozen=True)
class Endpoint:
    """The options for requests: seconds to wait for an answer, tries, and the budget per day (None: no limit).

    ``again`` repeats uncertain requests. ``export`` is a file to which requests are written instead of sending them.
    """

    timeout: float = 300
    tries: int = 5
    max_pause: float = 120
    max_cost: float | None = None
    again: bool = False
    export: Path | None = None


class JournaledTransport(httpx2.AsyncBaseTransport):
    """Answers from the journal, else from the server. An answer is written to the journal before it is returned."""

    def __init__(
        self,
        journal: Journal,
        endpoint: Endpoint,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        inner: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._journal, self._endpoint, self._sleep = journal, endpoint, sleep
        self._inner = inner or httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer to a request. Raises FetchFailed."""
        body = await request.aread()
        key = self._journal.key(body)
        record = self._journal.entry(key)
        if record and record.answer is not None:
            if is_cut(record.answer):
                raise FetchFailed(_CUT_MESSAGE)
            return _response(request, record.answer)
        if self._endpoint.export:
            _export(self._endpoint.export, key, body)
            raise Exported("the request was exported")
        if record and not self._endpoint.again:
            raise Uncertain(
                "an earlier run sent this request and was stopped before the answer came; it may have been paid: "
                "--again sends it once more"
            )
        self._check_cost(body)
        answer = await self._send(request, key, body)
        self._journal.finish(key, answer)
        return _response(request, answer)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _check_cost(self, body: bytes) -> None:
        limit = self._endpoint.max_cost
        if limit is not None and self._journal.spent() + self._journal.estimate(body) > limit:
            raise BudgetExceeded(
                f"${self._journal.spent():.4f} were spent in the last 24 hours; the next request could cost "
                f"${self._journal.estimate(body):.4f}, and --most-cost is ${limit:.4f}"
            )

    async def _send(self, request: httpx2.Request, key: str, body: bytes) -> str:
        request.headers["Idempotency-Key"] = key
        for number in range(1, self._endpoint.tries + 1):
            self._journal.begin(key, body)  # before sending: a killed run leaves a trace of a request that may cost
            failure, wait = "", 0.0
            try:
                response = await self._inner.handle_async_request(request)
                text = (await response.aread()).decode("utf-8", "replace")
                if response.status_code == 200 and is_answer(text):
                    return self._complete_answer(key, text)
                failure, wait = self._failure_of(response, key)
            except httpx2.ConnectError as error:  # never sent, so it is free and can be repeated
                self._journal.forget(key)
                failure = f"the server cannot be reached ({error})"
            except (httpx2.TimeoutException, httpx2.TransportError) as error:
                raise Uncertain(
                    f"no answer came ({type(error).__name__}); it may have been paid: --again asks once more"
                ) from None
            wait = max(wait, 2.0 ** (number - 1))
            if number == self._endpoint.tries or wait > self._endpoint.max_pause:
                raise FetchFailed(f"{failure}; tried {number} times")
            await self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _complete_answer(self, key: str, text: str) -> str:
        if is_cut(text):
            self._journal.finish(key, text)  # it was billed, and the same request would be cut again
            raise FetchFailed(_CUT_MESSAGE)
        return text

    def _failure_of(self, response: httpx2.Response, key: str) -> tuple[str, float]:
        """Return why an answer is unusable, and the time that the server asks to wait. Raises FetchFailed if final."""
        status = response.status_code
        if status == 200:
            self._journal.discard_answer(key)  # it was billed all the same
            return "the answer is damaged or of another interface", 0.0
        self._journal.forget(key)
        if status not in _TEMPORARY_STATUS:
            raise FetchFailed(f"the server answered {status}")
        return f"the server answered {status}", retry_after(
            response.headers.get("retry-after", ""), self._journal.now()
        )


def _response(request: httpx2.Request, answer: str) -> httpx2.Response:
    headers = {"content-type": "application/json"}
    return httpx2.Response(200, headers=headers, content=answer.encode(), request=request)


def _export(path: Path, key: str, body: bytes) -> None:
    """Add a request to a file for the batch API, unless the file already contains it."""
    line = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": json.loads(body)}
    text = path.read_text("utf-8") if path.is_file() else ""
    if f'"custom_id": "{key}"' not in text:
        write_whole(path, f"{text}{json.dumps(line, ensure_ascii=False)}\n".encode(), path.parent)


def import_answers(path: Path, journal: Journal) -> tuple[int, list[str]]:
    """Import the answers of a batch into the journal. Returns their number, and what is wrong with the others."""
    count, faults = 0, []
    for number, line in enumerate(read_at_most(path, _MAX_IMPORT_SIZE).decode("utf-8", "replace").splitlines(), 1):
        try:
            answer = json.loads(line)
            key, response = str(answer["custom_id"]), answer["response"]
            answer = json.dumps(response["body"], ensure_ascii=False)
            is_complete = response["status_code"] == 200 and is_answer(answer) and not is_cut(answer)
        except (ValueError, KeyError, TypeError):
            faults.append(f"{path}:{number}: no line of a batch's answers")
            continue
        if is_complete and key.isalnum():  # the key becomes the name of a file
            journal.finish(key, answer)
            count += 1
        else:
            faults.append(f"{path}:{number}: {key[:40]} has no whole answer")
    return count, faults
