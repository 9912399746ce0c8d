"""Run Pagefind's binary to index records, through its ``--service`` protocol.

The protocol is the one that the ``pagefind`` package uses: JSON messages in base64, each followed by a comma. The
package's Python class sleeps a tenth of a second for each record; this client does not. It receives files as messages,
since the service reports success before it has written files to disk.
"""

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

_READ_SIZE = 1 << 20  # bytes


class IndexNotBuilt(Exception):
    """Pagefind is not installed, or failed; the message says why."""


def pagefind_files(payloads: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """Index the records in ``payloads`` and return the files of the index by their paths. Raises IndexNotBuilt."""
    binary = get_executable()
    if binary is None:
        raise IndexNotBuilt("the pagefind binary is not installed: run `make install`")
    messages: list[Mapping[str, Any]] = [{"type": "NewIndex", "config": {}}]
    messages += [{"type": "AddRecord", "index_id": 0, **payload} for payload in payloads]
    messages.append({"type": "GetFiles", "index_id": 0})
    command = [str(binary), "--service"]
    with (
        TemporaryFile() as log,  # hides messages of Pagefind such as that of a broken pipe if the build is stopped
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        assert process.stdin
        assert process.stdout
        # Write in a thread: the service stops reading its input while its output is not read.
        writer = Thread(target=_send, args=(process.stdin, messages), daemon=True)
        writer.start()
        responses = _responses(process.stdout)
        try:
            last_response = [next(responses) for _ in messages][-1]
        except StopIteration:
            raise IndexNotBuilt(f"pagefind ended before it responded to all messages{_log_message(log)}") from None
        finally:
            process.kill()
            writer.join()
            with suppress(OSError):  # the service has ended, which the missing responses show
                process.stdin.close()
    return {file["path"]: base64.b64decode(file["content"]) for file in last_response["files"]}


def _log_message(log: IO[bytes]) -> str:
    """The text of a log after a colon; '' if the log is empty."""
    log.seek(0)
    text = log.read().decode("utf-8", "replace").strip()
    return f": {text}" if text else ""


def _send(pipe: IO[bytes], messages: Iterable[Mapping[str, Any]]) -> None:
    try:
        for number, message in enumerate(messages):
            pipe.write(base64.b64encode(json.dumps({"message_id": number, "payload": message}).encode()) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # the service has ended, which the missing responses show


def _responses(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the content of each response. Raises IndexNotBuilt if one is an error."""
    pieces: list[bytes] = []  # of an incomplete message; the last message is as large as the index
    while received := pipe.read1(_READ_SIZE):  # type: ignore[attr-defined]  # a buffered reader has it
        *message_ends, rest = received.split(b",")
        for message_end in message_ends:
            payload: dict[str, Any] = json.loads(base64.b64decode(b"".join((*pieces, message_end))))["payload"]
            pieces.clear()
            if payload["type"] == "Error":
                raise IndexNotBuilt(f"pagefind: {payload.get('message')}")
            yield payload
        pieces.append(rest)
