"""Upgrades of a digest's managed files, and the record of their hashes, by which an upgrade finds edited files."""

import hashlib
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from generator.build.safe_files import TooLarge, read_at_most

RECORD_FILE = ".digest-files.json"
_HASH_LENGTH = 64  # hexadecimal digits of SHA-256
_MAX_BYTES = 1 << 20  # of the record's file
_MANAGED = re.compile(
    r"(?:theme|\.github|wheels|content/schema)/.+|requirements\.(?:lock|txt)|Makefile"
    r"|\.gitignore|\.gitlab-ci\.yml|\.pre-commit-config\.yaml"
)
"""Paths that any version of the generator has managed."""


class BadRecord(Exception):
    """The record is missing or damaged. The message says how to fix it."""


@dataclass(frozen=True)
class Record:
    """The generator's version, and by path the hash of each managed file as the generator wrote it."""

    version: str
    files: Mapping[str, str]

    def without(self, paths: Container[str]) -> "Record":
        """The record without ``paths``: files that an earlier version managed, and that now belong to the digest."""
        return Record(
            self.version, {path: recorded_hash for path, recorded_hash in self.files.items() if path not in paths}
        )

    def text(self) -> str:
        """The text of the record's file. It has one path per line, so that git can merge two branches."""
        value = {"version": self.version, "files": dict(sorted(self.files.items()))}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


class FileAction(Enum):
    """What an upgrade does with a file. The value is the message for the user."""

    WRITE = "written"
    DELETE = "deleted"
    UNCHANGED = "up to date"
    KEEP = "changed by you, not by the generator: kept"
    CONFLICT = "changed by you and by the generator: not updated; merge it by hand"


@dataclass
class Upgrade:
    """The action for each file by path, and the hashes for the record after the upgrade, by path."""

    actions: dict[str, FileAction] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def files_with(self, action: FileAction) -> list[str]:
        """The paths with this action, sorted."""
        return [path for path, path_action in self.actions.items() if path_action is action]


def file_hash(data: bytes) -> str:
    """The hash of a file in the record."""
    return hashlib.sha256(data).hexdigest()


def read_record(folder: Path) -> Record:
    """Read the record of a digest. Raises BadRecord, or OSError if the system refuses to open the file."""
    try:
        data = json.loads(read_at_most(folder / RECORD_FILE, _MAX_BYTES))
        record = Record(str(data["version"]), {**data["files"]})
    except FileNotFoundError:
        raise BadRecord(
            f"there is no {RECORD_FILE} here: only a folder that `digest init` created can be upgraded"
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError, TooLarge) as error:
        raise BadRecord(f"{RECORD_FILE} is damaged ({error}); restore an earlier version from git") from None
    if not all(isinstance(value, str) and len(value) == _HASH_LENGTH for value in record.files.values()):
        raise BadRecord(f"{RECORD_FILE} is damaged (a hash is wrong); restore an earlier version from git")
    # An upgrade deletes recorded files with the recorded hash. In a forged record, that could be any file with known
    # content, such as an entry or a file in ``.git``.
    if foreign := [path for path in record.files if not _MANAGED.fullmatch(path) or ".." in path.split("/")]:
        message = f"{RECORD_FILE} names a file that no generator manages, {foreign[0]!r}"
        raise BadRecord(f"{message}; restore an earlier version from git")
    return record


def plan_upgrade(
    record: Record, on_disk: Mapping[str, str | None], new: Mapping[str, str], merged: Container[str] = ()
) -> Upgrade:
    """Compare three hashes of each file: that in ``record``, that of the file ``on_disk``, and the ``new`` one.

    ``on_disk`` has None for a missing file. ``merged`` are files with conflicts that a person resolved: they are kept.
    """
    upgrade = Upgrade()
    for path in sorted({*record.files, *new}):
        recorded_hash, current_hash, new_hash = record.files.get(path), on_disk.get(path), new.get(path)
        action = _action(recorded_hash, current_hash, new_hash, is_merged=path in merged)
        upgrade.actions[path] = action
        # The record keeps the old hash of a file with a conflict, so that the next upgrade reports the conflict again.
        base_hash = recorded_hash if action is FileAction.CONFLICT else new_hash
        if base_hash is not None:
            upgrade.hashes[path] = base_hash
    return upgrade


def _action(
    recorded_hash: str | None, current_hash: str | None, new_hash: str | None, *, is_merged: bool
) -> FileAction:
    """The action for a file, as in a three-way merge: there is no conflict if only one side changed the file."""
    if current_hash == new_hash:
        return FileAction.UNCHANGED
    if current_hash == recorded_hash:  # both are None for a new file
        return FileAction.DELETE if new_hash is None else FileAction.WRITE
    return FileAction.KEEP if is_merged or recorded_hash == new_hash else FileAction.CONFLICT
