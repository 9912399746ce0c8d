"""What the site takes from Material for MkDocs: styles for hand-written pages, and the assets that it uses.

Material contains 2.5 MB of scripts, styles and source maps, and MkDocs copies all of them. An asset is used if its path
occurs in the theme's output, in the project's own templates, scripts or styles, or in a page. A used asset may name
others. Scripts also compute names at run time, so one used script keeps all scripts. The project's own files are always
used.

Material's style sheet also styles its page layout, which the digest does not use. Only rules for components are kept,
scoped to ``.hand``. ``hand.css`` adapts them to the digest's colors.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from generator.build.task import File, text_file
from generator.text.color import DARK, LIGHT, palette_color, readable

SCOPE = "hand"
FILE = "assets/stylesheets/material.css"
PALETTE = "assets/stylesheets/palette.css"
_PARTS = re.compile(
    r"admonition|details|summary|tabbed|highlight|linenos|codehilite|\.filename|keys|kbd|task-list|footnote|twemoji"
    r"|\.grid|md-button|critic|\babbr\b|--md-(?:admonition|details|tasklist|tabbed|footnotes)"
)
_ROOT = 1.25  # Material sets the root font size to 125 %; the digest keeps the browser's
_FRAME = re.compile(r"\.md-(?!typeset|button)")  # parts of Material's layout, which no page here has
_COMMA = re.compile(r",(?![^()]*\))")  # outside parentheses
_SIZE = re.compile(r"(?<![\w.#-])(\d++(?:\.\d++)?|\.\d++)rem")
_ASSETS = "assets/"
_SCRIPTS = "assets/javascripts/"
_TEXTS = frozenset((".html", ".css", ".js", ".xml", ".json", ".svg"))
# a block that extends the base theme's, whose output is known only after rendering
_SUPER = re.compile(r"\bsuper\s*\(")


def style_files(palette: str | None = None) -> Iterator[File]:
    """Yield the component styles, and the colors if the settings have a ``palette``, even without a color."""
    yield text_file(FILE, "\n".join(("@layer material {", *_needed_rules(_sheet("main")), "}")) + "\n")
    if palette is not None:
        yield text_file(PALETTE, _colors(palette))


def _colors(palette: str) -> str:
    """The style sheet that sets the palette's color. Pages link to it, so it exists even without a color."""
    color = palette_color(palette)
    if color is None:
        return "/* The palette names no color: write one, or colors into a style sheet of your own. */\n"
    mixed = f"light-dark({readable(color, LIGHT)}, {readable(color, DARK)})"
    return f"@layer base {{ :root {{ --accent: {mixed}; --link: {mixed}; }} }}\n"


def _sheet(name: str) -> str:
    """Read a style sheet from the installed Material package."""
    package = find_spec("material")
    assert package
    assert package.origin
    (path,) = (Path(package.origin).parent / "templates/assets/stylesheets").glob(f"{name}.*.css")
    return path.read_text("utf-8")


def _needed_rules(css: str) -> Iterator[str]:
    """Yield the rules of ``css`` that pages need, one per line."""
    for head, body in _rules(css):
        if head.startswith(("@media", "@supports")):
            if "print" not in head and (inner := list(_needed_rules(body))):
                yield f"{head}{{{''.join(inner)}}}"
        elif not head.startswith("@") and _PARTS.search(head + body if head == ":root" else head):
            selectors = ["." + SCOPE] if head == ":root" else [*_scoped(head)]
            if selectors:
                yield f"{','.join(selectors)}{{{_scaled(body)}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selector and the body of each rule. Statements without braces are left out."""
    # A scan with a depth counter suffices for Material's minified sheet and avoids a CSS parser as a dependency.
    start = depth = opened = 0
    quote = ""
    for index, character in enumerate(css):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "{":
            depth += 1
            opened = index if depth == 1 else opened
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : index]
                start = index + 1
        elif character == ";" and depth == 0:
            start = index + 1


def _scoped(head: str) -> Iterator[str]:
    """Yield the selectors of a rule that name a component, scoped. Commas in parentheses do not separate selectors."""
    for selector in _COMMA.split(head):
        if _PARTS.search(selector) and not _FRAME.search(selector):
            # The digest sets ``dir`` on right-to-left pages only, so ``[dir=ltr]`` would never match.
            scoped = selector.replace(".md-typeset", f".{SCOPE}").replace("[dir=ltr]", "body:not([dir=rtl])")
            yield scoped if scoped != selector else f".{SCOPE} {selector}"


def _scaled(body: str) -> str:
    return _SIZE.sub(lambda size: f"{float(size[1]) * _ROOT:.4g}rem", body)


def unused_assets(base_assets: Mapping[str, Path], custom: Path | None, rendered: Iterable[str]) -> frozenset[str]:
    """Return the unused assets of the base theme, given as ``base_assets``: paths in the site and their files.

    ``custom`` is the project's theme folder; ``rendered`` are pages in HTML or Markdown.
    """
    texts = [*rendered, *_texts_of(custom)]
    if any(map(_SUPER.search, texts)):  # ``super()`` inserts a block of the base theme, possibly on some pages only
        return frozenset()
    remaining = {path for path in base_assets if path.startswith(_ASSETS)}
    while texts:
        text = "\n".join(texts)
        used = {path for path in remaining if path in text or _is_named_beside(path, text)}
        if any(path.startswith(_SCRIPTS) for path in used):
            used |= {path for path in remaining if path.startswith(_SCRIPTS)}
        remaining -= used
        texts = [base_assets[path].read_text("utf-8", "replace") for path in used if base_assets[path].suffix in _TEXTS]
    return frozenset(remaining)


def _is_named_beside(path: str, text: str) -> bool:
    """Whether a source map is named as in scripts and styles: by the file name without a path."""
    return path.endswith(".map") and f"sourceMappingURL={path.rpartition('/')[2]}" in text


def _texts_of(custom: Path | None) -> list[str]:
    files = sorted(custom.rglob("*")) if custom else ()
    return [path.read_text("utf-8", "replace") for path in files if path.suffix in _TEXTS and path.is_file()]
