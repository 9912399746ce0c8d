"""Search records to a Pagefind index, through the ``--service`` protocol of its own binary.

The protocol (base64 JSON messages, each ended by a comma) is that of the ``pagefind`` package, whose Python class
sleeps a tenth of a second for each record; this client does not. The files come back as messages, since the service
answers before it has written them to disk.
"""

import base64
import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from generator.model.search_record import SearchRecord
from generator.output.pagefind_canonical import canonical

_CHUNK = 1 << 16


class IndexNotBuilt(Exception):
    """Pagefind is missing or refused a record; the message says why."""


def index_files(records: Sequence[SearchRecord]) -> dict[str, bytes]:
    """The index of ``records``: its files by name. The same records give the same bytes. Raises IndexNotBuilt."""
    return canonical(_index(records), records)


def _index(records: Iterable[SearchRecord]) -> dict[str, bytes]:
    """The index's files as Pagefind makes them, by name."""
    binary = get_executable()
    if binary is None:
        raise IndexNotBuilt("the pagefind binary is not installed: run `make setup`")
    messages = [{"type": "AddRecord", "index_id": 0, **_payload(record)} for record in records]
    messages = [{"type": "NewIndex", "config": {}}, *messages, {"type": "GetFiles", "index_id": 0}]
    with subprocess.Popen([str(binary), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        # Writing and reading at once: the service stops reading when nobody takes its answers.
        writer = Thread(target=_send, args=(process.stdin, messages), daemon=True)
        writer.start()
        answers = _answers(process.stdout)
        try:
            last = [next(answers) for _ in messages][-1]
        except StopIteration:
            raise IndexNotBuilt("pagefind ended before it answered") from None
        finally:
            process.kill()
        writer.join()
    return {file["path"]: base64.b64decode(file["content"]) for file in last["files"]}


def _payload(record: SearchRecord) -> dict[str, Any]:
    return {
        "url": record.url,
        "content": record.content,
        "language": record.language,
        "meta": record.meta,
        "filters": {},
        "sort": {},
    }


def _send(pipe: IO[bytes], messages: Iterable[dict[str, Any]]) -> None:
    try:
        for number, message in enumerate(messages):
            pipe.write(base64.b64encode(json.dumps({"message_id": number, "payload": message}).encode()) + b",")
        pipe.flush()
    except BrokenPipeError:
        return  # the service has ended; its missing answers tell so


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    held = b""
    while chunk := pipe.read1(_CHUNK):  # type: ignore[attr-defined]  # a buffered reader has it
        *whole, held = (held + chunk).split(b",")
        for message in whole:
            payload: dict[str, Any] = json.loads(base64.b64decode(message))["payload"]
            if payload["type"] == "Error":
                raise IndexNotBuilt(f"pagefind: {payload.get('message')}")
            yield payload
