"""The client of Pagefind's service."""

import base64
import sys
from pathlib import Path

import pytest

from generator.search import pagefind_service
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files

_REFUSAL = base64.b64encode(b'{"message_id": 0, "payload": {"type": "Error", "message": "no such language"}}').decode()


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("pass", "ended before it responded to all messages"),
        ("raise SystemExit('no more memory')", "messages: no more memory"),
        (f"print('{_REFUSAL},', flush=True)", "no such language"),
    ],
)
def test_the_message_of_pagefind_is_reported_even_if_it_ends_early(
    program: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = tmp_path / "pagefind"
    binary.write_text(f"#!{sys.executable}\n{program}\n", "utf-8")
    binary.chmod(0o755)
    monkeypatch.setattr(pagefind_service, "get_executable", lambda: binary)
    with pytest.raises(IndexNotBuilt, match=message):
        pagefind_files({"content": "word " * 10_000} for _ in range(100))
