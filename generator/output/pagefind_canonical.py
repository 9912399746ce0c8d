"""A Pagefind index in the form that readers get: the same bytes for the same records, and little to fetch.

Pagefind names a paper's file by a hash and orders the papers by their length, so that a table of 20,000 names alone
weighs 190 KB; and it cuts the words into files of 25 KB, of which a query of four words needs four. Here the papers
are numbered as the records stand, their files named by digest and number (``3f9abc12_1a``, in base 36), and the words
cut into small files. A paper's file keeps the text to quote from alone. Since no filter and no order of Pagefind's is
used, a number is also all that the page needs to narrow and to sort. Files of the interfaces that the site does not
use are left out. Of a word that thousands of papers have, only the first place in each is kept, and the length of a
paper is rounded: both weigh much and tell little.

A ``.pf_index`` or ``.pf_meta`` file is gzip over the mark ``pagefind_dcd`` and CBOR (RFC 8949). Meta is ``[version,
[[page, words], …], [[first, last, chunk], …], filters, sorts, fields]``, a chunk ``[[[word, pages, variants], …]]``
with pages as ``[step, places, places in fields]`` and variants as ``[form, pages]``. A fragment is the mark and JSON.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import cbor2

from generator.model.search_record import SearchRecord, digest_of

_MARK = b"pagefind_dcd"
_USED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_SMALLEST = 9_000  # bytes of a file of words before compression
_MOST = 800  # files of words; a larger digest has larger ones
_HEAVY = 30_000  # bytes of a word's papers and places before compression, from which on places are left out
_PLACES = 1  # of a heavy word in each paper; the title's come first
_LENGTHS = 32  # words to which the length of a paper is rounded
_BASE = "0123456789abcdefghijklmnopqrstuvwxyz"


def canonical(files: Mapping[str, bytes], records: Sequence[SearchRecord]) -> dict[str, bytes]:
    """The files of an index that was made of ``records``, sorted by name."""
    kept = {name: data for name, data in files.items() if name in _USED or name.endswith(".pagefind")}
    entry = json.loads(kept["pagefind-entry.json"])
    for language in entry["languages"].values():
        old = f"pagefind.{language['hash']}.pf_meta"
        made = _language(_read(files[old]), files, records)
        code = language["hash"].partition("_")[0]
        language["hash"] = f"{code}_{hashlib.sha256(made['meta']).hexdigest()[:10]}"
        kept[f"pagefind.{language['hash']}.pf_meta"] = made.pop("meta")
        kept |= made
    kept["pagefind-entry.json"] = _json(entry)
    return dict(sorted(kept.items()))


def _language(meta: list[Any], files: Mapping[str, bytes], records: Sequence[SearchRecord]) -> dict[str, bytes]:
    version, pages, chunks, *_, fields = meta
    numbers = {record.url: number for number, record in enumerate(records)}
    digest = digest_of(records)
    fragments = [_fragment(files[f"fragment/{name}.pf_fragment"]) for name, _ in pages]
    place = {numbers[fragment["url"]]: at for at, fragment in enumerate(fragments)}
    order = {place[number]: at for at, number in enumerate(sorted(place))}
    words = [
        _lightened(_renumbered(word, order))
        for *_, name in chunks
        for word in _read(files[f"index/{name}.pf_index"])[0]
    ]
    told = [_json({**fragments[place[number]], "content": records[number].text}) for number in sorted(place)]
    made: dict[str, bytes] = {}
    named = [f"{digest}_{_base36(number)}" for number in sorted(place)]
    for name, data in zip(named, told, strict=True):
        made[f"fragment/{name}.pf_fragment"] = _packed(data)
    table = []
    for at, held in enumerate(_cut(words)):
        name = f"{digest}_{_base36(at)}"
        table.append([held[0][0], held[-1][0], name])
        made[f"index/{name}.pf_index"] = _packed(cbor2.dumps([held]))
    counts = [max(1, round(pages[place[number]][1] / _LENGTHS)) * _LENGTHS for number in sorted(place)]
    renamed = [list(pair) for pair in zip(named, counts, strict=True)]
    made["meta"] = _packed(cbor2.dumps([version, renamed, table, [], [], fields]))
    return made


def _fragment(data: bytes) -> dict[str, Any]:
    fragment: dict[str, Any] = json.loads(gzip.decompress(data)[len(_MARK) :])
    return {**fragment, "filters": {}}


def _renumbered(word: list[Any], order: Mapping[int, int]) -> list[Any]:
    stem, pages, variants = word
    return [stem, _pages(pages, order), [[form, _pages(held, order)] for form, held in variants]]


def _pages(pages: Iterable[list[Any]], order: Mapping[int, int]) -> list[list[Any]]:
    at = 0
    found = []
    for step, *places in pages:
        at += step
        found.append((order[at], places))
    last = 0
    told = []
    for number, places in sorted(found, key=lambda one: one[0]):
        told.append([number - last, *places])
        last = number
    return told


def _lightened(word: list[Any]) -> list[Any]:
    """The word without its later places, if it is heavy: what is left weighs some bytes a paper."""
    stem, pages, variants = word
    if len(cbor2.dumps(pages)) <= _HEAVY:
        return word
    return [stem, [[step, _first(places), *rest] for step, places, *rest in pages], variants]


def _first(places: list[int]) -> list[int]:
    """The first places of a word. A negative number among them is the weight of those after it."""
    kept: list[int] = []
    left = _PLACES
    for place in places:
        if not left:
            break
        kept.append(place)
        left -= place >= 0
    return kept


def _cut(words: list[list[Any]]) -> Iterator[list[list[Any]]]:
    sizes = [len(cbor2.dumps(word)) for word in words]
    most = max(_SMALLEST, sum(sizes) // _MOST)
    held: list[list[Any]] = []
    weight = 0
    for word, size in zip(words, sizes, strict=True):
        if held and weight + size > most:
            yield held
            held, weight = [], 0
        held.append(word)
        weight += size
    if held:
        yield held


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _BASE[digit] + digits
        if not number:
            return digits


def _json(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _read(data: bytes) -> Any:
    plain = gzip.decompress(data)
    if not plain.startswith(_MARK):
        raise ValueError("not a file of a Pagefind index")
    return cbor2.loads(plain[len(_MARK) :])


def _packed(data: bytes) -> bytes:
    return gzip.compress(_MARK + data, compresslevel=9, mtime=0)
