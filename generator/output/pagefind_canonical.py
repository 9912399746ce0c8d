"""A Pagefind index in one canonical form: the same records give the same bytes on every run.

Pagefind 1.5 writes the filters, and the values within each, in the order of a hash map that is seeded anew at every
start. Nothing that search answers depends on the order, so both are sorted here and the files named by their content
again. Files of the interfaces that the site does not use are left out.

A ``.pf_filter`` or ``.pf_meta`` file is gzip over the mark ``pagefind_dcd`` and CBOR (RFC 8949): a filter is
``[name, [[value, pages], …]]``; the meta file is ``[version, pages, chunks, [[filter, hash], …], sorts, fields]``.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_USED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_USED_FOLDERS = ("filter/", "fragment/", "index/")
_FILTERS = 3  # place of the filters in the meta file


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, canonical and sorted by name. Files of an unknown form are kept as they are."""
    kept = {name: data for name, data in files.items() if _is_used(name)}
    renamed: dict[str, str] = {}
    for name in [name for name in kept if name.endswith(".pf_filter")]:
        field, values = _read(kept.pop(name))
        data = _write([field, sorted(values)])
        old = name.removeprefix("filter/").removesuffix(".pf_filter")
        renamed[old] = f"{old.partition('_')[0]}_{_digest(data, 7)}"
        kept[f"filter/{renamed[old]}.pf_filter"] = data
    for name in [name for name in kept if name.endswith(".pf_meta")]:
        meta = _read(kept.pop(name))
        meta[_FILTERS] = sorted([field, renamed[old]] for field, old in meta[_FILTERS])
        data = _write(meta)
        old = name.removeprefix("pagefind.").removesuffix(".pf_meta")
        renamed[old] = f"{old.partition('_')[0]}_{_digest(data, 10)}"
        kept[f"pagefind.{renamed[old]}.pf_meta"] = data
    kept["pagefind-entry.json"] = _entry(kept["pagefind-entry.json"], renamed)
    return dict(sorted(kept.items()))


def _is_used(name: str) -> bool:
    return name in _USED or name.startswith(_USED_FOLDERS) or name.endswith((".pf_meta", ".pagefind"))


def _entry(data: bytes, renamed: Mapping[str, str]) -> bytes:
    entry = json.loads(data)
    for language in entry["languages"].values():
        language["hash"] = renamed[language["hash"]]
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def _read(data: bytes) -> Any:
    plain = gzip.decompress(data)
    if not plain.startswith(_MARK):
        raise ValueError("not a file of a Pagefind index")
    return cbor2.loads(plain[len(_MARK) :])


def _write(value: Any) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), compresslevel=9, mtime=0)


def _digest(data: bytes, length: int) -> str:
    return hashlib.sha256(data).hexdigest()[:length]
