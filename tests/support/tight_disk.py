"""Run builds on a disk of its own, full or read-only, and print what they leave, as JSON. Needs ``unshare -rm``.

Usage: unshare -rm python -m tests.support.tight_disk FOLDER LEVELS
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, TOY

ENTRY = "content/papers/conf-2025/zhu2025dogs.yaml"


def main(folder: Path, levels: int) -> None:
    """Print a list of {level, code, stderr, site}: ``site`` is old, new or broken."""
    _mount(folder, "tmpfs", "size=400m")
    project = folder / "project"
    project.mkdir()
    for name in ("theme", "mkdocs.yml"):
        (project / name).symlink_to(ROOT / name)
    shutil.copytree(TOY, project / "content")
    entry = project / ENTRY
    before = entry.read_text("utf-8")
    versions = []
    for text in (before.replace("Dogs", "Hounds"), before):
        entry.write_text(text, "utf-8")
        assert _build(project)[0] == 0
        versions.append(_bytes_of(project / "site"))
    new, old = versions
    entry.write_text(before.replace("Dogs", "Hounds"), "utf-8")
    shutil.rmtree(folder / "cache")
    free = os.statvfs(folder)
    used = (free.f_blocks - free.f_bfree) * free.f_frsize
    needed = sum(len(data) for data in new.values())
    results = []
    for level in range(levels):
        _remount(folder, f"size={used + needed * level // levels}")
        results.append(_outcome(project, f"{level}/{levels} of the space", old, new))
        _remount(folder, "size=400m")
        shutil.rmtree(folder / "cache", ignore_errors=True)
    _remount(folder, "ro")
    results.append(_outcome(project, "read-only", old, new))
    _remount(folder, "rw,size=400m")
    _mount(project / "content", str(project / "content"), "bind")
    _remount(project / "content", "bind,ro")
    results.append(_outcome(project, "read-only content", old, new))
    print(json.dumps(results))


def _outcome(project: Path, level: str, old: dict[str, bytes], new: dict[str, bytes]) -> dict[str, object]:
    code, told = _build(project)
    found = _bytes_of(project / "site")
    return {
        "level": level,
        "code": code,
        "stderr": told,
        "site": "old" if found == old else "new" if found == new else "broken",
    }


def _build(project: Path) -> tuple[int, str]:
    command = [sys.executable, "-B", "-m", "generator", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DIGEST_CACHE": str(project.parent / "cache")}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _mount(folder: Path, what: str, options: str) -> None:
    kind = ["--bind"] if options == "bind" else ["-t", "tmpfs", "-o", options]
    subprocess.run(["mount", *kind, what, str(folder)], check=True)


def _remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
