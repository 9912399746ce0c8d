"""Parts of Material for MkDocs in the site: styles for hand-written pages, and the assets that are used.

Material contains 2.5 MB of scripts, styles and source maps, and MkDocs copies all of them. An asset is used if its path
occurs in the theme's output, in the project's own templates, scripts or styles, in a page, or in another used asset.
Scripts also compute names at run time, so if one script is used, all count as used. The project's own files are always
kept.

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
STYLES_FILE = "assets/stylesheets/material.css"
PALETTE_FILE = "assets/stylesheets/palette.css"
# In selectors, and for ``:root`` in custom properties: components that hand-written pages can contain.
_COMPONENT = re.compile(
    r"admonition|details|summary|tabbed|highlight|linenos|codehilite|\.filename|keys|kbd|task-list|footnote|twemoji"
    r"|\.grid|md-button|critic|\babbr\b|--md-(?:admonition|details|tasklist|tabbed|footnotes)"
)
_ROOT_SCALE = 1.25  # Material sets the root font size to 125 %; the digest keeps the browser's
_LAYOUT = re.compile(r"\.md-(?!typeset|button)")  # parts of Material's layout, which no page here has
_COMMA = re.compile(r",(?![^()]*\))")  # between selectors, not inside parentheses
_REM = re.compile(r"(?<![\w.#-])(\d++(?:\.\d++)?|\.\d++)rem")  # ``.8rem``: the group is the number
_ASSETS = "assets/"
_SCRIPTS = "assets/javascripts/"
_TEXT_SUFFIXES = frozenset((".html", ".css", ".js", ".xml", ".json", ".svg"))
# A template's block that includes the same block of the base theme.
_SUPER_CALL = re.compile(r"\bsuper\s*\(")


def style_files(palette: str | None = None) -> Iterator[File]:
    """Yield the style sheet of components and, if ``palette`` is not None, the one of colors.

    ``palette`` is the setting of that name. It may be empty or contain no color.
    """
    yield text_file(STYLES_FILE, "\n".join(("@layer material {", *_needed_rules(_sheet("main")), "}")) + "\n")
    if palette is not None:
        yield text_file(PALETTE_FILE, _colors(palette))


def _colors(palette: str) -> str:
    """The style sheet that sets the palette's color. Pages link to it, so without a color it is a comment."""
    color = palette_color(palette)
    if color is None:
        return "/* The palette names no color: write one, or colors into a style sheet of your own. */\n"
    color_value = f"light-dark({readable(color, LIGHT)}, {readable(color, DARK)})"
    return f"@layer base {{ :root {{ --accent: {color_value}; --link: {color_value}; }} }}\n"


def _sheet(name: str) -> str:
    """Read a style sheet from the installed Material package."""
    package = find_spec("material")
    assert package
    assert package.origin
    # Material's file names contain a hash: ``main.484c7ddc.min.css``.
    (path,) = (Path(package.origin).parent / "templates/assets/stylesheets").glob(f"{name}.*.css")
    return path.read_text("utf-8")


def _needed_rules(css: str) -> Iterator[str]:
    """Yield the rules of ``css`` that pages need, one per line."""
    for selector, body in _rules(css):
        if selector.startswith(("@media", "@supports")):
            if "print" not in selector and (inner := list(_needed_rules(body))):
                yield f"{selector}{{{''.join(inner)}}}"
        # A rule for ``:root`` sets custom properties, so its body shows whether it is for components.
        elif not selector.startswith("@") and _COMPONENT.search(selector + body if selector == ":root" else selector):
            selectors = ["." + SCOPE] if selector == ":root" else [*_scoped(selector)]
            if selectors:
                yield f"{','.join(selectors)}{{{_scaled(body)}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield the selector and the body of each rule, ``@media`` and the like included. Statements are skipped."""
    # A scan with a depth counter suffices for Material's minified sheet and avoids a CSS parser as a dependency.
    start = depth = opening_brace = 0
    quote = ""
    for index, character in enumerate(css):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "{":
            depth += 1
            opening_brace = index if depth == 1 else opening_brace
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opening_brace].strip(), css[opening_brace + 1 : index]
                start = index + 1
        elif character == ";" and depth == 0:
            start = index + 1


def _scoped(selector_list: str) -> Iterator[str]:
    """Yield the selectors that name a component, limited to elements in ``.hand``."""
    for selector in _COMMA.split(selector_list):
        if _COMPONENT.search(selector) and not _LAYOUT.search(selector):
            # Only right-to-left pages have the attribute ``dir``, so ``[dir=ltr]`` would match no page.
            scoped = selector.replace(".md-typeset", f".{SCOPE}").replace("[dir=ltr]", "body:not([dir=rtl])")
            yield scoped if scoped != selector else f".{SCOPE} {selector}"


def _scaled(body: str) -> str:
    """The body of a rule with sizes relative to the digest's root font size."""
    return _REM.sub(lambda size: f"{float(size[1]) * _ROOT_SCALE:.4g}rem", body)


def unused_assets(base_assets: Mapping[str, Path], custom: Path | None, rendered: Iterable[str]) -> frozenset[str]:
    """Return the paths of the base theme's assets that are not used.

    ``base_assets`` are the files of the base theme by their paths in the site, ``custom`` is the folder of the
    project's theme, and ``rendered`` are pages in HTML or Markdown.
    """
    texts = [*rendered, *_texts_of(custom)]
    # Which assets a block with ``super()`` uses is known only after all pages are rendered.
    if any(map(_SUPER_CALL.search, texts)):
        return frozenset()
    remaining = {path for path in base_assets if path.startswith(_ASSETS)}
    # The first pass searches the given texts, each further pass the assets that the previous one found.
    while texts:
        text = "\n".join(texts)
        used = {path for path in remaining if path in text or _is_named_source_map(path, text)}
        if any(path.startswith(_SCRIPTS) for path in used):
            used |= {path for path in remaining if path.startswith(_SCRIPTS)}
        remaining -= used
        used_files = map(base_assets.__getitem__, used)
        texts = [file.read_text("utf-8", "replace") for file in used_files if file.suffix in _TEXT_SUFFIXES]
    return frozenset(remaining)


def _is_named_source_map(path: str, text: str) -> bool:
    """Whether a script or style sheet names the source map at ``path``, which it does without the folder."""
    return path.endswith(".map") and f"sourceMappingURL={path.rpartition('/')[2]}" in text


def _texts_of(custom: Path | None) -> list[str]:
    """The contents of the text files in the project's theme folder."""
    files = sorted(custom.rglob("*")) if custom else ()
    return [path.read_text("utf-8", "replace") for path in files if path.suffix in _TEXT_SUFFIXES and path.is_file()]
