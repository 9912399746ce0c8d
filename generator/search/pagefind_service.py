"""Run Pagefind's binary to index records, through its ``--service`` protocol.

The protocol (base64 JSON messages, each ended by a comma) is the one that the ``pagefind`` package uses. Its Python
class sleeps a tenth of a second for each record; this client does not. Files are received as messages, since the
service answers before it has written them to disk.
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

_CHUNK = 1 << 20  # bytes per read


class IndexNotBuilt(Exception):
    """Pagefind is missing or refused a record; the message says why."""


def pagefind_files(payloads: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """Return the files of the index of the records in ``payloads``, by name. Raises IndexNotBuilt."""
    binary = get_executable()
    if binary is None:
        raise IndexNotBuilt("the pagefind binary is not installed: run `make install`")
    messages: list[Mapping[str, Any]] = [{"type": "NewIndex", "config": {}}]
    messages += [{"type": "AddRecord", "index_id": 0, **payload} for payload in payloads]
    messages.append({"type": "GetFiles", "index_id": 0})
    command = [str(binary), "--service"]
    with (
        TemporaryFile() as log,  # its messages are hidden: if the build is stopped, it reports a broken pipe
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        assert process.stdin
        assert process.stdout
        # Write in a thread: the service stops reading its input while its output is not read.
        writer = Thread(target=_send, args=(process.stdin, messages), daemon=True)
        writer.start()
        answers = _answers(process.stdout)
        try:
            last = [next(answers) for _ in messages][-1]
        except StopIteration:
            raise IndexNotBuilt(f"pagefind ended before it answered{_last_words(log)}") from None
        finally:
            process.kill()
            writer.join()
            with suppress(OSError):  # the service has ended; the missing answers show it
                process.stdin.close()
    return {file["path"]: base64.b64decode(file["content"]) for file in last["files"]}


def _last_words(log: IO[bytes]) -> str:
    log.seek(0)
    text = log.read().decode("utf-8", "replace").strip()
    return f": {text}" if text else ""


def _send(pipe: IO[bytes], messages: Iterable[Mapping[str, Any]]) -> None:
    try:
        for number, message in enumerate(messages):
            pipe.write(base64.b64encode(json.dumps({"message_id": number, "payload": message}).encode()) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # the service has ended; the missing answers show it


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    pieces: list[bytes] = []  # parts of an incomplete message; the last message is as large as the index
    while chunk := pipe.read1(_CHUNK):  # type: ignore[attr-defined]  # a buffered reader has it
        *whole, rest = chunk.split(b",")
        for message in whole:
            payload: dict[str, Any] = json.loads(base64.b64decode(b"".join((*pieces, message))))["payload"]
            pieces.clear()
            if payload["type"] == "Error":
                raise IndexNotBuilt(f"pagefind: {payload.get('message')}")
            yield payload
        pieces.append(rest)
