"""What every file of records holds: as it was kept, or read now, by several processes if there is much to read."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.model.problem import Problem
from generator.processes import Killed, cores, together
from generator.store.kept_records import Entry, KeptRecords, Stamp, hash_of, packed, stamp_of, unpacked
from generator.store.layout import Place
from generator.store.reading import Holding, holding, is_bulk, read_bytes

_WORTH = 500_000  # bytes; to read fewer of them takes no longer than to begin a process
_SHARES = 2  # for each core, so that none waits long for another's


class _Read(NamedTuple):
    """A file as it was read: a hash of its bytes, and its rows as bytes, or what it holds if that has faults."""

    hash: bytes
    held: bytes | Holding


def gather(folder: Path, places: Sequence[Place], kept: KeptRecords | None) -> dict[str, Holding]:
    """What the files at ``places`` hold, by their paths. All of them hold records."""
    shelves = [_Shelf(name, list(held)) for name, held in groupby(places, _shelf_of)]
    found: dict[str, Holding] = {}
    for shelf in shelves if kept else ():
        assert kept
        found.update(shelf.remembered(folder, kept))
    missing = [place for place in places if place.path not in found]
    read = dict(zip([place.path for place in missing], _read(folder, missing, pack=bool(kept)), strict=True))
    for shelf in shelves:
        found.update(shelf.added(read))
        if kept:
            shelf.keep(kept)
    if kept:
        kept.clear()
    return found


class _Shelf:
    """Files that are kept together: those of a folder, or one JSON Lines file."""

    def __init__(self, name: str, places: Sequence[Place]) -> None:
        self._name = name
        self._places = places
        self._stamps: dict[str, Stamp] = {}
        self._entries: list[Entry] = []
        self._is_changed = False

    def remembered(self, folder: Path, kept: KeptRecords) -> Iterator[tuple[str, Holding]]:
        """What is kept of files that are the same as then."""
        last = kept.shelf(self._name)
        for place in self._places:
            stamp = self._stamps[place.path] = stamp_of(f"{folder}/{place.path}")
            entry = last.get(_file_name(place))
            if entry is None or not (entry.is_of(stamp) or _has_hash(folder, place.path, entry.hash)):
                continue
            try:
                rows = unpacked(place.kind, entry.rows)
            except msgspec.MsgspecError:
                continue
            self._entries.append(entry._replace(stamp=stamp))
            yield place.path, Holding(rows)
        self._is_changed = [*last.values()] != self._entries
        if not self._is_changed and len(self._entries) == len(self._places):
            self._entries.clear()  # no longer needed, and large

    def added(self, read: dict[str, _Read]) -> Iterator[tuple[str, Holding]]:
        """What those of the files hold that were read now, which are taken out of ``read``."""
        for place in self._places:
            if place.path not in read:
                continue
            of_file, held = read.pop(place.path)
            if isinstance(held, bytes):
                stamp = self._stamps.get(place.path)
                if stamp:
                    self._entries.append(Entry(_file_name(place), stamp, of_file, msgspec.Raw(held)))
                    self._is_changed = True
                held = Holding(unpacked(place.kind, held))
            yield place.path, held

    def keep(self, kept: KeptRecords) -> None:
        """Keep what is known of the files now, if that is not what was kept."""
        if self._is_changed:
            kept.keep(self._name, self._entries)
        self._entries.clear()


def _shelf_of(place: Place) -> str:
    return place.path if is_bulk(place.path) else place.path.rpartition("/")[0]


def _file_name(place: Place) -> bytes:
    return os.fsencode(place.path.rpartition("/")[2])


def _has_hash(folder: Path, path: str, wanted: bytes) -> bool:
    data = read_bytes(folder, path)
    return not isinstance(data, Problem) and hash_of(data) == wanted


def _read(folder: Path, places: Sequence[Place], *, pack: bool) -> list[_Read]:
    """Read files, each process its share, in their order."""
    sizes = [_size(f"{folder}/{place.path}") for place in places]
    most = cores() if sum(sizes) > _WORTH else 1
    if most > 1:
        tasks = [partial(_read_share, folder, share, pack=True) for share in _shares(places, sizes, most * _SHARES)]
        try:
            return [read for share in together(tasks, most) for read in share]
        except Killed:  # perhaps for want of memory
            pass
    return _read_share(folder, places, pack=pack)


def _read_share(folder: Path, places: Sequence[Place], *, pack: bool) -> list[_Read]:
    read = []
    for place in places:
        data = read_bytes(folder, place.path)
        if isinstance(data, Problem):
            read.append(_Read(b"", Holding(problems=(data,), is_whole=False)))
            continue
        held = holding(place, data)
        read.append(_Read(hash_of(data), packed(held.rows) if pack and held.is_faultless else held))
    return read


def _shares(places: Sequence[Place], sizes: Sequence[int], number: int) -> list[list[Place]]:
    """``places`` cut into about so many runs of about the same size."""
    shares: list[list[Place]] = [[]]
    fair, size = sum(sizes) / number, 0
    for place, more in zip(places, sizes, strict=True):
        if size >= fair * len(shares):
            shares.append([])
        shares[-1].append(place)
        size += more
    return shares


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 - there are tens of thousands
    except OSError:
        return 0
