"""The rewritten index: fragments of results, chunks of words, the entry."""

import gzip
import json
from typing import Any

import cbor2

from generator.build.task import File
from generator.search.pagefind_canonical import Chunk, chunk_files, chunk_size, entry_of, fragments, meta_file
from generator.search.pagefind_part import SIGNATURE, PagefindPart
from generator.search.pagefind_postings import words_in
from generator.search.parts import FIELDS, SearchRecord, short_hash

PAPERS = [[1, [-25, 3], []], [1, [-25, 4], []]]


def _decompressed(file: File) -> bytes:
    return gzip.decompress(file.data).removeprefix(SIGNATURE)


def _part(*stems: str) -> PagefindPart:
    chunk = cbor2.dumps([[[stem, PAPERS, []] for stem in stems]])
    return PagefindPart(tuple(sorted(words_in(chunk))), 3)


def test_a_fragment_has_the_results_of_several_papers() -> None:
    records = [SearchRecord(f"/papers/{n}/", "", {}, "en", {"title": f"T{n}"}, (), ()) for n in range(3)]
    files = list(fragments(records, "ab" * 16, 2))
    assert [file.path for file in files] == [f"fragment/{short_hash('ab' * 16)}_{n}.pf_fragment" for n in range(2)]
    shown: list[list[dict[str, Any]]] = [json.loads(_decompressed(file)) for file in files]
    assert shown[0][1] == {"url": "/papers/1/", "meta": {"title": "T1"}}
    assert len(shown[1]) == 1


def test_the_papers_of_later_parts_follow_those_of_earlier_ones() -> None:
    [(chunk, file)] = chunk_files([_part("cat", "dog"), _part("cat")], chunk_size(6))
    assert (chunk.first, chunk.last) == ("cat", "dog")
    cat, dog = cbor2.loads(_decompressed(file))[0]
    assert cat == ["cat", [*PAPERS, [2, [-25, 3], []], [1, [-25, 4], []]], []]
    assert dog == ["dog", PAPERS, []]


def test_a_chunk_ends_before_it_exceeds_its_size() -> None:
    parts = [_part("cat", "cow", "dog")]
    [_, size, *_] = [len(_decompressed(file)) for _, file in chunk_files([_part("cat"), _part("cow", "dog")], 1)]
    assert [chunk.first for chunk, _ in chunk_files(parts, 2 * size)] == ["cat", "dog"]
    assert [chunk.first for chunk, _ in chunk_files(parts, 1)] == ["cat", "cow", "dog"]


def test_the_meta_file_numbers_papers_and_lists_chunks_and_fields() -> None:
    chunks = [Chunk("cat", "cow", "x1"), Chunk("dog", "dog", "y2")]
    version, pages, listed, filters, sorts, fields = cbor2.loads(_decompressed(meta_file(chunks, 18, "1.0")))
    assert (version, filters, sorts, fields) == ("1.0", [], [], list(FIELDS))
    assert [name for name, _ in pages] == [f"{number:02x}"[::-1] for number in range(18)]
    assert [Chunk(*chunk) for chunk in listed] == chunks


def test_equal_parts_give_equal_bytes_and_names_follow_from_the_content() -> None:
    first, second, other = (list(chunk_files([_part(stem)], 6000)) for stem in ("cat", "cat", "cow"))
    assert first == second
    assert other[0][0].name != first[0][0].name


def test_an_entry_names_the_meta_file_and_has_no_language_without_papers() -> None:
    shell = {"version": "1.0", "languages": {"en": {"hash": "x", "page_count": 1}}}
    meta = File("pagefind.abc.pf_meta", b"")
    assert json.loads(entry_of(shell, meta, 7))["languages"] == {"en": {"hash": "abc", "page_count": 7}}
    assert json.loads(entry_of(shell, meta, 0))["languages"] == {}
