"""Replace the published site by a new one, atomically where the system can, and keep the previous one for a rollback.

Beside ``site`` are two folders: ``site.previous`` is the previous site, and ``.site.spare`` is an older one, which the
next build reuses. Each folder contains the file ``MARKER``. A folder with other files and without ``MARKER`` is
never written to, moved or deleted. Only one build of a site runs at a time; a second one waits for the first.
"""

import ctypes
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build.output import write_file
from generator.build.safe_files import lock_file
from generator.build.task import File, hash_of

MARKER = ".digest"
MARKER_FILE = File(MARKER, b"`digest` writes this folder, and deletes whatever else it finds in it.\n")

# Constants of <linux/fs.h> and <fcntl.h>, which Python does not have.
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_WORKING_FOLDER = -100  # AT_FDCWD


class TargetRefused(Exception):
    """A folder must not be written to. The message says why and how to fix it."""


def checked_target(folder: Path, *, sources: Sequence[Path], project: Path = Path()) -> Path:
    """Return the real path of ``folder`` if output may be written there: it is missing, empty, or a ``digest`` output.

    Raises TargetRefused for any other folder, for one that contains or is inside one of the ``sources``, and for one
    that contains the ``project`` or the user's home.
    """
    target = Path(os.path.realpath(folder))  # a symbolic link must not hide that two folders overlap
    for protected in (project, Path.home()):
        if Path(os.path.realpath(protected)).is_relative_to(target):
            raise TargetRefused(f"{folder} contains {protected.resolve()}: name a folder that is only for the output")
    for source in (Path(os.path.realpath(source)) for source in sources):
        if source.is_relative_to(target) or target.is_relative_to(source):
            raise TargetRefused(f"{folder} and {source} overlap: name a folder that is only for the output")
    check_marked(target, folder)
    return target


def check_marked(target: Path, shown_path: Path | None = None) -> None:
    """Raise TargetRefused unless ``target`` is missing, an empty folder, or one that ``digest`` wrote.

    Messages contain ``shown_path``, the path that the user gave.
    """
    shown_path = shown_path or target
    try:
        status = target.lstat()  # not ``stat``: a symbolic link is refused
    except FileNotFoundError:
        return
    except OSError as error:
        raise TargetRefused(f"{shown_path}: {error.strerror}") from error
    if not stat.S_ISDIR(status.st_mode):
        raise TargetRefused(f"{shown_path} exists and is not a folder: name another one, or move it away")
    if not is_marked(target) and any(target.iterdir()):
        raise TargetRefused(
            f"{shown_path} contains files that digest did not write (it has no file {MARKER}), and they would be "
            "deleted: name a missing or empty folder, or move them away"
        )


def is_marked(folder: Path) -> bool:
    """Whether ``digest`` wrote the folder."""
    with suppress(OSError):
        return stat.S_ISREG((folder / MARKER).lstat().st_mode)
    return False


@contextmanager
def build_lock(site: Path, lock_folder: Path) -> Iterator[None]:
    """Hold the lock for builds of ``site``. If another build holds the lock, wait for it.

    The lock is a file in the folder ``lock_folder``. The system releases it if the process is killed. Without file
    locks in the system, or if the folder is not writable, builds do not wait.
    """
    name = hash_of(os.fsencode(site)).hex()  # a path is not a valid file name
    try:
        lock_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        opened = (lock_folder / f"{name}.lock").open("w")
    except OSError:
        yield
        return
    with opened as file:
        try:
            lock_file(file.fileno(), wait=False)
        except BlockingIOError:
            print(f"another build of {site} is running; waiting for it", file=sys.stderr)
            lock_file(file.fileno())
        yield


def previous_of(site: Path) -> Path:
    """The folder of the previous site."""
    return site.with_name(f"{site.name}.previous")


def spare_of(site: Path) -> Path:
    """The folder of an older site or of an unfinished build, whose files the next build reuses."""
    return site.with_name(f".{site.name}.spare")


def check_folders(site: Path) -> None:
    """Raise TargetRefused unless the ``site`` and the folders beside it are missing, empty or written by ``digest``."""
    for folder in (site, previous_of(site), spare_of(site)):
        check_marked(folder)


def roll_back(site: Path) -> bool:
    """Swap the site and the previous site. Returns False if there is no previous site.

    Raises TargetRefused as ``check_folders`` does.
    """
    previous = previous_of(site)
    check_folders(site)
    if not is_marked(previous):
        return False
    if site.exists():
        _swap(previous, site)
    else:
        previous.rename(site)
    return True


def staging_folder(site: Path) -> Path:
    """Prepare the folder to build into and return its path: the spare folder, or else a new one."""
    # Beside ``site``, and so on the same disk: a rename can then replace the site.
    folder = site.parent / f".{site.name}.{os.getpid()}.building"
    _delete(folder)
    if is_marked(spare_of(site)):
        spare_of(site).rename(folder)
    else:
        folder.mkdir(parents=True)
        try:
            write_file(os.fspath(folder), MARKER_FILE.path, MARKER_FILE.data)
        except OSError:
            _delete(folder)
            raise
    return folder


def make_spare(folder: Path, site: Path) -> None:
    """Make ``folder`` the spare folder of ``site`` if the site has none yet; else delete ``folder``."""
    if is_marked(folder) and not os.path.lexists(spare_of(site)):
        with suppress(OSError):
            folder.rename(spare_of(site))
    _delete(folder)


def recover(site: Path) -> None:
    """Clean up after killed builds: undo an unfinished swap, and reuse or delete unfinished folders."""
    for folder in (site, previous_of(site)):
        if is_marked(temporary := _temporary_path(folder)):
            # A build was killed between two renames of ``_swap``. The folder gets its name back; but if the new site
            # is in place, the old one becomes the previous site.
            if missing := [target for target in (folder, previous_of(site)) if not target.exists()]:
                temporary.rename(missing[0])
            else:
                _delete(temporary)
    # ``.site.PROCESS.building``, as ``staging_folder`` names it.
    for leftover in site.parent.glob(f".{site.name}.*.building"):
        process_id = leftover.suffixes[-2].removeprefix(".")
        if is_marked(leftover) and not _is_running(process_id):
            make_spare(leftover, site)


def publish(built: Path, site: Path) -> None:
    """Replace ``site`` by ``built``.

    At every moment ``site`` is either the complete old site or the complete new one. Only on systems that cannot swap
    folders (see ``exchange``), it is missing for a moment. The old site becomes the previous one, and the previous one
    becomes the spare folder. Raises TargetRefused as ``check_folders`` does.
    """
    previous = previous_of(site)
    check_folders(site)
    if not site.exists():
        built.rename(site)
        return
    _swap(built, site)
    if not previous.exists():
        built.rename(previous)
        return
    _swap(built, previous)
    make_spare(built, site)


def _swap(first: Path, second: Path) -> None:
    """Swap two folders: atomically if the system can, else by three renames."""
    if exchange(first, second):
        return
    temporary = _temporary_path(second)
    second.rename(temporary)  # until the next rename, ``second`` does not exist
    first.rename(second)
    temporary.rename(first)


def _temporary_path(folder: Path) -> Path:
    """The path of a folder while three renames swap it."""
    return folder.with_name(f".{folder.name}.aside")


def exchange(first: Path, second: Path) -> bool:
    """Swap two folders atomically. Returns False if the system cannot do this.

    Only Linux has renameat2(2), and Python's ``os`` does not offer it, so it is called through ctypes.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(rename(_AT_WORKING_FOLDER, os.fsencode(first), _AT_WORKING_FOLDER, os.fsencode(second), _EXCHANGE) == 0)


def _delete(folder: Path) -> None:
    """Delete a folder that ``digest`` wrote, or an empty one; leave any other folder."""
    if is_marked(folder):
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.rmdir()


def _is_running(process_id: str) -> bool:
    """Whether a process with this number exists. Without a number, it does not."""
    if not process_id.isdigit():
        return False
    if os.name == "nt":  # on Windows, signal 0 is CTRL_C_EVENT and would interrupt the process
        return True
    try:
        os.kill(int(process_id), 0)  # signal 0 only tests whether the process exists
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
