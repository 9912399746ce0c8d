"""A finished site takes the place of the old one in one step; the old one stays beside it.

Beside ``site`` stand ``site.previous``, the site before, and ``.site.spare``, the one before that, into which the next
build writes. Each is a folder with files of its own, marked by the file ``MARKER``. A folder without that file is never
written into, moved or deleted. Only one build of a site runs at a time; a second one waits for the first.
"""

import ctypes
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build.locks import lock_file
from generator.build.output import write_file
from generator.build.task import File, hash_of

MARKER = ".digest"
MARKED = File(MARKER, b"`digest` writes this folder, and deletes whatever else it finds in it.\n")

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


class TargetRefused(Exception):
    """A folder must not be written to; the message says why and what to do."""


def checked_target(folder: Path, *, sources: Sequence[Path], project: Path = Path()) -> Path:
    """Where ``folder`` really is, if output may be written there: it is missing, empty, or was written by ``digest``.

    ``sources`` are the folders that output is made from. Raises TargetRefused for any other folder, for one that holds
    or lies in a source, that holds the ``project`` or is the user's home.
    """
    target = Path(os.path.realpath(folder))
    for place in (project, Path.home()):
        if Path(os.path.realpath(place)).is_relative_to(target):
            raise TargetRefused(f"{folder} holds {place.resolve()}: name a folder for the output alone")
    for source in (Path(os.path.realpath(source)) for source in sources):
        if source.is_relative_to(target) or target.is_relative_to(source):
            raise TargetRefused(f"{folder} and {source} are not apart: name a folder for the output alone")
    check_own(target, folder)
    return target


def check_own(target: Path, shown: Path | None = None) -> None:
    """Raise TargetRefused unless ``target`` is missing, an empty folder, or one that ``digest`` wrote."""
    shown = shown or target
    try:
        seen = target.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise TargetRefused(f"{shown}: {error.strerror}") from error
    if not stat.S_ISDIR(seen.st_mode):
        raise TargetRefused(f"{shown} is there and is no folder: name another one, or move it away")
    if not is_own(target) and any(target.iterdir()):
        raise TargetRefused(
            f"{shown} holds files that digest did not write (it has no file {MARKER}), and they would be deleted: "
            "name a missing or empty folder, or move them away"
        )


def is_own(folder: Path) -> bool:
    """Whether ``digest`` wrote the folder."""
    with suppress(OSError):
        return stat.S_ISREG((folder / MARKER).lstat().st_mode)
    return False


@contextmanager
def only_build(site: Path, locks: Path) -> Iterator[None]:
    """Hold the right to build ``site``; wait while another build holds it. The system frees it if that is killed.

    The lock is a file in the folder ``locks``. Where the system has no such locks, or nothing can be written there,
    builds do not wait.
    """
    name = hash_of(os.fsencode(site)).hex()
    try:
        locks.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = (locks / f"{name}.lock").open("w")
    except OSError:
        yield
        return
    with file as lock:
        try:
            lock_file(lock.fileno(), wait=False)
        except BlockingIOError:
            print(f"another build of {site} is running; waiting for it", file=sys.stderr)
            lock_file(lock.fileno())
        yield


def previous_of(site: Path) -> Path:
    """Where the site before this one stays."""
    return site.with_name(f"{site.name}.previous")


def spare_of(site: Path) -> Path:
    """Where a site stays that is out of use, whole or not; the next build writes into it."""
    return site.with_name(f".{site.name}.spare")


def check_places(site: Path) -> None:
    """Raise TargetRefused unless the ``site`` and the folders kept beside it are missing, empty or ours."""
    for folder in (site, previous_of(site), spare_of(site)):
        check_own(folder)


def roll_back(site: Path) -> bool:
    """Swap the site and the one before it. False if there is none. Raises TargetRefused for other people's folders."""
    previous = previous_of(site)
    check_places(site)
    if not is_own(previous):
        return False
    if site.exists():
        _swap(previous, site)
    else:
        previous.rename(site)
    return True


def staging_folder(site: Path) -> Path:
    """A folder beside ``site``, on the same disk, to build into: the spare one if there is one, or a new one."""
    folder = site.parent / f".{site.name}.{os.getpid()}.building"
    _delete(folder)
    if is_own(spare_of(site)):
        spare_of(site).rename(folder)
    else:
        folder.mkdir(parents=True)
        try:
            write_file(os.fspath(folder), MARKED.path, MARKED.data)
        except OSError:
            _delete(folder)
            raise
    return folder


def put_by(folder: Path, site: Path) -> None:
    """Make ``folder`` the spare one of ``site`` if it is ours and there is none; else delete it."""
    if is_own(folder) and not os.path.lexists(spare_of(site)):
        with suppress(OSError):
            folder.rename(spare_of(site))
    _delete(folder)


def recover(site: Path) -> None:
    """Put back what a killed build left half-way between two renames, and put by what it was building."""
    for place in (site, previous_of(site)):
        if is_own(aside := _aside_of(place)):
            if free := [place_to_fill for place_to_fill in (place, previous_of(site)) if not place_to_fill.exists()]:
                aside.rename(free[0])
            else:
                _delete(aside)
    for remains in site.parent.glob(f".{site.name}.*.building"):
        if is_own(remains) and not _is_running(remains.suffixes[-2].lstrip(".")):
            put_by(remains, site)


def publish(built: Path, site: Path) -> None:
    """Put ``built`` where ``site`` is. At every moment ``site`` is the whole old or the whole new one.

    The site becomes the previous one, and the previous one the spare one. Raises TargetRefused if one of them is not
    ours.
    """
    previous = previous_of(site)
    check_places(site)
    if not site.exists():
        built.rename(site)
        return
    _swap(built, site)
    if not previous.exists():
        built.rename(previous)
        return
    _swap(built, previous)
    put_by(built, site)


def _swap(first: Path, second: Path) -> None:
    if exchange(first, second):
        return
    aside = _aside_of(second)
    second.rename(aside)  # without renameat2 there is a moment with no site
    first.rename(second)
    aside.rename(first)


def _aside_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.aside")


def exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)


def _delete(folder: Path) -> None:
    """Delete a folder that is ours or empty; a folder of somebody else stays."""
    if is_own(folder):
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.rmdir()


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    if os.name == "nt":  # there a signal 0 would interrupt it
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
