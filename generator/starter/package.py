"""How a digest comes to the generator that began it: a line for pip, and a wheel where no registry has it.

What pip noted when it installed the generator tells: https://packaging.python.org/specifications/direct-url/.
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
    """A digest could not be told how to install the generator; the message says why."""


class Package(NamedTuple):
    """``requirement`` is a line for pip; ``wheel`` a file that the digest carries along, by its name, or None."""

    requirement: str
    wheel: tuple[str, bytes] | None = None


def own_package() -> Package:
    """The generator as it is installed here. Raises PackageNotFound."""
    distribution = metadata.distribution(DISTRIBUTION)
    text = distribution.read_text("direct_url.json")
    if text is None:
        return Package(f"{DISTRIBUTION}=={distribution.version}")
    return _from_address(json.loads(text))


def dependencies() -> list[str]:
    """The names of the packages that the generator itself asks for, without those of its extras."""
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
    """A wheel of the checkout in which the generator is being worked on."""
    builders = [
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"],  # an environment made by uv has no pip
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", ".", "-w"],
    ]
    builder = builders[0] if importlib.util.find_spec("hatchling") else builders[1]
    with tempfile.TemporaryDirectory(prefix="digest-wheel-") as folder:
        done = subprocess.run([*builder, folder], cwd=checkout, capture_output=True, text=True, check=False)
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            last = done.stderr.strip().splitlines()[-1:] or ["the builder gave no reason"]
            raise PackageNotFound(f"no wheel could be built from {checkout}: {last[0]}")
        return wheels[0].name, wheels[0].read_bytes()
