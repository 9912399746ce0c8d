"""What the last build made serves again, where it was made from the same.

The folder into which is built holds the files of the site in place already (``output/carried.py``), as other names of
the same files. So nothing may be written into one of them: what is made anew takes its place, and whoever lets another
program write a file clears the way before.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from itertools import accumulate
from typing import Any

from generator.model.page import Batch, Draft, Page, Picture
from generator.site.carried import Carried, hash_of, prune
from generator.site.files import write_file
from generator.site.looks import LENGTH, MANY, Looks, seen_in
from generator.site.state import Makeup, Record, Settled
from generator.processes import cores, together

_UNKNOWN = ("", "0" * 2 * LENGTH)


class Kept:
    """The files that may serve again. ``version`` tells apart programs, themes and settings."""

    def __init__(self, carried: Carried, version: bytes) -> None:
        self._carried, self._site, self._version = carried, str(carried.site), version
        self._makeup = carried.makeup
        self._foreign: set[str] = set()
        self.made: dict[str, tuple[str, str]] = {}
        self.batches: dict[str, tuple[str, ...]] = {}
        self._pieces: dict[str, tuple[tuple[str, int], ...]] = {}
        for path in carried.last.without_key():
            self._take(path)

    @property
    def makeup(self) -> Makeup:
        """What the new site is made up of, as far as this process has made it."""
        return Makeup(self.batches, self._pieces)

    def key(self, made_from: bytes) -> str:
        """What stands in the record for ``made_from``."""
        return blake2b(made_from, digest_size=LENGTH, key=self._version).hexdigest()

    def again(self, path: str, key: str) -> bool:
        """Whether the file at ``path`` was made from the same before; then it is in the new site already."""
        return self._carried.keep(path, key)

    def serves(self, path: str) -> bool:
        """Whether the file at ``path`` is one that was made before."""
        return self._carried.is_kept(path)

    def batch(self, key: str) -> tuple[str, ...]:
        """The files of the batch that was made from the same before, all in the new site already; else none."""
        files = self._makeup.batches.get(key, ())
        if not all(map(self._carried.stay, files)):
            return ()
        self.batches[key] = files
        return files

    def add(self, files: Iterable[Page | Draft | Picture]) -> list[str]:
        """Put ``files`` into the site, and make those that were not made before. Returns their paths."""
        paths = []
        for file in files:
            key = self.key(file.made_from) if file.made_from else ""
            if not (key and self.again(file.path, key)):
                self.write(file.path, key, self._data(file))
            paths.append(file.path)
        return paths

    def add_batches(self, batches: Iterable[Batch[Any]]) -> None:
        """The same for the files of ``batches``, which are not even asked for if they were made from the same."""
        for batch in batches:
            key = self.key(made_from) if (made_from := batch.made_from) else ""
            if not (key and self.batch(key)):
                paths = self.add(batch.make())
                if key:
                    self.batches[key] = tuple(paths)

    def _data(self, file: Page | Draft | Picture) -> bytes:
        """What a file holds: if it is made of pieces, those that were made from the same before as they were."""
        if not (isinstance(file, Draft) and file.pieces):
            return file.data
        before = self._pieces_before(file.path)
        pieces = [(self.key(piece.made_from), piece.write) for piece in file.pieces]
        held = [before[key] if key in before else write().encode() for key, write in pieces]
        self._pieces[file.path] = tuple((key, len(data)) for (key, _), data in zip(pieces, held, strict=True))
        return b"".join(held)

    def _pieces_before(self, path: str) -> dict[str, bytes]:
        pieces = self._makeup.pieces.get(path, ())
        data = self._carried.data(path) if pieces else b""
        if sum(length for _, length in pieces) != len(data):
            return {}
        ends = accumulate(length for _, length in pieces)
        return {key: data[end - length : end] for (key, length), end in zip(pieces, ends, strict=True)}

    def write(self, path: str, key: str, data: bytes) -> None:
        """Put a file into the site that was made now; without a ``key`` it is made anew each time."""
        self._carried.let_go(path)
        try:
            write_file(f"{self._site}/{path}", data)
        except (NotADirectoryError, IsADirectoryError):
            self._make_way(path)
            write_file(f"{self._site}/{path}", data)
        self.made[path] = (key, hash_of(data))

    def clear(self, path: str) -> None:
        """Let another program write the file at ``path``: what stands there may be a file of the site in place too."""
        self._take(path)
        self._foreign.add(path)
        self.made.pop(path, None)

    def built(self, path: str, key: str) -> None:
        """Know what another program wrote at ``path``, to which the way was cleared, and from what it was made."""
        with open(f"{self._site}/{path}", "rb") as file:  # noqa: PTH123 - as everywhere here
            self.made[path] = (key, hash_of(file.read()))

    def settle(self, record: Record, makeup: Makeup) -> Settled:
        """Take out what is not made any more, and tell what there is now.

        ``record`` and ``makeup`` are of what other processes made.
        """
        carried = self._carried
        pieces = {path: told for path, told in self._makeup.pieces.items() if carried.is_kept(path)}
        left = carried.left()
        for path in left:
            self._take(path)
        record = {path: told for path, told in record.items() if path not in self._foreign} | self.made
        changed = list({path.rpartition("/")[0] for path in (*record, *carried.gone(), *self._foreign)})
        shares = cores() if len(changed) >= MANY else 1
        found = together([partial(self._looked, changed[at::shares], record) for at in range(shares)], shares)
        looks = dict(carried.looks)
        for name in map(os.fsencode, changed):
            looks.pop(name, None)
        for new, _ in found:
            looks.update(new)
        more = {path: _UNKNOWN for _, others in found for path in others}
        prune(carried.site, {path.rpartition("/")[0] for path in left})
        manifest = carried.last.changed(carried.kept(), {**record, **more})
        return Settled(manifest, looks, self._version, Makeup(makeup.batches, {**pieces, **makeup.pieces}))

    def _looked(self, folders: Iterable[str], record: Record) -> tuple[Looks, list[str]]:
        """How ``folders`` look, and the files in them of which neither ``record`` nor the last site knows."""
        looks, others = {}, []
        for folder in folders:
            with suppress(FileNotFoundError, NotADirectoryError):
                seen = seen_in(os.fsencode(f"{self._site}/{folder}"))
                if seen.look:
                    looks[os.fsencode(folder)] = seen.look
                paths = (f"{folder}/{name}".lstrip("/") for name in map(os.fsdecode, seen.names))
                others += [path for path in paths if path not in record and not self._carried.is_kept(path)]
        return looks, others

    def _make_way(self, path: str) -> None:
        """Take out a file of the last site above ``path``, or those below it."""
        below = f"{path}/"
        found = [each for each in self._carried.last.paths if each.startswith(below) or path.startswith(f"{each}/")]
        for each in found:
            self._take(each)
        prune(self._carried.site, {each.rpartition("/")[0] for each in found})

    def _take(self, path: str) -> None:
        self._carried.let_go(path)
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            os.unlink(f"{self._site}/{path}")  # noqa: PTH108 - there may be very many
