"""Search records to a Pagefind index, through the ``--service`` protocol of its own binary.

The protocol (base64 JSON messages, each ended by a comma) is that of the ``pagefind`` package, whose Python class
sleeps a tenth of a second for each record; this client does not.
"""

import base64
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import IO, Any

from pagefind.service import get_executable

from generator.exports.search_records import SearchRecord


class IndexNotBuilt(Exception):
    """Pagefind is missing or refused a record; the message says why."""


def write_index(records: Iterable[SearchRecord], folder: Path) -> int:
    """Index ``records`` and write the index into ``folder``. Returns how many were indexed."""
    binary = get_executable()
    if binary is None:
        raise IndexNotBuilt("the pagefind binary is not installed: run `make setup`")
    with subprocess.Popen([str(binary), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        answers = process.stdout
        index = _ask(process.stdin, answers, {"type": "NewIndex", "config": {}})["index_id"]
        messages = [{"type": "AddRecord", "index_id": index, **_payload(record)} for record in records]
        # Writing and reading at once: the service stops reading when nobody takes its answers.
        writer = Thread(target=lambda: _send(process.stdin, messages), daemon=True)
        writer.start()
        for _ in messages:
            _receive(answers)
        writer.join()
        folder.mkdir(parents=True, exist_ok=True)
        _ask(process.stdin, answers, {"type": "WriteFiles", "index_id": index, "output_path": str(folder.resolve())})
        process.stdin.close()
        process.terminate()
    return len(messages)


def _payload(record: SearchRecord) -> dict[str, Any]:
    return {
        "url": record.url,
        "content": record.content,
        "language": record.language,
        "meta": record.meta,
        "filters": {name: values for name, values in record.filters.items() if values},
        "sort": record.sort,
    }


def _send(pipe: IO[bytes] | None, messages: Iterable[dict[str, Any]]) -> None:
    assert pipe
    for message in messages:
        pipe.write(base64.b64encode(json.dumps({"message_id": 1, "payload": message}).encode()) + b",")
    pipe.flush()


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    data = bytearray()
    while (byte := pipe.read(1)) != b",":
        if not byte:
            raise IndexNotBuilt("pagefind ended before it answered")
        data += byte
    payload: dict[str, Any] = json.loads(base64.b64decode(bytes(data)))["payload"]
    if payload["type"] == "Error":
        raise IndexNotBuilt(f"pagefind: {payload.get('message')}")
    return payload


def _ask(requests: IO[bytes], answers: IO[bytes], message: dict[str, Any]) -> dict[str, Any]:
    _send(requests, [message])
    return _receive(answers)
