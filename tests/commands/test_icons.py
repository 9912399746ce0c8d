"""The command draws the icons of a digest from its mark or a logo."""

from pathlib import Path

import pytest

from generator.commands import icons as icons_command
from generator.starter.icons import ICONS, MARK
from tests.support.command import digest

WIDE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#00f"/></svg>'


def test_only_changed_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert digest("icons") == 1, "there is no mark"
    assert f"{MARK}: " in capsys.readouterr().err
    (tmp_path / "logo.svg").write_bytes(WIDE)
    assert digest("icons", "--logo", "logo.svg") == 0
    assert capsys.readouterr().out.split() == [MARK, *ICONS]
    assert icons_command.run(tmp_path, None) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "logo.svg").write_text("no picture", "utf-8")
    assert digest("icons", "--logo", "logo.svg") == 1
    assert "logo.svg: it is neither an SVG nor a PNG" in capsys.readouterr().err
    assert (tmp_path / MARK).read_bytes() == WIDE
