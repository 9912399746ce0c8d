"""Search records to the files of a search index: part by part through Pagefind, then joined into one index.

The parts are indexed at the same time, and what was made of one is kept beside the site for the next build: after an
edit only the part that holds it goes through Pagefind again. A part is known by its records and the generator's
version, and is not believed if its bytes are not those that were kept.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import blake2b
from pathlib import Path

from generator.model.page import Picture
from generator.model.search_record import SearchRecord, parts_of
from generator.output.kept_files import KeptFiles
from generator.output.pagefind_canonical import entry_of, fragments, index_of
from generator.output.pagefind_part import Part, made_part, made_shell, packed, unpacked
from generator.processes import cores

RELATED = "related"
"""Under this name stands beside the parts how near papers are to each other."""


class KeptParts:
    """The parts among the files that are kept."""

    def __init__(self, files: KeptFiles | None = None) -> None:
        self._files = files or KeptFiles()
        self._used: set[str] = set()

    def part(self, records: Sequence[SearchRecord]) -> Part:
        """The part of ``records``, kept from the last time or made now. Raises IndexNotBuilt."""
        key = blake2b(repr(records).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        self._used.add(key)
        if (kept := self._files.read(key)) is not None:
            return unpacked(kept)
        part = made_part(records)
        self._files.write(key, packed(part))
        return part

    def drop_others(self) -> None:
        """Let go of the parts that were not asked for."""
        self._files.drop_others(self._used | {RELATED})


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
