"""Index a part of the papers with Pagefind, so that it can be joined with other parts."""

import gzip
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any, NamedTuple

import cbor2

from generator.search.folding import words_of
from generator.search.pagefind_postings import Postings, Word, join_postings, words_in
from generator.search.pagefind_service import IndexNotBuilt, pagefind_files
from generator.search.parts import FIELDS, SearchRecord

SIGNATURE = b"pagefind_dcd"
"""The first bytes of every file of an index after decompression."""

_CHECKED_WORDS = 50  # of each part; to check all words of a file takes 5 % of the time of a build after an edit
_NO_TEXT = "paper"  # the content of a paper without a summary: Pagefind skips records without words


class PagefindPart(NamedTuple):
    """Words of a part, sorted by the bytes of their stems, and the number of papers in the part."""

    words: tuple[Word, ...]
    papers: int


def index_part(records: Sequence[SearchRecord]) -> PagefindPart:
    """Index ``records`` with Pagefind and return their words. Papers are numbered in the order of ``records``.

    Raises IndexNotBuilt if Pagefind fails, or if the installed version writes an unknown format.
    """
    # With numbers as URLs, Pagefind numbers papers in this order, whether it sorts them by URL or not.
    files = pagefind_files(_payload(f"{number:08}", record) for number, record in enumerate(records))
    try:
        return _read_part(files, len(records))
    except (ValueError, KeyError, IndexError, TypeError, OSError, zlib.error, cbor2.CBORDecodeError) as error:
        raise IndexNotBuilt(
            f"pagefind {version('pagefind')} writes its index in an unknown format ({error}); "
            "install the version that requirements.lock names: run `make install`"
        ) from error


def divided_part(part: PagefindPart, starts: Sequence[str]) -> Iterator[PagefindPart]:
    """Divide a part into ranges of words. ``starts`` are the first letters of each range, in order."""
    stems = [word.stem for word in part.words]
    bounds = [*(bisect_left(stems, start.encode()) for start in starts), len(stems)]
    for first, end in pairwise(bounds):
        yield part._replace(words=part.words[first:end])


def _read_part(files: Mapping[str, bytes], papers: int) -> PagefindPart:
    """Read the ``files`` of Pagefind's index of ``papers`` papers. Raises ValueError and others for a wrong format."""
    metas = [_decompressed(data) for name, data in files.items() if name.endswith(".pf_meta")]
    if len(metas) != 1:
        raise ValueError(f"{len(metas)} indexes of papers in one language")
    _, pages, chunks, *_, fields = cbor2.loads(metas[0])
    urls = [_url_of_fragment(files[f"fragment/{name}.pf_fragment"]) for name, _ in pages]
    if urls != [f"{number:08}" for number in range(papers)] or tuple(fields) != FIELDS:
        raise ValueError("papers are not numbered in the order in which they were given")
    words: list[Word] = []
    for *_, name in chunks:
        chunk = _decompressed(files[f"index/{name}.pf_index"])
        chunk_words = list(words_in(chunk))
        if not words:
            _check_words(chunk, chunk_words)
        words += chunk_words
    return PagefindPart(tuple(sorted(words)), len(pages))


def _check_words(chunk: bytes, words: Sequence[Word]) -> None:
    """Check that ``words``, which ``words_in`` read, are those that a CBOR decoder reads. Raises ValueError."""
    [decoded] = cbor2.loads(chunk)
    if len(decoded) != len(words):
        raise ValueError("a CBOR decoder reads another number of words")
    expected = [(stem, papers, sorted(map(tuple, variants))) for stem, papers, variants in decoded[:_CHECKED_WORDS]]
    actual = [
        (
            word.stem.decode(),
            _decoded_postings(word.papers),
            [(form.decode(), _decoded_postings(postings)) for form, postings in word.variants],
        )
        for word in words[:_CHECKED_WORDS]
    ]
    # ``[step, positions, positions in fields]`` for each paper
    types = {tuple(map(type, paper)) for _, papers, _ in expected for paper in papers}
    if actual != expected or not types <= {(int, list, list)}:
        raise ValueError("words differ from those that a CBOR decoder reads")


def _decoded_postings(papers: Postings) -> Any:
    return cbor2.loads(join_postings([(0, papers)], reduced=False))


def index_entry(language: str) -> str:
    """Return Pagefind's entry file as JSON: its version, and the index of a sample record in ``language``.

    ``pagefind_canonical.entry_of`` replaces the name and the number of papers of this index. Raises IndexNotBuilt if
    Pagefind fails.
    """
    files = pagefind_files([{"url": "/", "content": language, "language": language, "meta": {}}])
    return files["pagefind-entry.json"].decode()


def _payload(url: str, record: SearchRecord) -> Mapping[str, Any]:
    """The record in the form that Pagefind reads."""
    return {
        "url": url,
        "content": record.content if words_of(record.content) else _NO_TEXT,
        "language": record.language,
        "meta": {name: record.fields[name] for name in FIELDS},
        "filters": {},
        "sort": {},
    }


def _url_of_fragment(fragment: bytes) -> str:
    """The ``url`` in a fragment."""
    # It is the first field of the JSON document, so the rest need not be decompressed.
    start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(fragment, 64)
    return start.removeprefix(SIGNATURE + b'{"url":"').partition(b'"')[0].decode("utf-8", "replace")


def _decompressed(data: bytes) -> bytes:
    """The content of a file of the index, without the signature."""
    content = gzip.decompress(data)
    if not content.startswith(SIGNATURE):
        raise ValueError(f"a file does not begin with {SIGNATURE.decode()}")
    return content[len(SIGNATURE) :]
