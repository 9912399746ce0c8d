"""The files of a digest that the generator keeps up to date: theme, workflows, Makefile, lock file.

The lock file is the part of this project's own that a digest needs, without the test tools. It names the dependents
of each package (``# via``), so no network is needed.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.starter.icons import ICONS, MARK
from generator.starter.package import WHEELS, Package, dependencies

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
_LOCK_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIA = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)


def part(name: str) -> Path:
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
    files = {name: part(name).read_bytes() for name in _paths() if name not in _NOT_FOR_DIGESTS}
    files |= {name: template(source).encode() for name, source in _WRITTEN_FOR_DIGESTS.items()}
    files["requirements.lock"] = needed_packages(part("requirements.lock").read_text("utf-8"), dependencies()).encode()
    files["requirements.txt"] = f"{package.requirement}\n".encode()
    if package.wheel:
        files[f"{WHEELS}/{package.wheel[0]}"] = package.wheel[1]
    return dict(sorted(files.items()))


def _paths() -> Iterator[str]:
    yield from _FILES
    for folder in _FOLDERS:
        root = part(folder)
        for path in root.rglob("*"):
            if path.is_file():
                yield f"{folder}/{path.relative_to(root).as_posix()}"


def needed_packages(lock: str, wanted: Iterable[str]) -> str:
    """Return the blocks of ``lock`` for the packages ``wanted`` and their dependencies, in order.

    Raises ValueError if one of ``wanted`` is not in the lock.
    """
    blocks = [(_normal(match[0]), block) for block in _BLOCK.split(lock) if (match := _LOCK_NAME.match(block))]
    keep = {_normal(name) for name in wanted}
    if absent := sorted(keep - {name for name, _ in blocks}):
        raise ValueError(f"not in the lock: {', '.join(absent)}")
    dependents: dict[str, set[str]] = {}
    for name, block in blocks:  # a package may have a block for each version of Python
        dependents.setdefault(name, set()).update(map(_normal, _VIA.findall(block)))
    while more := {name for name, users in dependents.items() if name not in keep and users & keep}:
        keep |= more
    return "".join(block for name, block in blocks if name in keep)


def _normal(name: str) -> str:
    """Normalize a name: https://packaging.python.org/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()
