"""Which assets of the base theme a site needs: Material brings 2.5 MB of scripts, styles and source maps.

MkDocs copies them all, and pages are the same without. An asset is needed if its path stands in what the theme renders,
in the project's own templates, scripts or styles, or in a page. An asset that is needed may name others, and a script
makes the names of others while it runs: with one of them, all are needed. The project's own files always are.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_ASSETS = "assets/"
_SCRIPTS = "assets/javascripts/"
_TEXTS = frozenset((".html", ".css", ".js", ".xml", ".json", ".svg"))
_SUPER = re.compile(r"\bsuper\s*\(")


def unused_assets(theirs: Mapping[str, Path], own: Path | None, rendered: Iterable[str]) -> frozenset[str]:
    """Those assets of the base theme (paths in the site, and their files) of which nothing tells.

    ``own`` is the project's folder of the theme, ``rendered`` are pages as the theme gives them, in HTML or Markdown.
    """
    texts = [*rendered, *_texts_of(own)]
    if any(map(_SUPER.search, texts)):  # a block of the base theme may stand on some pages only
        return frozenset()
    left = {path for path in theirs if path.startswith(_ASSETS)}
    while texts:
        text = "\n".join(texts)
        used = {path for path in left if path in text or _is_named_beside(path, text)}
        if any(path.startswith(_SCRIPTS) for path in used):
            used |= {path for path in left if path.startswith(_SCRIPTS)}
        left -= used
        texts = [theirs[path].read_text("utf-8", "replace") for path in used if theirs[path].suffix in _TEXTS]
    return frozenset(left)


def _is_named_beside(path: str, text: str) -> bool:
    """Whether a source map is named as a script or style names it: by the file's name alone."""
    return path.endswith(".map") and f"sourceMappingURL={path.rpartition('/')[2]}" in text


def _texts_of(own: Path | None) -> list[str]:
    files = sorted(own.rglob("*")) if own else ()
    return [path.read_text("utf-8", "replace") for path in files if path.suffix in _TEXTS and path.is_file()]
