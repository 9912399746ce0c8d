"""Convert the inline Markdown of page templates to HTML: links, tags, character references and escaped characters."""

import re

from generator.site.markdown_attributes import BLOCK, Declined, attributes_from_braces
from generator.site.page_links import Anchor, PageRelativeLink, Resolve

# One alternative per construct; the last one matches any other special character, which is declined. Each alternative
# begins with a literal, not a character class: ``re`` then scans plain text three times as fast.
_CONSTRUCT = re.compile(
    # ``\*``: group 1 is the escaped character
    r"\\([*_\[\]#])"
    # ``![``: an image
    r"|!\["
    # ``[label](address "title"){ .class }``: groups 2 to 5 are the label, address, title and attributes
    r"|\[([^\[\]\\\n]*(?:\\[*_\[\]#][^\[\]\\\n]*)*)\]"
    r'\(([^\s()<>"\'\\\[\]{}`|^&]*(?:&amp;[^\s()<>"\'\\\[\]{}`|^&]*)*)(?: "([\w -]+)")?\)'
    r"(?:\{ ([^{}\n]+) \})?"
    # ``<span class="a">`` and ``</span>``
    r'|</?[a-z]+(?: [a-z-]+="[^"<>&{}\\`*_\[\]]*")*>'
    # ``&amp;``
    r"|&(?:amp|lt|gt|nbsp|quot|#[0-9]{1,7});"
    r"|\\|\[|\]|<|>|&|\*|_|`|\{|\}"
)
_SPECIAL = re.compile(r"[\\<>&*_`{}]")  # a label without these characters contains no construct
_BLOCK_TAG = re.compile(rf"</?(?:{BLOCK})\b")


class InlineConverter:
    """Converts the inline Markdown of a page. All methods raise Declined for unsupported text.

    ``resolve`` returns the addresses of links. ``cache`` has the HTML of Markdown that converts alike on other pages.
    ``anchor_links`` collects the anchors that links lead to, as pairs of the target page's folder and the id.
    """

    def __init__(self, resolve: Resolve, cache: dict[str, str]) -> None:
        self._resolve, self._cache = resolve, cache
        self._has_relative_link = False
        self.anchor_links: set[tuple[str, str]] = set()

    def convert_cached(self, text: str) -> str:
        """Return the HTML of a heading or list item; from the cache if possible."""
        if text in self._cache:
            return self._cache[text]
        converted, is_same_on_other_pages = self.convert(text)
        if is_same_on_other_pages:
            self._cache[text] = converted
        return converted

    def convert(self, text: str) -> tuple[str, bool]:
        """Return the HTML, and whether it is the same on other pages of the section and depth."""
        self._has_relative_link = False
        converted = _CONSTRUCT.sub(self._construct, text)
        return converted, not self._has_relative_link

    def _construct(self, match: re.Match[str]) -> str:
        """Return the HTML of a construct, given as a match of ``_CONSTRUCT``."""
        source = match[0]
        if (cached := self._cache.get(source)) is not None:
            return cached
        if (escaped := match[1]) is not None:
            return escaped
        if (address := match[3]) is not None:
            return self._link(match, address)
        # A single special character is Markdown that templates do not write.
        if len(source) == 1 or source == "![" or (source[0] == "<" and _BLOCK_TAG.match(source)):
            raise Declined
        self._cache[source] = source
        return source

    def _link(self, match: re.Match[str], address: str) -> str:
        """Return the HTML of a link. ``address`` is as the Markdown has it."""
        target = self._resolve(address)
        label, title, braces = match[2], match[4], match[5]
        if target is None or "](" in label:
            raise Declined
        if isinstance(target, Anchor):
            self.anchor_links.add((target.folder, target.anchor))
        if _SPECIAL.search(label):
            label = _CONSTRUCT.sub(self._construct, label)
        attributes = f' href="{target}"'
        if title or braces:
            attributes = attributes_from_braces(braces or "", target, title or "")
        link = f"<a{attributes}>{label}</a>"
        if isinstance(target, PageRelativeLink):
            self._has_relative_link = True
        else:
            self._cache[match[0]] = link
        return link
