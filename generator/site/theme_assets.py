"""Find unused assets of the base theme: Material contains 2.5 MB of scripts, styles and source maps.

MkDocs copies all of them. An asset is used if its path occurs in the theme's output, in the project's own templates,
scripts or styles, or in a page. A used asset may name others. Scripts also compute names at run time, so one used
script keeps all scripts. The project's own files are always used.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_ASSETS = "assets/"
_SCRIPTS = "assets/javascripts/"
_TEXTS = frozenset((".html", ".css", ".js", ".xml", ".json", ".svg"))
# a block that extends the base theme's, whose output is known only after rendering
_SUPER = re.compile(r"\bsuper\s*\(")


def unused_assets(theirs: Mapping[str, Path], own: Path | None, rendered: Iterable[str]) -> frozenset[str]:
    """Return the unused assets of the base theme, given as ``theirs``: paths in the site and their files.

    ``own`` is the project's theme folder; ``rendered`` are pages in HTML or Markdown.
    """
    texts = [*rendered, *_texts_of(own)]
    if any(map(_SUPER.search, texts)):  # ``super()`` inserts a block of the base theme, possibly on some pages only
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
    """Whether a source map is named as in scripts and styles: by the file name without a path."""
    return path.endswith(".map") and f"sourceMappingURL={path.rpartition('/')[2]}" in text


def _texts_of(own: Path | None) -> list[str]:
    files = sorted(own.rglob("*")) if own else ()
    return [path.read_text("utf-8", "replace") for path in files if path.suffix in _TEXTS and path.is_file()]
