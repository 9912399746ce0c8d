"""Search records to the files of a search index: part by part through Pagefind, then joined into one index.

The parts are indexed at the same time, and what was made of one is kept beside the site for the next build: after an
edit only the part that holds it goes through Pagefind again. A part is known by its records and the generator's
version, and is not believed if its bytes are not those that were kept.
"""

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from pathlib import Path

from generator.model.page import Picture
from generator.model.search_record import SearchRecord, parts_of
from generator.output.pagefind_canonical import entry_of, fragments, index_of
from generator.output.pagefind_part import Part, made_part, made_shell, packed, unpacked
from generator.processes import cores

_LENGTH = 32  # bytes of a hash


class KeptParts:
    """Parts in a ``folder``, made by the ``version`` of the generator; without a folder nothing is kept."""

    def __init__(self, folder: Path | None = None, version: bytes = b"") -> None:
        self._folder, self._version = folder, version
        self._used: set[str] = set()

    def part(self, records: Sequence[SearchRecord]) -> Part:
        """The part of ``records``, kept from the last time or made now. Raises IndexNotBuilt."""
        if self._folder is None:
            return made_part(records)
        key = blake2b(repr(records).encode("utf-8", "surrogatepass"), digest_size=16, key=self._version).hexdigest()
        self._used.add(key)
        path = self._folder / key
        if (kept := self._read(path)) is not None:
            return unpacked(kept)
        part = made_part(records)
        self._write(path, packed(part))
        return part

    def drop_others(self) -> None:
        """Let go of the parts that were not asked for."""
        if self._folder is not None and self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _read(self, path: Path) -> bytes | None:
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return data[_LENGTH:] if data[:_LENGTH] == self._hash(data[_LENGTH:]) else None

    def _write(self, path: Path, data: bytes) -> None:
        """A build that cannot write it is none the worse."""
        new = path.with_suffix(".new")
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            new.write_bytes(self._hash(data) + data)
            new.replace(path)

    def _hash(self, data: bytes) -> bytes:
        return blake2b(data, digest_size=_LENGTH, key=self._version).digest()


def parts_folder(site: Path) -> Path:
    """Where the parts of the index of ``site`` are kept: beside it, since they are not for readers."""
    return site.with_name(f".{site.name}.search")


def index_files(records: Sequence[SearchRecord], kept: KeptParts | None = None) -> Iterator[Picture]:
    """The files of the index of ``records``, all in one language. The same records give the same bytes.

    Raises IndexNotBuilt.
    """
    kept = kept or KeptParts()
    files, entry = made_shell(records[0].language if records else "")
    for name, data in files.items():
        yield Picture(path=name, made_from=data, draw=partial(bytes, data))
    yield from fragments(records)
    with ThreadPoolExecutor(cores()) as pool:  # the work is done by processes of Pagefind
        parts = list(pool.map(kept.part, parts_of(records)))
    kept.drop_others()
    for file in index_of(parts, entry["version"]):
        yield file
    told = entry_of(entry, file, len(records))
    yield Picture(path="pagefind-entry.json", made_from=told, draw=partial(bytes, told))
