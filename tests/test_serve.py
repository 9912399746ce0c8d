"""The preview shows an edit, and stays as it is while the content has faults."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.commands import serve
from tests.conftest import ROOT


def test_an_edit_is_shown_and_a_fault_is_not(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(serve, "DOCS", tmp_path / "docs")
    folder = tmp_path / "preview"
    folder.mkdir()
    page = folder / "site/papers/zhu2025dogs/index.html"
    serve._rebuild(content, folder)
    assert "Dogs that fetch" in page.read_text("utf-8")
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("Dogs that fetch", "Dogs that wait"), "utf-8")
    serve._rebuild(content, folder)
    assert "Dogs that wait" in page.read_text("utf-8")
    entry.write_text("title: [", "utf-8")
    capsys.readouterr()
    serve._rebuild(content, folder)
    assert "zhu2025dogs.yaml:1:" in capsys.readouterr().err
    assert "Dogs that wait" in page.read_text("utf-8")


def test_a_preview_that_is_ended_leaves_nothing(content: Path, tmp_path: Path) -> None:
    """Whoever closes the terminal has no folder of 200 MB left."""
    command = [sys.executable, "-m", "generator", "serve", "--content", str(content), "--port", "0"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    while process.poll() is None and not list(tmp_path.glob("digest-preview-*")):
        time.sleep(0.01)
    process.terminate()
    said, _ = process.communicate()
    assert (process.returncode, said, list(tmp_path.glob("digest-preview-*"))) == (0, b"", [])
