"""What the generator wrote into a digest: a hash a file, so that an upgrade knows what a person changed since."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

FILE = ".digest-files.json"
_HASH = 64


class BadRecord(Exception):
    """The record is missing or damaged; the message says how to mend it."""


@dataclass(frozen=True)
class Record:
    """``files`` has the hash of each file as it was written, by path; ``version`` that of the generator."""

    version: str
    files: Mapping[str, str]

    def without(self, paths: Container[str]) -> "Record":
        """The record without some files, which an earlier version wrote and now belong to the digest."""
        return Record(self.version, {path: value for path, value in self.files.items() if path not in paths})

    def text(self) -> str:
        """The record's file: a path a line, so that two branches can be merged."""
        value = {"version": self.version, "files": dict(sorted(self.files.items()))}
        return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


class Fate(Enum):
    """What becomes of a file."""

    WRITE = "written"
    DELETE = "deleted"
    SAME = "as it should be"
    YOURS = "changed here, and not by the generator: left"
    BOTH = "changed here and by the generator: left; to be merged by hand"


@dataclass
class Upgrade:
    """The fate of each file, and the record to be kept afterwards."""

    fates: dict[str, Fate] = field(default_factory=dict)
    record: dict[str, str] = field(default_factory=dict)

    def of(self, fate: Fate) -> list[str]:
        """The files with this fate, in their order."""
        return [path for path, each in self.fates.items() if each is fate]


def hash_of(data: bytes) -> str:
    """The hash by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def read_record(folder: Path) -> Record:
    """The record of a digest. Raises BadRecord."""
    try:
        value = json.loads((folder / FILE).read_bytes())
        record = Record(str(value["version"]), dict(value["files"]))
    except FileNotFoundError:
        raise BadRecord(f"there is no {FILE} here: only a folder begun by `digest init` can be upgraded") from None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadRecord(f"{FILE} is damaged ({error}); take an earlier state of it from git") from None
    if not all(isinstance(value, str) and len(value) == _HASH for value in record.files.values()):
        raise BadRecord(f"{FILE} is damaged (a hash is wrong); take an earlier state of it from git")
    if outside := [path for path in record.files if path.startswith("/") or ".." in path.split("/")]:
        raise BadRecord(
            f"{FILE} names a file outside this folder, {outside[0]!r}; take an earlier state of it from git"
        )
    return record


def planned(
    record: Record, ours: Mapping[str, str | None], new: Mapping[str, str], settled: Iterable[str] = ()
) -> Upgrade:
    """Compare, for each file, the hash that was written (``record``), that on disk (``ours``) and the ``new`` one.

    ``ours`` has None for a file that is not there. ``settled`` are files that a person has merged: theirs is right.
    """
    upgrade, done = Upgrade(), set(settled)
    for path in sorted({*record.files, *new}):
        was, here, wanted = record.files.get(path), ours.get(path), new.get(path)
        fate = _fate(was, here, wanted, settled=path in done)
        upgrade.fates[path] = fate
        base = was if fate is Fate.BOTH else wanted
        if base is not None:
            upgrade.record[path] = base
    return upgrade


def _fate(was: str | None, here: str | None, wanted: str | None, *, settled: bool) -> Fate:
    if here == wanted:
        return Fate.SAME
    if here == was:  # untouched, or not there and never written
        return Fate.DELETE if wanted is None else Fate.WRITE
    return Fate.YOURS if settled or was == wanted else Fate.BOTH
