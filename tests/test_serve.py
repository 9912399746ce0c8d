"""The preview shows an edit, and stays as it is while the content has faults."""

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
