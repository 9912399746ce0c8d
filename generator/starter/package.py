"""How a digest installs its generator: a line for pip, and a wheel if no registry has the package.

The source is what pip recorded at installation: https://packaging.python.org/specifications/direct-url/.
"""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

DISTRIBUTION = "curated-paper-digest"
WHEELS = "wheels"
_NAME = re.compile(r"[A-Za-z0-9._-]+")


class PackageNotFound(Exception):
    """There is no way to install the same generator elsewhere. The message gives the reason."""


class Package(NamedTuple):
    """``requirement`` is a line for pip; ``wheel`` the name and bytes of a file to store in the digest, or None."""

    requirement: str
    wheel: tuple[str, bytes] | None = None


def own_package() -> Package:
    """Return the installed generator. Raises PackageNotFound."""
    distribution = metadata.distribution(DISTRIBUTION)
    text = distribution.read_text("direct_url.json")
    if text is None:  # pip writes the file only for packages that do not come from a registry
        return Package(f"{DISTRIBUTION}=={distribution.version}")
    return _from_address(json.loads(text))


def dependencies() -> list[str]:
    """Return the names of the generator's dependencies, without those of its extras."""
    requirements = metadata.distribution(DISTRIBUTION).requires or []
    return [name[0] for line in requirements if "extra ==" not in line and (name := _NAME.match(line))]


def _from_address(record: dict[str, Any]) -> Package:
    address = str(record["url"])
    parts = urlsplit(address)
    if "vcs_info" in record:
        vcs = record["vcs_info"]
        return Package(f"{DISTRIBUTION} @ {vcs['vcs']}+{address}@{vcs['commit_id']}")
    if parts.scheme != "file":
        return Package(f"{DISTRIBUTION} @ {address}")
    path = Path(unquote(parts.path))
    if path.is_dir():
        return _carried(*_built(path))
    try:
        return _carried(path.name, path.read_bytes())
    except OSError:
        message = f"{path}, from which the generator was installed, is gone; install it again, then try again"
        raise PackageNotFound(message) from None


def _carried(name: str, data: bytes) -> Package:
    digest = hashlib.sha256(data).hexdigest()
    return Package(f"./{WHEELS}/{name} --hash=sha256:{digest}", (name, data))


def _built(checkout: Path) -> tuple[str, bytes]:
    """Build a wheel from the checkout of an editable installation."""
    builders = [
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"],  # environments of uv have no pip
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", ".", "-w"],
    ]
    builder = builders[0] if importlib.util.find_spec("hatchling") else builders[1]
    with tempfile.TemporaryDirectory(prefix="digest-wheel-") as folder:
        completed = subprocess.run([*builder, folder], cwd=checkout, capture_output=True, text=True, check=False)
        wheels = sorted(Path(folder).glob("*.whl"))
        if completed.returncode or not wheels:
            last_line = completed.stderr.strip().splitlines()[-1:] or ["the builder gave no reason"]
            raise PackageNotFound(f"no wheel could be built from {checkout}: {last_line[0]}")
        return wheels[0].name, wheels[0].read_bytes()
