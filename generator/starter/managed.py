"""The files of a digest that the generator keeps up to date: theme, workflows, Makefile, lock file."""

from collections.abc import Iterator
from pathlib import Path

from generator.starter.icons import ICONS, MARK
from generator.starter.lock import needed
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
    files["requirements.lock"] = needed(part("requirements.lock").read_text("utf-8"), dependencies()).encode()
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
