"""The files of a digest that the generator keeps up to date: theme, workflows, Makefile, lock file, package.

The lock file is the part of this project's lock file that a digest needs, without the test tools. It names the
dependents of each package (``# via``), so no network is needed. The package is a line for pip, and a wheel if no
registry has it. Its source is what pip recorded: https://packaging.python.org/specifications/direct-url/.
"""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from generator.starter.icons import ICONS, MARK

DISTRIBUTION = "curated-paper-digest"
WHEELS = "wheels"
_HERE = Path(__file__).parent
_FOLDERS = ("theme", ".github/workflows", ".github/scripts", ".github/ISSUE_TEMPLATE")
_FILES = (".gitlab-ci.yml",)
# Files that only the generator's project needs, and files that belong to each digest.
_NOT_FOR_DIGESTS = frozenset(
    {
        ".github/workflows/tests.yml",
        ".github/workflows/hostile.yml",
        ".github/workflows/release.yml",
        MARK,
        *ICONS,
    }
)
_WRITTEN_FOR_DIGESTS = {"Makefile": "Makefile", ".gitignore": "gitignore", ".pre-commit-config.yaml": "pre-commit.yaml"}
_BLOCK = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIA = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)


class PackageNotFound(Exception):
    """There is no way to install the same generator elsewhere. The message gives the reason."""


class Package(NamedTuple):
    """``requirement`` is a line for pip; ``wheel`` the name and bytes of a file to store in the digest, or None."""

    requirement: str
    wheel: tuple[str, bytes] | None = None


def project_file(name: str) -> Path:
    """Return the path of a part of the generator's project, in the installed package or in the checkout."""
    packaged = _HERE / "packaged"  # exists only in a wheel, whose build copies these files there
    return (packaged if packaged.is_dir() else _HERE.parent.parent) / name


def template(name: str) -> str:
    """Return the text of a file in ``files/``, the folder of files that are written only for digests."""
    return (_HERE / "files" / name).read_text("utf-8")


def template_in(language: str, name: str) -> str:
    """Return the template in another language, or '' if there is none."""
    path = _HERE / "files" / f"{Path(name).stem}.{language}{Path(name).suffix}"
    return path.read_text("utf-8") if path.is_file() else ""


def managed_files(package: Package) -> dict[str, bytes]:
    """Return the files that are kept up to date, by path in the digest's folder, sorted."""
    files = {name: project_file(name).read_bytes() for name in _project_paths() if name not in _NOT_FOR_DIGESTS}
    files |= {name: template(source).encode() for name, source in _WRITTEN_FOR_DIGESTS.items()}
    files["requirements.lock"] = reduced_lock(
        project_file("requirements.lock").read_text("utf-8"), dependencies()
    ).encode()
    files["requirements.txt"] = f"{package.requirement}\n".encode()
    if package.wheel:
        files[f"{WHEELS}/{package.wheel[0]}"] = package.wheel[1]
    return dict(sorted(files.items()))


def _project_paths() -> Iterator[str]:
    yield from _FILES
    for folder in _FOLDERS:
        root = project_file(folder)
        for path in root.rglob("*"):
            if path.is_file():
                yield f"{folder}/{path.relative_to(root).as_posix()}"


def reduced_lock(lock: str, names: Iterable[str]) -> str:
    """Return the blocks of ``lock`` for the packages ``names`` and their dependencies, in order.

    Raises ValueError if one of ``names`` is not in the lock.
    """
    blocks = [(_normalized(match[0]), block) for block in _BLOCK.split(lock) if (match := _NAME.match(block))]
    kept = {_normalized(name) for name in names}
    if missing := sorted(kept - {name for name, _ in blocks}):
        raise ValueError(f"not in the lock: {', '.join(missing)}")
    dependents: dict[str, set[str]] = {}
    for name, block in blocks:  # a package may have a block for each version of Python
        dependents.setdefault(name, set()).update(map(_normalized, _VIA.findall(block)))
    while added := {name for name, users in dependents.items() if name not in kept and users & kept}:
        kept |= added
    return "".join(block for name, block in blocks if name in kept)


def _normalized(name: str) -> str:
    """Normalize a name: https://packaging.python.org/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_package() -> Package:
    """Return the installed generator. Raises PackageNotFound."""
    distribution = metadata.distribution(DISTRIBUTION)
    text = distribution.read_text("direct_url.json")
    if text is None:  # pip writes the file only for packages that do not come from a registry
        return Package(f"{DISTRIBUTION}=={distribution.version}")
    return _from_url(json.loads(text))


def dependencies() -> list[str]:
    """Return the names of the generator's dependencies, without those of its extras."""
    requirements = metadata.distribution(DISTRIBUTION).requires or []
    return [name[0] for line in requirements if "extra ==" not in line and (name := _NAME.match(line))]


def _from_url(record: dict[str, Any]) -> Package:
    address = str(record["url"])
    parts = urlsplit(address)
    if "vcs_info" in record:
        vcs = record["vcs_info"]
        return Package(f"{DISTRIBUTION} @ {vcs['vcs']}+{address}@{vcs['commit_id']}")
    if parts.scheme != "file":
        return Package(f"{DISTRIBUTION} @ {address}")
    path = Path(unquote(parts.path))
    if path.is_dir():
        return _bundled(*_build_wheel(path))
    try:
        return _bundled(path.name, path.read_bytes())
    except OSError:
        message = f"{path}, from which the generator was installed, is gone; install it again, then try again"
        raise PackageNotFound(message) from None


def _bundled(name: str, data: bytes) -> Package:
    digest = hashlib.sha256(data).hexdigest()
    return Package(f"./{WHEELS}/{name} --hash=sha256:{digest}", (name, data))


def _build_wheel(checkout: Path) -> tuple[str, bytes]:
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
