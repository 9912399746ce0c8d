"""The preview shows an edit, and does not change while the content has errors."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.commands.serve import PreviewServer, _Preview
from tests.conftest import ROOT


def _preview(content: Path, tmp_path: Path) -> _Preview:
    folder = tmp_path / "preview"
    folder.mkdir()
    return _Preview(content, folder)


def test_an_edit_is_shown_unless_it_has_errors(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    preview = _preview(content, tmp_path)
    page = preview.site / "papers/zhu2025dogs/index.html"
    preview.rebuild()
    assert "Dogs that fetch" in page.read_text("utf-8")
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("Dogs that fetch", "Dogs that wait"), "utf-8")
    preview.rebuild()
    assert "Dogs that wait" in page.read_text("utf-8")
    entry.write_text("title: [", "utf-8")
    capsys.readouterr()
    preview.rebuild()
    assert "zhu2025dogs.yaml:1:" in capsys.readouterr().err
    assert "Dogs that wait" in page.read_text("utf-8")


def test_links_are_not_followed_while_watching(content: Path) -> None:
    """With two links to their own folder, it would never end."""
    (content / "papers/loop").symlink_to(".")
    server = PreviewServer(lambda: None, "127.0.0.1", 0, str(content), "/")
    server.watch(str(content))
    (emitter,) = server.observer.emitters
    emitter.on_thread_start()  # takes a snapshot of the folder
    paths = emitter._snapshot.paths  # type: ignore[attr-defined]
    server.server_close()
    assert str(content / "papers/loop") in paths
    assert not [path for path in paths if "loop/" in path]


def test_a_broken_template_leaves_the_preview_as_it_is(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "theme", project / "theme")
    shutil.copy(ROOT / "mkdocs.yml", project)
    monkeypatch.chdir(project)
    preview = _preview(content, tmp_path)
    page = preview.site / "papers/zhu2025dogs/index.html"
    preview.rebuild()
    assert "Dogs that fetch" in page.read_text("utf-8")
    template = project / "theme/pages/paper.md.j2"
    whole = template.read_text("utf-8")
    for broken in ("{% if %}", "{{ nothing.here.at_all }}"):
        template.write_text(f"{broken}\n{whole}", "utf-8")
        preview.rebuild()
        assert "a template of the theme is wrong" in capsys.readouterr().err
        assert "Dogs that fetch" in page.read_text("utf-8")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_preview_leaves_no_files(ending: signal.Signals, content: Path, tmp_path: Path) -> None:
    """No process and no folder of 200 MB remains, even if the terminal is closed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "--content", str(content), "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}, stderr=subprocess.PIPE, text=True
    )
    try:
        while process.poll() is None and not _answers(port):
            time.sleep(0.05)
        assert list(tmp_path.glob("digest-preview-*"))
        process.send_signal(ending)
        _, output = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, "Traceback" in output, list(tmp_path.glob("digest-preview-*"))) == (0, False, [])


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize(
    "path", ["/\0", "/a\0b/", "/papers/\0", f"/{'x' * 300}/", "/\0\0.html", "/\xff\xfe", "/\xc0\xaf/"]
)
def test_an_impossible_path_is_not_found(tmp_path: Path, path: str) -> None:
    server = PreviewServer(builder=lambda: None, host="127.0.0.1", port=0, root=str(tmp_path), mount_path="/")
    answers: list[str] = []
    body = server.serve_request(
        {"PATH_INFO": path, "SCRIPT_NAME": ""}, lambda status, _headers, *_: answers.append(status)
    )
    assert answers == ["404 Not Found"]
    assert list(body)
    server.server_close()
