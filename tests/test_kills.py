"""A build killed at a random instant leaves the old site or the new one, whole. ``make torture`` kills 50."""

import os
import random
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

KILLS = int(os.environ.get("DIGEST_KILLS", "4"))


def _bytes_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_killed_build_leaves_a_whole_site(content: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("theme", "mkdocs.yml"):
        (project / name).symlink_to(ROOT / name)
    entry = content / "papers/conf-2025/zhu2025dogs.yaml"
    texts = [entry.read_text("utf-8"), entry.read_text("utf-8").replace("Dogs that fetch", "Dogs that wait")]
    command = [sys.executable, "-m", "generator", "build", "--content", str(content)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def build() -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=project, env=environment, stderr=subprocess.DEVNULL)

    versions = []
    for text in texts:
        entry.write_text(text, "utf-8")
        assert build().wait() == 0
        versions.append(_bytes_of(project / "site"))
    chance = random.Random(11)
    for number in range(KILLS):
        entry.write_text(texts[number % 2], "utf-8")
        process = build()
        try:
            process.wait(chance.uniform(0.1, 3.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert _bytes_of(project / "site") in versions, f"kill {number + 1} left a broken site"
    entry.write_text(texts[0], "utf-8")
    assert build().wait() == 0
    assert _bytes_of(project / "site") == versions[0]
    assert [path.name for path in project.glob(".site*building")] == []
