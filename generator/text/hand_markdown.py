"""Convert the Markdown of hand-written pages to HTML, with the extensions that Material for MkDocs documents.

Hand-written pages are trusted. Generated pages contain untrusted text, and are never converted here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from generator.text.maths import to_mathml

_DIAGRAM = "mermaid"
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {}, "admonition": {}, "attr_list": {}, "def_list": {}, "footnotes": {}, "md_in_html": {},
    "tables": {"use_align_attribute": True},  # the content security policy forbids `style` attributes
    "toc": {"permalink": False},
    "pymdownx.betterem": {}, "pymdownx.caret": {}, "pymdownx.critic": {}, "pymdownx.details": {},
    "pymdownx.emoji": {},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.inlinehilite": {}, "pymdownx.keys": {}, "pymdownx.mark": {}, "pymdownx.smartsymbols": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True, "combine_header_slug": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tilde": {},
}  # fmt: skip
EXTENSIONS = frozenset(_EXTENSIONS)
"""The extensions of hand-written pages, by the names that ``mkdocs.yml`` uses."""

# The attributes of elements that contain the target of a link.
_TARGET_ATTRIBUTES = {"a": "href", "img": "src"}
# The limits bound the time to search for a closing dollar sign.
_FORMULA = r"(?<![\\$])\$(?=[^\s$])([^$\n]{1,500}?)(?<=\S)\$(?!\d)"
_DISPLAY_FORMULA = r"(?<![\\$])\$\$([^$]{1,2000}?)\$\$"
# Possessive, so that the search takes linear time even if ``</pre>`` is missing.
_CODE_BLOCK = re.compile(r"<pre\b(?:[^<]|<(?!/?pre\b))*+</pre>")
_CHECKBOX = re.compile(r'(<input type="checkbox" disabled)( checked)?/>')  # of a task list
_ID = re.compile(r'\s(?:id|name)="([^"]+)"')


class ConvertedPage(NamedTuple):
    """A page as HTML, its ids and the targets of its links as written, and whether it has diagrams.

    ``html`` is one block of HTML, so that Markdown leaves it unchanged inside a page.
    """

    html: str
    ids: frozenset[str]
    targets: tuple[str, ...]
    has_diagrams: bool


def convert(text: str, resolve: Callable[[str], str]) -> ConvertedPage:
    """Convert a page. ``resolve`` returns the URL for the target of each Markdown link and image."""
    converter = _converter()
    converter.reset()
    links = converter.treeprocessors["links"]
    assert isinstance(links, _Links)
    links.resolve, links.targets = resolve, []
    html = converter.convert(text)
    # Entities protect empty lines and trailing spaces of code in the Markdown page.
    html = _CODE_BLOCK.sub(lambda block: block[0].replace("\n", "&#10;"), html)
    # The extension creates checkboxes with an empty label, which screen readers cannot name.
    html = _CHECKBOX.sub(lambda box: f'{box[1]} aria-label="{"✓" if box[2] else "☐"}"{box[2] or ""}/>', html)
    return ConvertedPage(html, frozenset(_ID.findall(html)), tuple(links.targets), f'class="{_DIAGRAM}"' in html)


@cache
def _converter() -> Markdown:
    """The converter, created once, since it loads the list of emoji."""
    from material.extensions.emoji import twemoji  # a slow import, and most commands convert no page
    from pymdownx.superfences import fence_code_format

    fences = [{"name": _DIAGRAM, "class": _DIAGRAM, "format": fence_code_format}]
    settings = {
        **_EXTENSIONS,
        "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": _emoji},
        "pymdownx.superfences": {"custom_fences": fences},
    }
    return Markdown(extensions=[*settings, _FormulasAndLinks()], extension_configs=settings)


def _emoji(
    index: str, shortname: str, alias: str, uc: str | None, alt: str, title: str, category: str, options: Any, md: Any
) -> Any:
    """Replace an emoji (``uc`` is its code point) by its character, and an icon by Material's SVG drawing.

    Browsers then load no image from another host. The parameters are those of pymdownx.emoji.
    """
    from material.extensions.emoji import to_svg

    return alt if uc else to_svg(index, shortname, alias, uc, alt, title, category, options, md)


class _FormulasAndLinks(Extension):  # type: ignore[misc]
    """Formulas as in entries, and links that the site resolves."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        for name, pattern, priority in (("display", _DISPLAY_FORMULA, 186), ("formulas", _FORMULA, 185)):
            md.inlinePatterns.register(_Formulas(pattern, md), name, priority)  # after code, before escapes
        md.treeprocessors.register(_Links(md), "links", 0)  # after all others


class _Formulas(InlineProcessor):  # type: ignore[misc]
    """Convert formulas to MathML; a formula that cannot be converted is shown as code."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # noqa: ARG002, N802
        tex = m[1].strip()
        formula = to_mathml(tex) or f"<code>{escape(tex)}</code>"
        if m[0].startswith("$$"):
            formula = formula.replace('display="inline"', 'display="block"', 1)
        return self.md.htmlStash.store(formula), m.start(0), m.end(0)


class _Links(Treeprocessor):  # type: ignore[misc]
    """Resolve the targets of links and images, and collect them as written in ``targets``."""

    resolve: Callable[[str], str]
    targets: list[str]

    def run(self, root: Element) -> None:
        for element in root.iter():
            attribute = _TARGET_ATTRIBUTES.get(element.tag)
            if attribute and (target := element.get(attribute)):
                self.targets.append(target)
                element.set(attribute, self.resolve(target))


def link_lines(text: str, targets: Iterable[str]) -> Iterator[int]:
    """Yield the line number in ``text`` of each link, given the targets in the order of the text.

    Lines count from 1. The search for a target begins at the line of the previous one; one that is not found gets 1.
    """
    lines = text.split("\n")
    start = 0
    for target in targets:
        index = next((index for index in range(start, len(lines)) if target in lines[index]), None)
        start = start if index is None else index
        yield 1 if index is None else index + 1
