"""How the files of a site look without being read: folder by folder, so that one folder can be looked at again.

A file that was edited, added, taken out or restored with another time changes the look of its folder.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.processes import cores, together

Looks = dict[bytes, bytes]
"""For each folder below a site that holds files (its name as the system has it): a hash of how these look."""

LENGTH = 16  # bytes of a hash

MANY = 100
"""Folders that are worth a process of their own."""

_encoded = msgspec.msgpack.Encoder().encode


class Seen(NamedTuple):
    """What was seen in a folder: its look, and the names of the folders and of the files in it."""

    look: bytes
    folders: list[bytes]
    names: list[bytes]


def seen_in(folder: bytes) -> Seen:
    """Look at one folder. The look of one without files is empty. Raises OSError."""
    folders, files = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            else:
                seen = entry.stat(follow_symlinks=False)
                files.append((entry.name, seen.st_size, seen.st_mtime_ns))
    files.sort()
    look = blake2b(_encoded(files), digest_size=LENGTH).digest() if files else b""
    return Seen(look, folders, [name for name, _, _ in files])


def walk(root: bytes, pending: deque[bytes]) -> Iterator[tuple[bytes, Seen]]:
    """The folders that are ``pending`` below ``root``, and all below them, each with what is seen in it."""
    while pending:
        folder = pending.popleft()
        seen = seen_in(root + b"/" + folder if folder else root)
        above = folder + b"/" if folder else b""
        pending.extend(above + name for name in seen.folders)
        yield folder, seen


def looks_of(site: Path) -> Looks:
    """How a folder and all below it look now. Raises OSError."""
    return {folder: seen.look for folder, seen in walk(os.fsencode(site), deque([b""])) if seen.look}


def looks_like(site: Path, looks: Looks) -> bool:
    """Whether a folder and all below it look as they did. Several processes look if there is much."""
    root, pending = os.fsencode(site), deque([b""])
    try:
        found = [_alike(islice(walk(root, pending), MANY), looks)]
        left = list(pending)
        shares = cores() if len(left) >= MANY else 1
        found += together([partial(_alike_below, root, left[at::shares], looks) for at in range(shares)], shares)
    except OSError:
        return False
    return None not in found and sum(filter(None, found)) == len(looks)


def _alike_below(root: bytes, begin: list[bytes], looks: Looks) -> int | None:
    return _alike(walk(root, deque(begin)), looks)


def _alike(found: Iterable[tuple[bytes, Seen]], looks: Looks) -> int | None:
    """In how many folders there are files, all as they were; None if one of them has changed."""
    alike = 0
    for folder, seen in found:
        if seen.look:
            if looks.get(folder) != seen.look:
                return None
            alike += 1
    return alike
