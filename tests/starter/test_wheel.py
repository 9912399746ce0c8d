"""A digest begun, built, checked and upgraded from the wheel alone."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_suffices_to_begin_check_and_build_a_digest(wheel: Path, tmp_path: Path) -> None:
    """In a virtual environment with the packages of this one. ``make newcomer`` does the same and downloads them."""
    home, mine = tmp_path / "venv", tmp_path / "my-digest"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    site_packages = next(home.glob("lib/python*/site-packages"))
    (site_packages / "present.pth").write_text(str(Path(pytest.__file__).parent.parent), "utf-8")

    def run(*arguments: str, folder: Path) -> str:
        command = [str(home / "bin/digest"), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run("init", str(mine), "--venue", "ICLR 2026", folder=tmp_path)
    assert (mine / "requirements.txt").read_text("utf-8").startswith(f"./wheels/{wheel.name} --hash=sha256:")
    assert (mine / "wheels" / wheel.name).read_bytes() == wheel.read_bytes()
    assert "0 errors, 0 warnings" in run("check", folder=mine)
    run("build", "--strict", folder=mine)
    assert "A Mathematical Theory" in (mine / "site/papers/shannon1948mathematical/index.html").read_text("utf-8")
    assert "0 write, 0 delete" in run("upgrade", folder=mine)


def test_the_wheel_contains_the_theme_and_no_papers(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    themes = {path.relative_to(ROOT).as_posix() for path in (ROOT / "theme").rglob("*") if path.is_file()}
    assert {f"generator/starter/packaged/{path}" for path in themes} <= set(names)
    assert [name for name in names if "content/" in name] == []
