"""Search records to the files of a search index: part by part through Pagefind, then joined into one index.

The parts are indexed at the same time, and what was made of one is kept beside the site for the next build: after an
edit only the part that holds it goes through Pagefind again. A part is known by its records and the generator's
version, and is not believed if its bytes are not those that were kept.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from generator.model.page import Picture
from generator.search.parts import SearchRecord, hash_of, parts_of
from generator.site.kept_files import KeptFiles
from generator.search.pagefind_canonical import entry_of, fragments, index_of
from generator.search.pagefind_part import Part, made_part, made_shell, packed, unpacked
from generator.processes import cores

_INDEXED = "indexed-"
"""So begins the name under which a part is kept; a hash of its records follows."""


def kept_part(records: Sequence[SearchRecord], files: KeptFiles) -> Part:
    """The part of ``records``, kept from the last time or made now. Raises IndexNotBuilt."""
    name = f"{_INDEXED}{hash_of(records)}"
    if (kept := files.read(name)) is not None:
        return unpacked(kept)
    part = made_part(records)
    files.write(name, packed(part))
    return part


def parts_folder(site: Path) -> Path:
    """Where the parts of the index of ``site`` are kept: beside it, since they are not for readers."""
    return site.with_name(f".{site.name}.search")


def index_files(records: Sequence[SearchRecord], kept: KeptFiles | None = None) -> Iterator[Picture]:
    """The files of the index of ``records``, all in one language. The same records give the same bytes.

    Raises IndexNotBuilt.
    """
    kept = kept or KeptFiles()
    files, entry = made_shell(records[0].language if records else "")
    for name, data in files.items():
        yield Picture(path=name, made_from=data, draw=partial(bytes, data))
    yield from fragments(records)
    with ThreadPoolExecutor(cores()) as pool:  # the work is done by processes of Pagefind
        parts = list(pool.map(partial(kept_part, files=kept), parts_of(records)))
    kept.drop_others()
    for file in index_of(parts, entry["version"]):
        yield file
    told = entry_of(entry, file, len(records))  # the last file is the meta file
    yield Picture(path="pagefind-entry.json", made_from=told, draw=partial(bytes, told))
