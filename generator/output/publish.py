"""A finished site takes the place of the old one in one step; the old one stays beside it.

Only one build of a site runs at a time; a second one waits for the first.
"""

import ctypes
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


def staging(site: Path) -> Path:
    """A fresh empty folder beside ``site``, on the same disk, to build into."""
    folder = site.parent / f".{site.name}.{os.getpid()}.building"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def clear_remains(site: Path) -> None:
    """Remove what killed builds of ``site`` have left beside it."""
    for remains in site.parent.glob(f".{site.name}.*.building"):
        if not _is_running(remains.suffixes[-2].lstrip(".")):
            shutil.rmtree(remains, ignore_errors=True)


def publish(built: Path, site: Path) -> None:
    """Put ``built`` where ``site`` is. At every moment ``site`` is the whole old or the whole new one."""
    if not site.exists():
        built.rename(site)
        return
    _swap(built, site)
    shutil.rmtree(previous_of(site), ignore_errors=True)
    built.rename(previous_of(site))


def _swap(first: Path, second: Path) -> None:
    if _exchange(first, second):
        return
    aside = second.with_name(f".{second.name}.aside")  # without renameat2 there is a moment with no site
    second.rename(aside)
    first.rename(second)
    aside.rename(first)


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
