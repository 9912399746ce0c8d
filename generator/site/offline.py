"""The parameters of the service worker (theme/overrides/sw.js), which stores pages for offline reading.

They are in a separate file so that pages do not change with them. The version is a hash of the core files: browsers
load a new core only when one of them changes.
"""

import hashlib
import json
import re
from pathlib import Path

from generator.build.task import File, text_file

FILE = "offline.json"
WORKER = "sw.js"
FALLBACK = "offline/"

_PAGES = ("", "venues/", "topics/", "archive/", "search/", "weekly/", "reading-list/", "compare/", FALLBACK)
_KINDS = frozenset((".css", ".js", ".woff2", ".svg"))
_STYLE = re.compile(r'<link rel="stylesheet" href="(assets/[^"]+)"')
_PAPER = re.compile(r'href="(papers/[a-z0-9-]+/)"')
_MAX_PREFETCHED = 12  # papers that are prefetched


def offline_file(site: Path, theme: Path, megabytes: int) -> File:
    """Return ``offline.json`` for the site in the folder ``site``, built with the theme in the folder ``theme``.

    The core consists of the entry pages and the styles, scripts and fonts. Papers linked from the home page are
    prefetched. With ``megabytes`` 0 nothing is stored.
    """
    if not megabytes:
        return switched_off()
    home = (site / "index.html").read_text("utf-8")
    overrides = theme / "overrides"
    assets = {
        path.relative_to(overrides).as_posix()
        for path in (overrides / "assets").rglob("*")
        if path.suffix in _KINDS and path.is_file()
    }
    pages = [page for page in _PAGES if (site / page / "index.html").is_file()]
    # Sorted: a set has another order in each run, and the version is a hash of this list.
    core = [*pages, *sorted({*assets, *_STYLE.findall(home)})]
    files = {path: _bytes_of(site, path) for path in core}
    worker = _bytes_of(site, WORKER)
    parameters = {
        "megabytes": megabytes,
        "bytes": sum(map(len, files.values())),
        "core": core,
        "ahead": list(dict.fromkeys(_PAPER.findall(home)))[:_MAX_PREFETCHED],
    }
    return _file({"version": _version(parameters, [worker, *files.values()]), **parameters})


def switched_off() -> File:
    """Return the ``offline.json`` that makes browsers store nothing and delete what they have stored."""
    return _file({"version": "", "megabytes": 0})


def _file(parameters: dict[str, object]) -> File:
    return text_file(FILE, json.dumps(parameters) + "\n")


def _bytes_of(site: Path, path: str) -> bytes:
    return (site / path / "index.html" if not path or path.endswith("/") else site / path).read_bytes()


def _version(parameters: dict[str, object], files: list[bytes]) -> str:
    parts = [json.dumps(parameters, sort_keys=True).encode(), *files]
    digests = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(digests).hexdigest()[:16]
