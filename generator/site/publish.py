"""A finished site takes the place of the old one in one step; the old one stays beside it.

Only one build of a site runs at a time; a second one waits for the first.
"""

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


@contextmanager
def alone(site: Path) -> Iterator[None]:
    """Hold the right to build ``site``. Waits while another build holds it; the system frees it if that is killed."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with site.with_name(f".{site.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"another build of {site} is running; waiting for it", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def previous_of(site: Path) -> Path:
    """Where the site before this one stays."""
    return site.with_name(f"{site.name}.previous")


def roll_back(site: Path) -> bool:
    """Put the site before this one back in its place, and this one aside. False if there is none."""
    previous = previous_of(site)
    if not previous.is_dir():
        return False
    if site.exists():
        _swap(previous, site)
    else:
        previous.rename(site)
    return True


def staging(site: Path, *, spare: bool = False) -> Path:
    """A folder beside ``site``, on the same disk, to build into: the ``spare`` one if there is one, or an empty one."""
    folder = site.parent / f".{site.name}.{os.getpid()}.building"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if spare and spare_of(site).is_dir():
        spare_of(site).rename(folder)
    else:
        folder.mkdir()
    return folder


def spare_of(site: Path) -> Path:
    """Where a site that is out of use stays, whose files may be those of the next one: whole or not, as it comes."""
    return site.with_name(f".{site.name}.spare")


def put_by(folder: Path, site: Path) -> None:
    """Make ``folder``, if it is there, the spare one of ``site``; away with it if there is one."""
    if not spare_of(site).exists():
        with suppress(OSError):
            folder.rename(spare_of(site))
    shutil.rmtree(folder, ignore_errors=True)


def clear_remains(site: Path, *, spare: bool = False) -> None:
    """Remove what killed builds of ``site`` have left beside it, or put it by if there is no ``spare`` site.

    What was being swapped in two steps goes back to its place.
    """
    for place in (site, previous_of(site)):
        if (aside := _aside_of(place)).is_dir():
            if free := [each for each in (place, previous_of(site)) if not each.exists()]:
                aside.rename(free[0])
            else:
                shutil.rmtree(aside, ignore_errors=True)
    for remains in site.parent.glob(f".{site.name}.*.building"):
        if not _is_running(remains.suffixes[-2].lstrip(".")):
            if spare:
                put_by(remains, site)
            shutil.rmtree(remains, ignore_errors=True)


def publish(built: Path, site: Path, *, spare: bool = False) -> None:
    """Put ``built`` where ``site`` is. At every moment ``site`` is the whole old or the whole new one.

    The site becomes the previous one. The previous one is put by as the ``spare`` one, or removed.
    """
    previous = previous_of(site)
    if not site.exists():
        built.rename(site)
        return
    _swap(built, site)
    if not previous.exists():
        built.rename(previous)
        return
    _swap(built, previous)
    if spare:
        put_by(built, site)
    shutil.rmtree(built, ignore_errors=True)


def _swap(first: Path, second: Path) -> None:
    if _exchange(first, second):
        return
    aside = _aside_of(second)
    second.rename(aside)  # without renameat2 there is a moment with no site
    first.rename(second)
    aside.rename(first)


def _aside_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.aside")


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0)


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
