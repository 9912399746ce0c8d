"""A finished site takes the place of the old one in one step; the old one stays beside it."""

import ctypes
import os
import shutil
from pathlib import Path

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_HERE = -100  # AT_FDCWD


def staging(site: Path) -> Path:
    """A fresh empty folder beside ``site``, on the same disk, to build into. Remains of killed builds are removed."""
    site.parent.mkdir(parents=True, exist_ok=True)
    for remains in site.parent.glob(f".{site.name}.*.building"):
        if not _is_running(remains.suffixes[-2].lstrip(".")):
            shutil.rmtree(remains, ignore_errors=True)
    folder = site.parent / f".{site.name}.{os.getpid()}.building"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def publish(built: Path, site: Path) -> None:
    """Put ``built`` where ``site`` is. At every moment ``site`` is the whole old or the whole new one."""
    previous = site.with_name(f"{site.name}.previous")
    if not site.exists():
        built.rename(site)
        return
    if _exchange(built, site):
        shutil.rmtree(previous, ignore_errors=True)
        built.rename(previous)
        return
    shutil.rmtree(previous, ignore_errors=True)  # without renameat2 there is a moment with no site
    site.rename(previous)
    built.rename(site)


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
