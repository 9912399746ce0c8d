"""Run builds on a disk of its own, full or read-only, and print what they leave, as JSON. Needs ``unshare -rm``.

Usage: unshare -rm python -m tests.support.tight_disk FOLDER LEVELS
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

from generator import cli
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
    os.chdir(project)
    os.environ["DIGEST_CACHE"] = str(folder / "cache")
    for text in (before.replace("Dogs", "Hounds"), before):
        entry.write_text(text, "utf-8")
        assert _run() == 0
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
    code, stderr = _build()
    files = _bytes_of(project / "site")
    return {
        "level": level,
        "code": code,
        "stderr": stderr,
        "site": "old" if files == old else "new" if files == new else "broken",
    }


def _run() -> int:
    """Build in this process."""
    try:
        cli.main(["build"])
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001 - a traceback is what the test looks for
        traceback.print_exc()
    return 1


def _build() -> tuple[int, str]:
    """Build in a fork of this process, which has imported all modules and compiled all templates."""
    with tempfile.TemporaryFile() as stderr:
        child = os.fork()
        if child == 0:
            os.dup2(stderr.fileno(), sys.stderr.fileno())
            os._exit(_run())
        _, status = os.waitpid(child, 0)
        stderr.seek(0)
        return os.waitstatus_to_exitcode(status), stderr.read().decode()


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _mount(folder: Path, what: str, options: str) -> None:
    kind = ["--bind"] if options == "bind" else ["-t", "tmpfs", "-o", options]
    subprocess.run(["mount", *kind, what, str(folder)], check=True)


def _remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
