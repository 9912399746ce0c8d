"""A full or read-only disk: the build ends with the reason, the old site stays whole. ``make torture`` tries ten."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LEVELS = int(os.environ.get("DIGEST_LEVELS", "3"))


def _can_mount() -> bool:
    return bool(shutil.which("unshare")) and subprocess.run(["unshare", "-rm", "true"], check=False).returncode == 0


@pytest.mark.long
@pytest.mark.skipif(not _can_mount(), reason="this system lets nobody mount a disk of their own (unshare -rm)")
def test_no_space_and_no_right_to_write_leave_the_old_site(tmp_path: Path) -> None:
    command = ["unshare", "-rm", sys.executable, "-m", "tests.support.tight_disk", str(tmp_path), str(LEVELS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    for result in results:
        assert "Traceback" not in result["stderr"], result
        if result["level"] == "read-only content":
            assert (result["code"], result["site"]) == (0, "new"), result
            continue
        assert (result["code"], result["site"]) == (1, "old"), result
        reason = "Read-only file system" if result["level"] == "read-only" else "No space left on device"
        assert reason in result["stderr"], result
        assert str(tmp_path) in result["stderr"] or "site" in result["stderr"], result
    assert len(results) == LEVELS + 2
