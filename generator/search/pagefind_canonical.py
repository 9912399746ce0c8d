"""Rewrite a Pagefind index: the same bytes for the same records, and smaller downloads.

Pagefind names a paper's file by a hash, so that a table of 20,000 names alone takes 190 KB; and it writes words into
files of 25 KB, of which a query of four words needs four. Here the papers are numbered in the order of the records
(their names in the table are the reversed digits of the number, which compress best), and the words are in smaller
files. A fragment (what the results of one or a few papers show) is named by their part (``search/index.json`` lists
the parts) and its index in that part. Filters and sort orders of Pagefind are not used, so the page needs only a number
to filter and to sort. Files of Pagefind's own interfaces are left out.

Of a word that thousands of papers contain, only the first position in each is stored, and all papers get the same
length: positions and lengths take many bytes and hardly affect the ranking.

All files are gzip of the mark ``pagefind_dcd`` and CBOR. The meta file is ``[version, [[page, words], …], [[first,
last, chunk], …], filters, sorts, fields]``; ``pagefind_postings`` describes a chunk. A fragment is the mark and JSON,
here a list of papers.
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
from generator.search.pagefind_part import MARK, PagefindPart
from generator.search.pagefind_postings import Postings, head, joined, text
from generator.search.parts import FIELDS, SearchRecord, short_hash

_MIN_CHUNK = 6_000  # bytes of a chunk (a file of words) before compression
_CHUNK_BYTES_PER_1000_PAPERS = 1_350  # a large digest has larger chunks, so that there are some 1,000 of them
_HEAVY = 30_000  # bytes of a word's postings before compression, from which on positions are left out
_LENGTH = 1  # words; the length of every paper
_EFFORT = 6  # gzip level; 9 takes four times as long for 1.8 % less
_NAME = 7  # characters of a file's name
_BASE = "0123456789abcdefghijklmnopqrstuvwxyz"
_TRIPLE, _PAIR = b"\x83", b"\x82"


class Chunk(NamedTuple):
    """A file of words: its first and last stem, and its name without folder and suffix."""

    first: str
    last: str
    name: str


def fragments(part: Sequence[SearchRecord], part_hash: str, size: int) -> Iterator[File]:
    """Yield the fragments of a part: what the results of ``size`` papers each show."""
    name = short_hash(part_hash)
    for number, start in enumerate(range(0, len(part), size)):
        records = part[start : start + size]
        shown = [{"url": record.url, "meta": record.meta} for record in records]
        yield File(f"fragment/{name}_{_base36(number)}.pf_fragment", _fragment(shown))


def chunk_size(papers: int) -> int:
    """The largest size of a chunk in bytes before compression, unless it has only one word."""
    return max(_MIN_CHUNK, papers * _CHUNK_BYTES_PER_1000_PAPERS // 1000)


def chunk_files(parts: Sequence[PagefindPart], size: int) -> Iterator[tuple[Chunk, File]]:
    """Join the words of all ``parts``, and yield the chunks with their files. ``size`` is that of ``chunk_size``."""
    for words in _cut(_joined_words(parts), size):
        chunk = head(0x80, 1) + head(0x80, len(words)) + b"".join(data for _, data in words)
        name = _name_of(chunk)
        yield Chunk(words[0][0].decode(), words[-1][0].decode(), name), _file(f"index/{name}.pf_index", chunk)


def meta_file(chunks: Sequence[Chunk], papers: int, version: str) -> File:
    """The meta file of an index: the papers by number, and the ``chunks``."""
    digits = len(f"{papers:x}")
    pages = [[f"{number:0{digits}x}"[::-1], _LENGTH] for number in range(papers)]
    meta = cbor2.dumps([version, pages, list(map(list, chunks)), [], [], list(FIELDS)])
    return _file(f"pagefind.{_name_of(meta)}.pf_meta", meta)


def entry_of(shell: dict[str, Any], meta: File, papers: int) -> bytes:
    """The first file of an index: Pagefind's ``shell`` of an entry, with one index of ``papers`` papers."""
    counts = {"hash": meta.path.split(".")[1], "page_count": papers}
    languages = {code: {**index, **counts} for code, index in shell["languages"].items() if papers}
    return _json({**shell, "languages": languages})


def _joined_words(parts: Sequence[PagefindPart]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each word with its postings of all parts, in order."""
    begins = [0, *accumulate(part.papers for part in parts)]
    postings: dict[bytes, list[tuple[int, Postings]]] = defaultdict(list)
    forms: dict[bytes, dict[bytes, list[tuple[int, Postings]]]] = defaultdict(lambda: defaultdict(list))
    for begin, part in zip(begins, parts, strict=False):
        for stem, papers, variants in part.words:
            postings[stem].append((begin, papers))
            for form, form_papers in variants:
                forms[stem][form].append((begin, form_papers))
    for stem in sorted(postings):
        yield stem, _joined_word(stem, postings.pop(stem), forms.get(stem, {}))


def _joined_word(
    stem: bytes, postings: Sequence[tuple[int, Postings]], forms: Mapping[bytes, Sequence[tuple[int, Postings]]]
) -> bytes:
    light = sum([len(papers.whole) for _, papers in postings]) > _HEAVY
    items = [_TRIPLE, text(stem), joined(postings, light=light), head(0x80, len(forms))]
    for form in sorted(forms):
        items += (_PAIR, text(form), joined(forms[form], light=False))
    return b"".join(items)


def _cut(words: Iterable[tuple[bytes, bytes]], size: int) -> Iterator[Sequence[tuple[bytes, bytes]]]:
    chunk: list[tuple[bytes, bytes]] = []
    weight = 0
    for word in words:
        if chunk and weight + len(word[1]) > size:
            yield chunk
            chunk, weight = [], 0
        chunk.append(word)
        weight += len(word[1])
    if chunk:
        yield chunk


def _file(path: str, data: bytes) -> File:
    return File(path, _compressed(data))


def _fragment(papers: object) -> bytes:
    return _compressed(_json(papers))


def _compressed(data: bytes) -> bytes:
    return gzip.compress(MARK + data, compresslevel=_EFFORT, mtime=0)


def _name_of(data: bytes) -> str:
    """A name from the content: browsers may cache the file forever."""
    return _base36(int.from_bytes(hashlib.sha256(data).digest()[:8], "big"))[:_NAME]


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _BASE[digit] + digits
        if not number:
            return digits


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")
