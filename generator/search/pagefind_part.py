"""What Pagefind makes of a part of the papers, in a form that is joined with other parts."""

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import cbor2

from generator.search.pagefind_postings import Word, words_in
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.parts import SearchRecord

MARK = b"pagefind_dcd"
"""What every file of an index begins with once it is unpacked."""

SEARCHED = ("authors", "title", "venue")
"""What of a paper's ``meta`` is weighted by these names; the same ones for every paper. The rest is text to search."""

_USED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")


class Part(NamedTuple):
    """The words of some papers, by the bytes of their stems, and how many papers there are."""

    words: tuple[Word, ...]
    papers: int


def made_part(records: Sequence[SearchRecord]) -> Part:
    """The part of ``records``, which Pagefind numbers as they stand. Raises IndexNotBuilt."""
    # Addresses are numbers here: whether Pagefind goes by them or by the order of records, it is the same.
    files = pagefind_files(_payload(f"{at:08}", record) for at, record in enumerate(records))
    metas = [_unpacked(data) for name, data in files.items() if name.endswith(".pf_meta")]
    if len(metas) != 1:
        raise IndexNotBuilt(f"pagefind made {len(metas)} indexes of papers in one language")
    _, pages, chunks, *_, fields = cbor2.loads(metas[0])
    order = [_address(files[f"fragment/{name}.pf_fragment"]) for name, _ in pages]
    if order != [f"{at:08}" for at in range(len(records))] or tuple(fields) != SEARCHED:
        raise IndexNotBuilt("pagefind numbers papers otherwise than they were given")
    words = (word for *_, name in chunks for word in words_in(_unpacked(files[f"index/{name}.pf_index"])))
    return Part(tuple(sorted(words)), len(pages))


def made_shell(language: str) -> tuple[dict[str, bytes], Any]:
    """The files of an index that do not depend on its papers, and what its entry says, with one empty index."""
    files = pagefind_files([{"url": "/", "content": language, "language": language, "meta": {}}])
    kept = {name: data for name, data in files.items() if name in _USED or name.endswith(".pagefind")}
    entry = json.loads(kept.pop("pagefind-entry.json"))
    return kept, entry


def _payload(url: str, record: SearchRecord) -> Mapping[str, Any]:
    others = [value for name, value in record.meta.items() if name not in SEARCHED and value not in record.content]
    return {
        "url": url,
        "content": "\n".join((record.content, *others)),
        "language": record.language,
        "meta": {name: record.meta[name] for name in SEARCHED},
        "filters": {},
        "sort": {},
    }


def _address(fragment: bytes) -> str:
    """The ``url`` of a fragment, which stands first in it; the rest need not be unpacked."""
    start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(fragment, 64)
    return start.removeprefix(MARK + b'{"url":"').partition(b'"')[0].decode("utf-8", "replace")


def _unpacked(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise IndexNotBuilt("what pagefind gave is not a file of an index")
    return plain[len(MARK) :]
