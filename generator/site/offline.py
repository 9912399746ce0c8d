"""The parameters of the service worker (theme/overrides/sw.js), which stores pages for offline reading.

They are in a separate file, so that pages do not change with the parameters. The version is a hash of the parameters,
the service worker and the core files: browsers load a new core only if one of these changes.
"""

import hashlib
import json
import re
from pathlib import Path

from generator.build.task import File, text_file

FILE = "offline.json"
WORKER = "sw.js"
_FALLBACK = "offline/"  # shown in place of a page that is not stored
_ENTRY_PAGES = ("", "venues/", "topics/", "archive/", "search/", "weekly/", "reading-list/", "compare/", _FALLBACK)
_SUFFIXES = frozenset((".css", ".js", ".woff2", ".svg"))
_STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="(assets/[^"]+)"')
_PAPER_LINK = re.compile(r'href="(papers/[a-z0-9-]+/)"')
_MAX_PREFETCHED = 12  # papers that are prefetched


def offline_file(site: Path, theme: Path, megabytes: int) -> File:
    """Return ``offline.json`` for the site in the folder ``site``, built with the theme in the folder ``theme``.

    The core consists of the entry pages and the styles, scripts, fonts and SVG images. Papers linked from the home page
    are prefetched. Browsers store at most ``megabytes``; 0 switches offline reading off.
    """
    if not megabytes:
        return switched_off_file()
    home = (site / "index.html").read_text("utf-8")
    overrides = theme / "overrides"
    assets = {
        path.relative_to(overrides).as_posix()
        for path in (overrides / "assets").rglob("*")
        if path.suffix in _SUFFIXES and path.is_file()
    }
    pages = [page for page in _ENTRY_PAGES if (site / page / "index.html").is_file()]
    # Sorted: the order of a set differs between runs, and the version is a hash of this list.
    core = [*pages, *sorted({*assets, *_STYLE_SHEET.findall(home)})]
    files = {path: _bytes_of(site, path) for path in core}
    worker = _bytes_of(site, WORKER)
    parameters = {
        "megabytes": megabytes,
        "bytes": sum(map(len, files.values())),
        "core": core,
        "ahead": list(dict.fromkeys(_PAPER_LINK.findall(home)))[:_MAX_PREFETCHED],
    }
    return _file({"version": _version(parameters, [worker, *files.values()]), **parameters})


def switched_off_file() -> File:
    """Return the ``offline.json`` that makes browsers store nothing and delete what they have stored."""
    return _file({"version": "", "megabytes": 0})


def _file(parameters: dict[str, object]) -> File:
    return text_file(FILE, json.dumps(parameters) + "\n")


def _bytes_of(site: Path, path: str) -> bytes:
    """The contents of the file that a host serves at ``path``: for a folder, its ``index.html``."""
    return (site / path / "index.html" if not path or path.endswith("/") else site / path).read_bytes()


def _version(parameters: dict[str, object], files: list[bytes]) -> str:
    parts = [json.dumps(parameters, sort_keys=True).encode(), *files]
    digests = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(digests).hexdigest()[:16]
