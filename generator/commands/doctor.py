"""``digest doctor``: reports what is installed, what is missing, and how to fix it."""

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
from generator.build.safe_files import read_at_most
from generator.commands.arguments import add_content_option, add_site_option
from generator.model.problem import Problem
from generator.site.hosts import HOSTS, size_of

ABOUT = "report what is installed, what is missing, and how to fix it"
_OLDEST_PYTHON, _NEWEST_TESTED = (3, 11), (3, 14)  # versions of Python
MIN_FREE_BYTES = 500 * 1024 * 1024
_MAX_LOCK_BYTES = 4 * 1024 * 1024
_DAY = 24 * 3600  # seconds
# The first line of a pin in the lock file: ``jinja2==3.1.6 \`` or ``tomli==2.0.1 ; python_version < "3.11" \``.
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? \\$", re.MULTILINE)
_REINSTALL = "touch requirements.lock; make install"  # make installs only if the lock file is newer
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")


class State(StrEnum):
    """The state of a part of the installation."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


class CheckResult(NamedTuple):
    """The result of one check. ``fix`` is shown only if the state is not good."""

    name: str
    state: State
    detail: str
    fix: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_site_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 1 if something is missing that every build needs."""
    results = list(run_checks(arguments.content, arguments.site_dir))
    for result in results:
        print(f"{result.state.value:<5} {result.name}: {result.detail}")
        if result.fix and result.state is not State.GOOD:
            print(f"      {result.fix}")
    bad = sum(result.state is State.BAD for result in results)
    notes = sum(result.state is State.NOTE for result in results)
    print(f"{bad} to fix, {notes} to note, of {len(results)} checks", file=sys.stderr)
    return 1 if bad else 0


def run_checks(content: Path, site: Path) -> Iterator[CheckResult]:
    """Yield the results of all checks: first of what every build needs, then of what some tasks need."""
    yield check_python(sys.version_info[:2])
    yield run_check("packages", partial(check_packages, Path("requirements.lock")))
    yield run_check("search indexer", check_search)
    yield run_check("settings", check_settings)
    yield check_folder("theme", Path("theme/overrides"), "Run in the project's folder, or restore theme/ from git.")
    yield check_folder("content", content, "Run in the project's folder, or name another with --content DIR.")
    # A build writes to a folder beside the site and swaps the two at the end.
    for path in (site.absolute().parent, Path("build").absolute()):
        yield check_writable(path)
    yield check_disk(site.absolute().parent)
    yield check_size(site)
    yield check_cache(cache_folder(Path()))
    yield check_clock(time.time(), Path(generator.__file__).stat().st_mtime)
    yield check_program(
        "git", "It keeps the history; builds do not need it. apt-get install git, or https://git-scm.com/."
    )
    if Path("tests/browser").is_dir():
        yield check_browser()


def run_check(name: str, check: Callable[[], CheckResult]) -> CheckResult:
    """Return the result of a check that imports optional packages. A missing package is a result."""
    try:
        return check()
    except ImportError as error:
        return CheckResult(name, State.BAD, f"{error.name} is missing", _REINSTALL)


def check_python(version: tuple[int, ...]) -> CheckResult:
    """Check whether Python is new enough."""
    oldest, newest = (".".join(map(str, bound)) for bound in (_OLDEST_PYTHON, _NEWEST_TESTED))
    detail = f"{platform.python_version()} (tested: {oldest} to {newest})"
    if version > _NEWEST_TESTED:
        return CheckResult("Python", State.NOTE, detail, "Builds may work; the tests do not run on it yet.")
    state = State.GOOD if version >= _OLDEST_PYTHON else State.BAD
    return CheckResult("Python", state, detail, f"Install Python {oldest} or newer, then make install.")


def check_packages(lock: Path) -> CheckResult:
    """Check whether the installed packages match the lock file. Raises ImportError."""
    from packaging.markers import Marker

    try:
        text = read_at_most(lock, _MAX_LOCK_BYTES).decode("utf-8", "replace")
    except OSError as error:
        return CheckResult("packages", State.NOTE, f"{lock}: {error.strerror or error}", "Run in the project's folder.")
    # The lock file also contains packages for other systems and versions of Python. Their markers are false here.
    pins = [(name, version) for name, version, marker in _PIN.findall(text) if not marker or Marker(marker).evaluate()]
    versions = {name: _installed_version(name) for name, _ in pins}
    missing = [f"{name} {version}" for name, version in pins if not versions[name]]
    mismatched = [
        f"{name} {versions[name]} instead of {version}"
        for name, version in pins
        if versions[name] not in (None, version)
    ]
    if not missing and not mismatched:
        return CheckResult("packages", State.GOOD, f"{len(pins)} as in {lock}")
    differences = "; ".join([*(f"{name} is missing" for name in missing), *mismatched])
    return CheckResult("packages", State.BAD if missing else State.NOTE, differences, _REINSTALL)


def _installed_version(name: str) -> str | None:
    """Return the installed version of a package, or None. If pip was interrupted, a package may lack its version."""
    try:
        return metadata.version(name)
    except (FileNotFoundError, ModuleNotFoundError):  # the first comes from importlib_metadata, if it is imported
        return None


def check_search() -> CheckResult:
    """Check whether the search indexer is installed and runs. Raises ImportError."""
    from pagefind.service import get_executable

    binary = get_executable()
    if binary is None:
        return CheckResult("search indexer", State.BAD, "pagefind's binary is missing", _REINSTALL)
    version = _first_line_of([str(binary), "--version"])
    fix = "The package pagefind_bin contains a binary for each common system. For others, see https://pagefind.app/."
    return CheckResult("search indexer", State.GOOD if version else State.BAD, version or f"{binary} does not run", fix)


def check_settings() -> CheckResult:
    """Check whether ``mkdocs.yml`` can be read. Raises ImportError."""
    from generator.store.settings_file import read_settings

    settings = read_settings(Path())
    if isinstance(settings, Problem):
        detail = f"{settings.path}:{settings.line}: {settings.message}"
        return CheckResult("settings", State.BAD, detail, settings.hint)
    return CheckResult("settings", State.GOOD, f"{settings.name}, {settings.site_url}")


def check_folder(name: str, path: Path, fix: str) -> CheckResult:
    """Check whether a folder exists."""
    exists = path.is_dir()
    return CheckResult(name, State.GOOD if exists else State.BAD, str(path) if exists else f"there is no {path}", fix)


def check_writable(path: Path) -> CheckResult:
    """Check whether files can be written to a folder, or to its nearest parent that exists."""
    name = "output"
    path = _nearest_existing(path)
    try:
        # A file is written, because permissions do not show a read-only file system or a full quota.
        with tempfile.TemporaryFile(dir=path):
            return CheckResult(name, State.GOOD, f"{path} can be written to")
    except OSError as error:
        return CheckResult(
            name, State.BAD, f"{path}: {error.strerror}", f"Make it writable; ls -ld {path} shows its permissions."
        )


def check_disk(path: Path) -> CheckResult:
    """Check whether the disk of a folder, which may be missing, has space for a site and the previous one."""
    free = shutil.disk_usage(_nearest_existing(path)).free
    state = State.GOOD if free >= MIN_FREE_BYTES else State.BAD
    return CheckResult(
        "disk", state, f"{free / 1e9:,.1f} GB free", f"Free {MIN_FREE_BYTES / 1e9:.1f} GB: make clean helps."
    )


def _nearest_existing(path: Path) -> Path:
    return next((folder for folder in (path, *path.parents) if folder.exists()), path)


def check_clock(now: float, installed: float) -> CheckResult:
    """Check whether the clock is plausible: not before the installation. Both times are in seconds since 1970."""
    text = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now))
    state = State.NOTE if now < installed - _DAY else State.GOOD
    return CheckResult(
        "clock",
        state,
        text,
        "The clock shows a time before the generator was installed. Set it, or HTTPS requests fail.",
    )


def check_size(site: Path) -> CheckResult:
    """Check whether there is a built site that a host accepts."""
    if not (site / "index.html").is_file():
        return CheckResult("site", State.NOTE, f"{site} is not built yet", "make site")
    try:
        size = size_of(site)
    except OSError as error:
        return CheckResult("site", State.NOTE, f"{error.filename}: {error.strerror}", "make site")
    state = State.GOOD if any(map(size.fits, HOSTS)) else State.NOTE
    return CheckResult("site", state, str(size), "Raise feeds_from in mkdocs.yml, or choose a host with other limits.")


def check_cache(folder: Path) -> CheckResult:
    """Check whether builds can use the cache of this project, and show its size."""
    used = sum(path.lstat().st_size for path in folder.glob("*") if path.is_file())
    state = State.GOOD if is_private(folder) else State.NOTE
    detail = f"{folder}, {used / 1e6:,.1f} MB" if state is State.GOOD else f"{folder} is not used"
    return CheckResult(
        "cache", state, detail, "It must be a folder of your own that nobody else can write to; delete it."
    )


def check_program(name: str, fix: str) -> CheckResult:
    """Check whether an optional program is installed."""
    version = _first_line_of([name, "--version"]) if shutil.which(name) else ""
    return CheckResult(name, State.GOOD if version else State.NOTE, version or "not found", fix)


def check_browser() -> CheckResult:
    """Check whether a browser for the tests is installed."""
    path = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    fix = "The browser tests need it: apt-get install chromium."
    return CheckResult("Chromium", State.GOOD if path else State.NOTE, path or "not found", fix)


def _first_line_of(command: list[str]) -> str:
    """Return the first line of the output of a command, or '' if it does not run."""
    try:
        # A time limit, because a broken binary may hang. LC_ALL=C makes the output English.
        completed = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=20,
            check=True,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return (completed.stdout.strip().splitlines() or ["it runs"])[0]
