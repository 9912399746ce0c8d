"""The files of a digest that the generator keeps up to date: theme, workflows, Makefile, lock file, package.

The lock file is that of this project without the test tools. It is reduced without a network, because it states the
dependents of each package (``# via``). The package is a line for pip, and a wheel if it does not come from a registry.
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

from generator.build.version import DISTRIBUTION
from generator.starter.icons import ICONS, MARK

WHEELS = "wheels"
_HERE = Path(__file__).parent
_FOLDERS = ("theme", ".github/workflows", ".github/scripts", ".github/ISSUE_TEMPLATE")
_FILES = (".gitlab-ci.yml",)
# Files that only the generator's project needs, and files that each digest has of its own.
_NOT_FOR_DIGESTS = frozenset(
    {
        ".github/workflows/tests.yml",
        ".github/workflows/hostile.yml",
        ".github/workflows/release.yml",
        MARK,
        *ICONS,
    }
)
# Managed files with a template in ``files/``: path in the digest's folder, name of the template.
_TEMPLATES = {"Makefile": "Makefile", ".gitignore": "gitignore", ".pre-commit-config.yaml": "pre-commit.yaml"}
# The lock file has a block for each package, from a line such as ``jinja2==3.1.6 \`` to the next such line.
_BLOCK_START = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
# ``    # via mkdocs``, or with several dependents ``    # via`` and then ``    #   mkdocs`` for each
_DEPENDENT = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)


class PackageNotFound(Exception):
    """The installed generator cannot be installed in a digest. The message gives the reason."""


class Package(NamedTuple):
    """How a digest installs the generator.

    ``requirement`` is a line for pip. ``wheel`` is the name and the bytes of a file to store in the digest, or None.
    """

    requirement: str
    wheel: tuple[str, bytes] | None = None


def project_file(name: str) -> Path:
    """The path of a file or folder of the generator's project, in the installed package or in the checkout."""
    packaged = _HERE / "packaged"  # exists only in a wheel: its build copies the files there
    return (packaged if packaged.is_dir() else _HERE.parent.parent) / name


def template(name: str) -> str:
    """The text of a file in ``files/``, the folder of templates for digests."""
    return (_HERE / "files" / name).read_text("utf-8")


def template_in(language: str, name: str) -> str:
    """The text of a template in another language; '' if there is none."""
    path = _HERE / "files" / f"{Path(name).stem}.{language}{Path(name).suffix}"
    return path.read_text("utf-8") if path.is_file() else ""


def managed_files(package: Package) -> dict[str, bytes]:
    """The bytes of the files that are kept up to date, by path in the digest's folder, sorted by path."""
    files = {path: project_file(path).read_bytes() for path in _project_paths() if path not in _NOT_FOR_DIGESTS}
    files |= {path: template(name).encode() for path, name in _TEMPLATES.items()}
    files["requirements.lock"] = reduced_lock(
        project_file("requirements.lock").read_text("utf-8"), dependencies()
    ).encode()
    files["requirements.txt"] = f"{package.requirement}\n".encode()
    if package.wheel:
        files[f"{WHEELS}/{package.wheel[0]}"] = package.wheel[1]
    return dict(sorted(files.items()))


def _project_paths() -> Iterator[str]:
    """Yield the paths of the project's files that digests may need."""
    yield from _FILES
    for folder in _FOLDERS:
        root = project_file(folder)
        for path in root.rglob("*"):
            if path.is_file():
                yield f"{folder}/{path.relative_to(root).as_posix()}"


def reduced_lock(lock: str, names: Iterable[str]) -> str:
    """The blocks of the lock file ``lock`` for the packages ``names`` and their dependencies, in the same order.

    Raises ValueError if one of ``names`` is not in the lock file.
    """
    blocks = [(_normalized(match[0]), block) for block in _BLOCK_START.split(lock) if (match := _NAME.match(block))]
    needed = {_normalized(name) for name in names}
    if missing := sorted(needed - {name for name, _ in blocks}):
        raise ValueError(f"not in the lock: {', '.join(missing)}")
    dependents: dict[str, set[str]] = {}
    for name, block in blocks:  # a package can have several blocks, for versions of Python
        dependents.setdefault(name, set()).update(map(_normalized, _DEPENDENT.findall(block)))
    # Add direct dependencies of needed packages until there are no more.
    while added := {name for name, users in dependents.items() if name not in needed and users & needed}:
        needed |= added
    return "".join(block for name, block in blocks if name in needed)


def _normalized(name: str) -> str:
    """Normalize a name: https://packaging.python.org/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_package() -> Package:
    """How to install the generator that is running now. Raises PackageNotFound."""
    distribution = metadata.distribution(DISTRIBUTION)
    # The source of a package that does not come from a registry, as recorded by pip:
    # https://packaging.python.org/specifications/direct-url/
    direct_url = distribution.read_text("direct_url.json")
    if direct_url is None:
        return Package(f"{DISTRIBUTION}=={distribution.version}")
    return _from_direct_url(json.loads(direct_url))


def dependencies() -> list[str]:
    """The names of the generator's dependencies, without those of its extras."""
    requirements = metadata.distribution(DISTRIBUTION).requires or []
    return [name[0] for line in requirements if "extra ==" not in line and (name := _NAME.match(line))]


def _from_direct_url(direct_url: dict[str, Any]) -> Package:
    """The package for pip's record of its source: a repository, a URL, a checkout or a wheel file."""
    address = str(direct_url["url"])
    parts = urlsplit(address)
    if "vcs_info" in direct_url:
        vcs_info = direct_url["vcs_info"]
        return Package(f"{DISTRIBUTION} @ {vcs_info['vcs']}+{address}@{vcs_info['commit_id']}")
    if parts.scheme != "file":
        return Package(f"{DISTRIBUTION} @ {address}")
    path = Path(unquote(parts.path))
    if path.is_dir():
        return _bundled(*_build_wheel(path))
    try:
        return _bundled(path.name, path.read_bytes())
    except OSError:
        message = f"{path}, from which the generator was installed, no longer exists; install the generator again"
        raise PackageNotFound(message) from None


def _bundled(wheel_name: str, wheel: bytes) -> Package:
    """The package of a wheel that is stored in the digest."""
    wheel_hash = hashlib.sha256(wheel).hexdigest()
    return Package(f"./{WHEELS}/{wheel_name} --hash=sha256:{wheel_hash}", (wheel_name, wheel))


def _build_wheel(checkout: Path) -> tuple[str, bytes]:
    """Build a wheel from the checkout of an editable installation. Returns its name and bytes."""
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
