"""Index a part of the papers with Pagefind, in a form that can be joined with other parts."""

import gzip
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any, NamedTuple

import cbor2

from generator.search.folding import words_of
from generator.search.pagefind_postings import Postings, Word, joined, words_in
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.parts import FIELDS, SearchRecord

MARK = b"pagefind_dcd"
"""The first bytes of every file of an index after decompression."""


_CHECKED = 50  # words of a part; checking all of a file takes 5 % of a build after an edit
_NO_TEXT = "paper"  # the content of a paper without a summary: Pagefind skips records without words


class PagefindPart(NamedTuple):
    """Words of a part, sorted by the bytes of their stems, and the number of papers in the part."""

    words: tuple[Word, ...]
    papers: int


def index_part(records: Sequence[SearchRecord]) -> PagefindPart:
    """Index ``records`` in their order.

    Raises IndexNotBuilt if Pagefind fails, or if the installed version writes an unknown format.
    """
    # URLs are numbers here, so that Pagefind numbers papers in this order, whether it sorts by URL or not.
    files = pagefind_files(_payload(f"{number:08}", record) for number, record in enumerate(records))
    try:
        return _read_part(files, len(records))
    except (ValueError, KeyError, IndexError, TypeError, OSError, zlib.error, cbor2.CBORDecodeError) as error:
        raise IndexNotBuilt(
            f"pagefind {version('pagefind')} writes its index in an unknown format ({error}); "
            "install the version that requirements.lock names: run `make install`"
        ) from error


def divided_index(part: PagefindPart, starts: Sequence[str]) -> Iterator[PagefindPart]:
    """Divide a part into ranges of words. ``starts`` are the first letters of each range, in order."""
    stems = [word.stem for word in part.words]
    bounds = [*(bisect_left(stems, start.encode()) for start in starts), len(stems)]
    for begin, end in pairwise(bounds):
        yield part._replace(words=part.words[begin:end])


def _read_part(files: Mapping[str, bytes], papers: int) -> PagefindPart:
    """Read the ``files`` of an index; ``papers`` is the number of papers. Raises ValueError and others."""
    metas = [_decompressed(data) for name, data in files.items() if name.endswith(".pf_meta")]
    if len(metas) != 1:
        raise ValueError(f"{len(metas)} indexes of papers in one language")
    _, pages, chunks, *_, fields = cbor2.loads(metas[0])
    order = [_address(files[f"fragment/{name}.pf_fragment"]) for name, _ in pages]
    if order != [f"{number:08}" for number in range(papers)] or tuple(fields) != FIELDS:
        raise ValueError("papers are not numbered in the order in which they were given")
    words: list[Word] = []
    for *_, name in chunks:
        chunk = _decompressed(files[f"index/{name}.pf_index"])
        read = list(words_in(chunk))
        if not words:
            _check(chunk, read)
        words += read
    return PagefindPart(tuple(sorted(words)), len(pages))


def _check(chunk: bytes, read: Sequence[Word]) -> None:
    """Check that ``words_in``, which matches bytes, reads the same as a CBOR decoder. Raises ValueError."""
    [decoded] = cbor2.loads(chunk)
    if len(decoded) != len(read):
        raise ValueError("a CBOR decoder reads another number of words")
    decoded, read = decoded[:_CHECKED], read[:_CHECKED]
    expected = [(stem, papers, sorted(map(tuple, variants))) for stem, papers, variants in decoded]
    read_words = [
        (
            word.stem.decode(),
            _decoded(word.papers),
            [(form.decode(), _decoded(postings)) for form, postings in word.variants],
        )
        for word in read
    ]
    shapes = {tuple(map(type, paper)) for _, papers, _ in expected for paper in papers}
    if read_words != [(stem, papers, list(variants)) for stem, papers, variants in expected] or shapes - {
        (int, list, list)
    }:
        raise ValueError("words differ from those that a CBOR decoder reads")


def _decoded(papers: Postings) -> Any:
    return cbor2.loads(joined([(0, papers)], light=False))


def index_entry(language: str) -> str:
    """The entry file of an index as JSON: Pagefind's version, and one index without papers."""
    files = pagefind_files([{"url": "/", "content": language, "language": language, "meta": {}}])
    return files["pagefind-entry.json"].decode()


def _payload(url: str, record: SearchRecord) -> Mapping[str, Any]:
    return {
        "url": url,
        "content": record.content if words_of(record.content) else _NO_TEXT,
        "language": record.language,
        "meta": {name: record.fields[name] for name in FIELDS},
        "filters": {},
        "sort": {},
    }


def _address(fragment: bytes) -> str:
    """The ``url`` of a fragment. It comes first, so the rest need not be decompressed."""
    start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(fragment, 64)
    return start.removeprefix(MARK + b'{"url":"').partition(b'"')[0].decode("utf-8", "replace")


def _decompressed(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    if not plain.startswith(MARK):
        raise ValueError("a file does not begin with its mark")
    return plain[len(MARK) :]
