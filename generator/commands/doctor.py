"""``digest doctor``: what is installed, what is missing, and how to mend it."""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import generator
from generator.build.cache import cache_folder, is_private
from generator.commands.arguments import add_content, add_site
from generator.model.problem import Problem
from generator.site.hosts import HOSTS, size_of

ABOUT = "report what is installed, what is missing, and how to fix it"
_PYTHON, _TESTED = (3, 11), (3, 14)
DISK_LEAST = 500 * 1024 * 1024
_DAY = 24 * 3600
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)
_MEND = "touch requirements.lock; make install"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")


class State(StrEnum):
    """How a part of the installation is."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


class Part(NamedTuple):
    """One thing that was looked at: what was found, and how to mend it."""

    name: str
    state: State
    detail: str
    mend: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content(parser)
    add_site(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 1 if something is missing without which no site can be built."""
    parts = list(examined(arguments.content, arguments.site_dir))
    for part in parts:
        print(f"{part.state.value:<5} {part.name}: {part.detail}")
        if part.mend and part.state is not State.GOOD:
            print(f"      {part.mend}")
    bad = sum(part.state is State.BAD for part in parts)
    notes = sum(part.state is State.NOTE for part in parts)
    print(f"{bad} to fix, {notes} to note, of {len(parts)} checks", file=sys.stderr)
    return 1 if bad else 0


def examined(content: Path, site: Path) -> Iterator[Part]:
    """Look at everything that a build needs, and then at what only some work needs."""
    yield python(sys.version_info[:2])
    yield tried("packages", partial(packages, Path("requirements.lock")))
    yield tried("search indexer", search)
    yield tried("settings", settings)
    yield folder("theme", Path("theme/overrides"), "Run in the project's folder, or take theme/ from git.")
    yield folder("content", content, "Run in the project's folder, or name another with --content DIR.")
    for place in (site.absolute().parent, Path("build").absolute()):
        yield writable(place)
    yield disk(site.absolute().parent)
    yield size(site)
    yield cache(cache_folder(Path()))
    yield clock(time.time(), Path(generator.__file__).stat().st_mtime)
    yield program("git", "It keeps the history; builds do without. apt-get install git, or https://git-scm.com/.")
    if Path("tests/browser").is_dir():
        yield browser()


def tried(name: str, look: Callable[[], Part]) -> Part:
    """What ``look`` finds. It loads what it needs itself, so that a missing package is found and stops nothing."""
    try:
        return look()
    except ImportError as error:
        return Part(name, State.BAD, f"{error.name} is missing", _MEND)


def python(version: tuple[int, ...]) -> Part:
    """Whether Python is new enough."""
    wanted, tested = (".".join(map(str, bound)) for bound in (_PYTHON, _TESTED))
    here = f"{platform.python_version()} (tested: {wanted} to {tested})"
    if version > _TESTED:
        return Part("Python", State.NOTE, here, "Builds may work; the tests do not run on it yet.")
    state = State.GOOD if version >= _PYTHON else State.BAD
    return Part("Python", state, here, f"Install Python {wanted} or newer, then make install.")


def packages(lock: Path) -> Part:
    """Whether the packages here are those of the lock file. Raises ImportError."""
    from packaging.markers import Marker

    try:
        text = lock.read_text("utf-8")
    except OSError as error:
        return Part("packages", State.NOTE, f"{lock}: {error.strerror}", "Run in the project's folder.")
    pins = [(name, version) for name, version, marker in _PIN.findall(text) if not marker or Marker(marker).evaluate()]
    here = {name: _installed(name) for name, _ in pins}
    missing = [f"{name} {version}" for name, version in pins if not here[name]]
    other = [f"{name} {here[name]} instead of {version}" for name, version in pins if here[name] not in (None, version)]
    if not missing and not other:
        return Part("packages", State.GOOD, f"{len(pins)} as in {lock}")
    differences = "; ".join([*(f"{name} is missing" for name in missing), *other])
    return Part("packages", State.BAD if missing else State.NOTE, differences, _MEND)


def _installed(name: str) -> str | None:
    """The version of a package here. A killed pip leaves some without a version: they count as missing."""
    try:
        return metadata.version(name)
    except (FileNotFoundError, ModuleNotFoundError):  # importlib_metadata, if something imported it, raises the first
        return None


def search() -> Part:
    """Whether the search indexer is there and runs. Raises ImportError."""
    from pagefind.service import get_executable

    binary = get_executable()
    if binary is None:
        return Part("search indexer", State.BAD, "pagefind's binary is missing", _MEND)
    version = _version([str(binary), "--version"])
    mend = "The package pagefind_bin holds a binary for each system; see https://pagefind.app/ for this one."
    return Part("search indexer", State.GOOD if version else State.BAD, version or f"{binary} does not run", mend)


def settings() -> Part:
    """Whether ``mkdocs.yml`` can be read. Raises ImportError."""
    from generator.store.settings_file import read_settings

    read = read_settings(Path())
    if isinstance(read, Problem):
        return Part("settings", State.BAD, f"{read.path}:{read.line}: {read.message}", read.hint)
    return Part("settings", State.GOOD, f"{read.name}, {read.site_url}")


def folder(name: str, path: Path, mend: str) -> Part:
    """Whether a folder is there."""
    there = path.is_dir()
    return Part(name, State.GOOD if there else State.BAD, str(path) if there else f"there is no {path}", mend)


def writable(path: Path) -> Part:
    """Whether files can be written into a folder, or into the one that will hold it."""
    name = "output"
    while not path.exists() and path != path.parent:
        path = path.parent
    try:
        with tempfile.TemporaryFile(dir=path):
            return Part(name, State.GOOD, f"{path} can be written to")
    except OSError as error:
        return Part(name, State.BAD, f"{path}: {error.strerror}", f"Get the right to write there: ls -ld {path}")


def disk(path: Path) -> Part:
    """Whether there is room for a site and the one before."""
    free = shutil.disk_usage(path).free
    state = State.GOOD if free >= DISK_LEAST else State.BAD
    return Part("disk", state, f"{free / 1e9:,.1f} GB free", f"Free {DISK_LEAST / 1e9:.1f} GB: make clean helps.")


def clock(now: float, installed: float) -> Part:
    """Whether the clock can be right: it cannot be before the generator was installed. Servers' keys depend on it."""
    shown = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now))
    state = State.NOTE if now < installed - _DAY else State.GOOD
    return Part("clock", state, shown, "It is before the generator was installed: set it, or nothing can be fetched.")


def size(site: Path) -> Part:
    """How large the built site is, and which hosts take it."""
    if not (site / "index.html").is_file():
        return Part("site", State.NOTE, f"there is none at {site} yet", "make site")
    try:
        measured = size_of(site)
    except OSError as error:
        return Part("site", State.NOTE, f"{error.filename}: {error.strerror}", "make site")
    state = State.GOOD if any(map(measured.fits, HOSTS)) else State.NOTE
    return Part("site", state, str(measured), "Raise feeds_from in mkdocs.yml, or take a host with other limits.")


def cache(folder: Path) -> Part:
    """Where the cache of this project is, how large it is, and whether it is used."""
    used = sum(path.lstat().st_size for path in folder.glob("*") if path.is_file())
    state = State.GOOD if is_private(folder) else State.NOTE
    state_text = f"{folder}, {used / 1e6:,.1f} MB" if state is State.GOOD else f"{folder} is not used"
    return Part("cache", state, state_text, "It must be a folder of your own that nobody else can write to; delete it.")


def program(name: str, mend: str) -> Part:
    """Whether a program is there that only some work needs."""
    version = _version([name, "--version"]) if shutil.which(name) else ""
    return Part(name, State.GOOD if version else State.NOTE, version or "not found", mend)


def browser() -> Part:
    """Whether there is a browser for the tests."""
    path = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    mend = "The browser tests need it: apt-get install chromium."
    return Part("Chromium", State.GOOD if path else State.NOTE, path or "not found", mend)


def _version(call: list[str]) -> str:
    """The first line that a program says of itself, or '' if it does not run."""
    try:
        done = subprocess.run(
            call, capture_output=True, text=True, timeout=20, check=True, env={**os.environ, "LC_ALL": "C"}
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return (done.stdout.strip().splitlines() or ["it runs"])[0]
