"""A project whose settings let mail be written, and its command."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, TOY


def project_with(tmp_path: Path, extra: str) -> Path:
    project = tmp_path / "project"
    project.mkdir()
    (project / "theme").symlink_to(ROOT / "theme")
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("extra:\n", f"extra:\n{extra}", 1)
    (project / "mkdocs.yml").write_text(re.sub("  founded: .*\n", "", text), "utf-8")
    return project


def mail_command(project: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """``digest mail`` in a project's folder, as a process."""
    command = [sys.executable, "-m", "generator", "mail", *arguments, "--content", str(TOY)]
    return subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def mail_project(tmp_path: Path) -> Path:
    """A project folder whose settings let mail be written."""
    return project_with(
        tmp_path,
        "  mail_from: digest@toy.example\n  mail_unsubscribe: https://lists.example.org/end?a={address}\n",
    )
