"""A transport for HTTP clients of a model. It sends no request whose response is stored, and stays within a budget.

It supports OpenAI's API for chats, which other services, Ollama, llama.cpp and vLLM also implement. It reads only the
fields that it needs to store responses and to count their cost: https://platform.openai.com/docs/api-reference/chat.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2

from generator.build.safe_files import read_at_most, write_whole
from generator.fetch.client import FetchFailed, retry_after
from generator.fetch.model_journal import Journal, has_message, is_truncated

_TEMPORARY_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504})  # codes of failures that are retried
_MAX_IMPORT_SIZE = 1 << 30  # bytes of a file with the responses of a batch
_TRUNCATED = "the model's answer was cut at the limit of tokens (--most-tokens)"


class Uncertain(FetchFailed):
    """A request was sent and has no response. It may have been billed."""


class BudgetExceeded(FetchFailed):
    """The next request could exceed the budget."""


class Exported(FetchFailed):
    """The request was written to a file instead of being sent."""


@dataclass(frozen=True)
class RequestOptions:
    """The options for requests."""

    timeout: float = 300
    """Seconds to wait for a response."""
    tries: int = 5
    """The most requests with the same body in one run, including the first one."""
    max_pause: float = 120
    """The most seconds to wait between two tries."""
    max_cost: float | None = None
    """The budget of 24 hours in US dollars; None for no limit."""
    repeat_uncertain: bool = False
    """Whether to send requests again that may have been billed."""
    export_file: Path | None = None
    """The file to which requests are written instead of sending them."""


class JournaledTransport(httpx2.AsyncBaseTransport):
    """Returns responses from the journal, else from the server. A response is journaled before it is returned."""

    def __init__(
        self,
        journal: Journal,
        options: RequestOptions,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        inner: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._journal, self._options, self._sleep = journal, options, sleep
        self._inner = inner or httpx2.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response to a request. Raises FetchFailed."""
        body = await request.aread()
        key = self._journal.key(body)
        entry = self._journal.entry(key)
        if entry and entry.response is not None:
            if is_truncated(entry.response):
                raise FetchFailed(_TRUNCATED)
            return _http_response(request, entry.response)
        if self._options.export_file:
            _export(self._options.export_file, key, body)
            raise Exported("the request was exported")
        if entry and not self._options.repeat_uncertain:
            raise Uncertain(
                "an earlier run sent this request and stopped before the response arrived; it may have been charged: "
                "--again repeats it"
            )
        response = await self._send(request, key, body)
        self._journal.finish(key, response)
        return _http_response(request, response)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    def _check_cost(self, body: bytes) -> None:
        """Raise BudgetExceeded if the cost of a request can exceed the rest of the budget."""
        limit = self._options.max_cost
        if limit is not None and self._journal.spent() + self._journal.estimate(body) > limit:
            raise BudgetExceeded(
                f"${self._journal.spent():.4f} were spent in the last 24 hours; the next request could cost "
                f"${self._journal.estimate(body):.4f}, and --most-cost is ${limit:.4f}"
            )

    async def _send(self, request: httpx2.Request, key: str, body: bytes) -> str:
        """Send a request, and return the body of the response. Temporary failures are retried. Raises FetchFailed."""
        request.headers["Idempotency-Key"] = key
        for attempt in range(1, self._options.tries + 1):
            self._check_cost(body)  # for each try: an unusable response is billed too
            # Before sending, so that the journal has the request even if the run is killed.
            self._journal.begin(key, body)
            failure, wait = "", 0.0
            try:
                response = await self._inner.handle_async_request(request)
                text = (await response.aread()).decode("utf-8", "replace")
                if response.status_code == 200 and has_message(text):
                    return self._complete_response(key, text)
                failure, wait = self._failure_of(response, key)
            except httpx2.ConnectError as error:  # never sent, so it is free and can be repeated
                self._journal.forget(key)
                failure = f"the server cannot be reached ({error})"
            except (httpx2.TimeoutException, httpx2.TransportError) as error:
                raise Uncertain(
                    f"no response arrived ({type(error).__name__}); it may have been charged: --again repeats it"
                ) from None
            wait = max(wait, 2.0 ** (attempt - 1))
            if attempt == self._options.tries or wait > self._options.max_pause:
                raise FetchFailed(f"{failure}; tried {attempt} times")
            await self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _complete_response(self, key: str, text: str) -> str:
        """Return a response. Raises FetchFailed if it is truncated."""
        if is_truncated(text):
            self._journal.finish(key, text)  # it was billed, and the same request would be truncated again
            raise FetchFailed(_TRUNCATED)
        return text

    def _failure_of(self, response: httpx2.Response, key: str) -> tuple[str, float]:
        """Return why a response is unusable, and the seconds that the server asks to wait.

        Records in the journal whether the request was billed. Raises FetchFailed if it must not be retried.
        """
        status = response.status_code
        if status == 200:
            self._journal.discard_response(key)  # it was billed although it is unusable
            return "the response is damaged or of another API", 0.0
        self._journal.forget(key)
        if status not in _TEMPORARY_STATUS:
            raise FetchFailed(f"the server answered {status}")
        return f"the server answered {status}", retry_after(
            response.headers.get("retry-after", ""), self._journal.now()
        )


def _http_response(request: httpx2.Request, body: str) -> httpx2.Response:
    headers = {"content-type": "application/json"}
    return httpx2.Response(200, headers=headers, content=body.encode(), request=request)


def _export(path: Path, key: str, body: bytes) -> None:
    """Add a request to a file for the batch API, unless the file already contains it."""
    request = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": json.loads(body)}
    text = path.read_text("utf-8") if path.is_file() else ""
    if f'"custom_id": "{key}"' not in text:
        write_whole(path, f"{text}{json.dumps(request, ensure_ascii=False)}\n".encode(), path.parent)


def import_responses(path: Path, journal: Journal) -> tuple[int, list[str]]:
    """Import the responses of a batch into the journal.

    Returns the number of imported responses, and a message for each other line of the file.
    """
    count, faults = 0, []
    # Bytes are divided at line breaks only, a text also at U+2028, which an answer can contain.
    for number, line in enumerate(read_at_most(path, _MAX_IMPORT_SIZE).splitlines(), 1):
        try:
            record = json.loads(line.decode("utf-8", "replace"))
            key, response = str(record["custom_id"]), record["response"]
            body = json.dumps(response["body"], ensure_ascii=False)
            is_complete = response["status_code"] == 200 and has_message(body) and not is_truncated(body)
        except (ValueError, KeyError, TypeError, RecursionError):
            faults.append(f"{path}:{number}: not a response of a batch")
            continue
        if is_complete and key.isalnum():  # the key becomes the name of a file
            journal.finish(key, body)
            count += 1
        else:
            faults.append(f"{path}:{number}: {key[:40]} has no complete response")
    return count, faults
