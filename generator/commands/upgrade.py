"""``digest upgrade``: updates theme, workflows and lock files to the installed version of the generator.

Content is not changed. Of the updated files, those that were edited in the digest are kept and reported.
"""

import argparse
import sys
from pathlib import Path

from generator import __version__
from generator.build.safe_files import TooLarge, delete_file, read_at_most, write_whole
from generator.commands.init import all_managed_files
from generator.starter.managed import PackageNotFound, installed_package
from generator.starter.texts import THEME_FILES_OF_DIGEST
from generator.starter.upgrade import (
    RECORD_FILE,
    BadRecord,
    FileAction,
    Record,
    Upgrade,
    file_hash,
    plan_upgrade,
    read_record,
)
from generator.store.entries import write_file

ABOUT = "update theme, workflows and lock files to the installed version of the generator"
_MAX_FILE_SIZE = 64 * 1024 * 1024  # bytes; the largest file of a digest is its wheel


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--dry-run", action="store_true", help="show what would change without writing it")
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="PATH",
        help="replace your file with the generator's; may be repeated",
    )
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="PATH",
        help="keep your file and mark the conflict as resolved; may be repeated",
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    try:
        files = all_managed_files(installed_package())
    except PackageNotFound as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 1
    return run(Path(), files, arguments.take, arguments.keep, dry_run=arguments.dry_run)


def run(folder: Path, files: dict[str, bytes], take: list[str], keep: list[str], *, dry_run: bool = False) -> int:
    """Update the digest in ``folder`` to ``files``, the generator's files by path.

    ``take`` and ``keep`` are paths, as in the options. Returns 1 if a file must be merged by hand, 2 for bad
    arguments or a damaged record.
    """
    try:
        # Earlier versions of the generator recorded these files, which now belong to the digest.
        record = read_record(folder).without(THEME_FILES_OF_DIGEST)
    except BadRecord as error:
        print(error, file=sys.stderr)
        return 2
    if unknown := sorted({*take, *keep} - {*files, *record.files}):
        print(f"not a file that came with the generator: {', '.join(unknown)}", file=sys.stderr)
        return 2
    new_hashes = {path: file_hash(data) for path, data in files.items()}
    hashes_on_disk = {path: _hash(folder / path) for path in {*files, *record.files}}
    # A file in ``take`` is treated as unchanged, so the generator's version replaces it.
    unchanged_hashes = {path: record.files.get(path) for path in take}
    upgrade = plan_upgrade(record, {**hashes_on_disk, **unchanged_hashes}, new_hashes, keep)
    for path in take:
        if new_hashes.get(path) != hashes_on_disk[path]:  # otherwise there is nothing to do
            upgrade.actions[path] = FileAction.WRITE if path in new_hashes else FileAction.DELETE
    if not dry_run:
        _write(folder, files, upgrade)
    _report(record.version, upgrade, dry_run=dry_run)
    return 1 if upgrade.files_with(FileAction.CONFLICT) else 0


def _write(folder: Path, files: dict[str, bytes], upgrade: Upgrade) -> None:
    for path in upgrade.files_with(FileAction.WRITE):
        write_whole(folder / path, files[path], folder)
    for path in upgrade.files_with(FileAction.DELETE):
        delete_file(folder / path, folder)
    # Written last: if the run is killed before, the next run finds that the written files need no update.
    write_file(folder / RECORD_FILE, Record(__version__, upgrade.hashes).text(), folder)


def _report(old_version: str, upgrade: Upgrade, *, dry_run: bool) -> None:
    for action in (FileAction.WRITE, FileAction.DELETE, FileAction.KEEP, FileAction.CONFLICT):
        for path in upgrade.files_with(action):
            print(f"{path}: {action.value}")
    if upgrade.files_with(FileAction.CONFLICT):
        print(
            "merge these, then run `digest upgrade --keep PATH`; or discard your changes with --take PATH",
            file=sys.stderr,
        )
    counts = ", ".join(f"{len(upgrade.files_with(action))} {action.name.lower()}" for action in FileAction)
    dry_run_note = "; nothing was written (--dry-run)" if dry_run else ""
    print(f"{old_version} -> {__version__}: {counts}{dry_run_note}", file=sys.stderr)


def _hash(path: Path) -> str | None:
    """Return the hash of a file, None if it is missing, or '' if it is larger than every file of the generator."""
    if not path.is_file():
        return None
    try:
        return file_hash(read_at_most(path, _MAX_FILE_SIZE))
    except TooLarge:
        return ""
