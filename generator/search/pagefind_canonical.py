"""Rewrite a Pagefind index: the same bytes for the same records, and smaller downloads.

Pagefind names each paper by a hash: the names of 20,000 papers take 190 KB. It writes words into files of 25 KB, and a
query of four words loads four of them. This module changes the following:

- Papers are numbered in the order of the records. The name of a paper consists of the digits of its number in reverse,
  which compress best.
- Words are in smaller files, called chunks.
- The data that results show are in files for one or a few papers, called fragments. A fragment is named by the part of
  the papers (``search/index.json`` lists the parts) and its index in that part.

Filters and sort orders of Pagefind and the files of its own interfaces are left out. Of a word that thousands of papers
contain, only the first position in each paper is stored, and all papers get the same length: positions and lengths take
many bytes and hardly affect the ranking.

All files are gzip of the signature ``pagefind_dcd`` and CBOR. The meta file is ``[version, [[page, words], …], [[first,
last, chunk], …], filters, sorts, fields]``; ``pagefind_postings`` describes a chunk. A fragment is gzip of the
signature and JSON: a list of papers.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import cbor2

from generator.build.task import File
from generator.search.pagefind_part import SIGNATURE, PagefindPart
from generator.search.pagefind_postings import LIST, Postings, cbor_head, cbor_text, join_postings
from generator.search.parts import FIELDS, SearchRecord, short_hash

_MIN_CHUNK_SIZE = 6_000  # bytes of a chunk before compression
_CHUNK_BYTES_PER_1000_PAPERS = 1_270  # a large digest has larger chunks, so that there are some 1,000 of them
_MAX_POSTINGS_SIZE = 30_000  # bytes of a word's postings before compression; above, only first positions are stored
_PAPER_LENGTH = 1  # words; the same for all papers
_GZIP_LEVEL = 6  # level 9 takes four times as long for 1.8 % less
_NAME_LENGTH = 7  # characters of a file's name
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TRIPLE, _PAIR = b"\x83", b"\x82"  # the first bytes of lists with three and two items in CBOR


class Chunk(NamedTuple):
    """A file of words: its first and last stem, and its name without folder and suffix."""

    first: str
    last: str
    name: str


def fragments(part: Sequence[SearchRecord], part_hash: str, size: int) -> Iterator[File]:
    """Yield the fragments of a part of the papers, each with the data that the results of ``size`` papers show."""
    name = short_hash(part_hash)
    for index, start in enumerate(range(0, len(part), size)):
        results = [{"url": record.url, "meta": record.meta} for record in part[start : start + size]]
        yield _compressed_file(f"fragment/{name}_{_base36(index)}.pf_fragment", _json(results))


def chunk_size(papers: int) -> int:
    """The largest size of a chunk in bytes before compression, unless it has only one word."""
    return max(_MIN_CHUNK_SIZE, papers * _CHUNK_BYTES_PER_1000_PAPERS // 1000)


def chunk_files(parts: Sequence[PagefindPart], size: int) -> Iterator[tuple[Chunk, File]]:
    """Join the words of all ``parts``, and yield the chunks of at most ``size`` bytes with their files."""
    for words in _divided(_joined_words(parts), size):
        # A list with one item, the list of words.
        chunk = cbor_head(LIST, 1) + cbor_head(LIST, len(words)) + b"".join(data for _, data in words)
        name = _content_name(chunk)
        file = _compressed_file(f"index/{name}.pf_index", chunk)
        yield Chunk(words[0][0].decode(), words[-1][0].decode(), name), file


def meta_file(chunks: Sequence[Chunk], papers: int, version: str) -> File:
    """Return the meta file of an index, with the names of ``papers`` papers and the list of ``chunks``.

    ``version`` is Pagefind's.
    """
    digits = len(f"{papers:x}")
    pages = [[f"{number:0{digits}x}"[::-1], _PAPER_LENGTH] for number in range(papers)]  # reversed hexadecimal digits
    meta = cbor2.dumps([version, pages, list(map(list, chunks)), [], [], list(FIELDS)])
    return _compressed_file(f"pagefind.{_content_name(meta)}.pf_meta", meta)


def entry_of(sample_entry: dict[str, Any], meta: File, papers: int) -> bytes:
    """Return the entry file of an index of ``papers`` papers, given the ``sample_entry`` of ``index_entry``.

    Without papers, the entry lists no language.
    """
    _, name, _ = meta.path.split(".")  # ``pagefind.NAME.pf_meta``
    fields = {"hash": name, "page_count": papers}
    languages = {code: {**index, **fields} for code, index in sample_entry["languages"].items() if papers}
    return _json({**sample_entry, "languages": languages})


def _joined_words(parts: Sequence[PagefindPart]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the stem and the CBOR of each word of all parts, sorted by stem."""
    part_starts = [0, *accumulate(part.papers for part in parts)]
    # The postings of each part with the number of the part's first paper.
    postings: dict[bytes, list[tuple[int, Postings]]] = defaultdict(list)
    forms: dict[bytes, dict[bytes, list[tuple[int, Postings]]]] = defaultdict(lambda: defaultdict(list))
    for part_start, part in zip(part_starts, parts, strict=False):
        for stem, papers, variants in part.words:
            postings[stem].append((part_start, papers))
            for form, form_papers in variants:
                forms[stem][form].append((part_start, form_papers))
    for stem in sorted(postings):
        yield stem, _joined_word(stem, postings.pop(stem), forms.get(stem, {}))


def _joined_word(
    stem: bytes, postings: Sequence[tuple[int, Postings]], forms: Mapping[bytes, Sequence[tuple[int, Postings]]]
) -> bytes:
    """The CBOR of a word with the postings of all parts: ``[word, papers, variants]``."""
    reduced = sum([len(papers.whole) for _, papers in postings]) > _MAX_POSTINGS_SIZE
    items = [_TRIPLE, cbor_text(stem), join_postings(postings, reduced=reduced), cbor_head(LIST, len(forms))]
    for form in sorted(forms):
        items += (_PAIR, cbor_text(form), join_postings(forms[form], reduced=False))
    return b"".join(items)


def _divided(words: Iterable[tuple[bytes, bytes]], size: int) -> Iterator[Sequence[tuple[bytes, bytes]]]:
    """Divide words (stem and CBOR) into chunks of at most ``size`` bytes. A larger word is a chunk of its own."""
    chunk: list[tuple[bytes, bytes]] = []
    total = 0
    for stem, data in words:
        if chunk and total + len(data) > size:
            yield chunk
            chunk, total = [], 0
        chunk.append((stem, data))
        total += len(data)
    if chunk:
        yield chunk


def _compressed_file(path: str, data: bytes) -> File:
    return File(path, gzip.compress(SIGNATURE + data, compresslevel=_GZIP_LEVEL, mtime=0))


def _content_name(data: bytes) -> str:
    """A file name that is a hash of the content, so that browsers may cache the file forever."""
    return _base36(int.from_bytes(hashlib.sha256(data).digest()[:8], "big"))[:_NAME_LENGTH]


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if not number:
            return digits


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
