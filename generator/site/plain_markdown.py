"""Convert the Markdown of the page templates to HTML: the same bytes as Python-Markdown, thirty times as fast.

This converter supports only the constructs of the templates, in the form in which templates write them. It declines a
page with anything else, which Python-Markdown converts. Tests compare both on all pages and on generated text.

Supported are headings, paragraphs, flat lists, elements around Markdown (``markdown``) and around HTML, links, inline
tags, escaped characters, and attributes in braces. It assumes the extensions ``attr_list``, ``md_in_html``
and ``toc``.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from markdown.extensions.toc import slugify, strip_tags, unique

from generator.site.markdown_attributes import Declined, attributes_from_braces, is_rewritten, sort_attributes
from generator.site.page_links import Resolve, SharedCache
from generator.site.plain_inline import InlineConverter


class Converted(NamedTuple):
    """A page's HTML, the id of its first heading ('' without one), and all ids that can be link targets.

    ``anchor_links`` are the anchors that the page links to, as pairs of the target page's folder and the id.
    """

    html: str
    first_id: str
    ids: frozenset[str]
    anchor_links: frozenset[tuple[str, str]]


_WRAPPERS = "article|aside|div|nav|section|ul"  # elements that templates put around Markdown
# ``<div class="card" markdown>``: the groups are the tag and its attributes.
_MARKDOWN_ELEMENT = re.compile(rf'<({_WRAPPERS})((?: [a-z-]+="[^"<>&{{}}]*")*) markdown>')
# ``<table>``: the first line of an element that contains HTML.
_HTML_ELEMENT = re.compile(r'<(details|div|dl|figure|form|h3|nav|section|table|ul)(?: [a-z-]+(?:="[^"<>]*")?)*>')
# ``## Text { #id }``: the groups are the number signs, the text and the id.
_HEADING = re.compile(r"(#{1,6}) (\S(?:.*?\S)??)(?: \{ #([a-z][a-z0-9-]*) \})?")
# ``<li class="a" markdown>text</li>``: the groups are the attributes and the text.
_ITEM_ELEMENT = re.compile(r'<li((?: [a-z-]+="[^"<>&{}]*")*) markdown>((?:[^<]+|<(?!/li>))*)</li>(?:\n|\Z)')
# Control characters, and white space that Python-Markdown drops or interprets at the ends of a line.
_UNSUPPORTED = re.compile("[\x00-\x09\x0b-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| (?:\n|\\Z)")
_ID = re.compile(r' id="([^"]*)"')

_INLINE_START = ("<span ", "<strong ", "<strong>")  # a paragraph may begin with these tags
# Characters that open a block at the start of a line: lists, rules, quotes, tables, indented code, setext headings.
_BLOCK_START = re.compile(r"[-+=>#:|~ !<]|\d+[.)]")


def convert(text: str, resolve: Resolve, shared: SharedCache | None = None) -> Converted | None:
    """Return a page's HTML, or None if the page contains an unsupported construct.

    ``shared`` caches converted text for the pages of a section and depth; new text is added to it.
    """
    if _is_unsupported(text):
        return None
    page = _Page(text, resolve, shared or SharedCache())
    try:
        body = page.convert_blocks("")
    except Declined:
        return None
    ids = page.ids
    if ' id="' in text:
        ids = ids | set(_ID.findall(text))
    return Converted(body.strip(), page.first_id, frozenset(ids), frozenset(page.anchor_links))


def declined_line(text: str, resolve: Resolve) -> str:
    """Return the first line of the first block that ``convert`` declines; '' if there is none.

    If the text has unsupported characters, the first line with such a character is returned instead.
    """
    page = _Page(text, resolve, SharedCache())
    if _is_unsupported(text):
        return next(line for line in text.split("\n") if _is_unsupported(line))
    try:
        page.convert_blocks("")
    except Declined:
        return page.block_line
    return ""


def _is_unsupported(text: str) -> bool:
    """Whether ``_UNSUPPORTED`` matches in a text."""
    # The regular expression is slow, and most texts are printable and have no spaces at the ends of lines.
    is_simple = text.replace("\n", "").isprintable() and " \n" not in text and not text.endswith(" ")
    return not is_simple and bool(_UNSUPPORTED.search(text))


class _Page:
    """The conversion of a page, whose lines are read once from top to bottom.

    A method for a block starts at the line ``_line_number``, sets it to the line after the block, and returns the
    block's HTML. ``block_line`` is the first line of the current block. All methods raise Declined for unsupported
    text.
    """

    def __init__(self, text: str, resolve: Resolve, shared: SharedCache) -> None:
        self._lines = [*text.split("\n"), ""]  # a blank line ends the last block
        self._line_number = 0
        self._depth = 0  # of elements around Markdown
        self._inline, self._paragraphs = InlineConverter(resolve, shared.inline), shared.paragraphs
        self.ids: set[str] = set()
        self.first_id = self.block_line = ""

    @property
    def anchor_links(self) -> set[tuple[str, str]]:
        """The anchors that the page links to, as pairs of the target page's folder and the id."""
        return self._inline.anchor_links

    def convert_blocks(self, closing: str) -> str:
        """Convert the blocks up to and including the line ``closing``, such as ``</div>``. '' means the page's end."""
        out: list[str] = []
        lines = self._lines
        while self._line_number < len(lines):
            line = lines[self._line_number]
            if not line:
                self._line_number += 1
            elif line == closing:
                self._line_number += 1
                return "\n".join(out)
            else:
                out.append(self._block(line))
        if closing:
            raise Declined
        return "\n".join(out)

    def _block(self, line: str) -> str:
        self.block_line = line
        if line[0] == "<":
            if element := _MARKDOWN_ELEMENT.fullmatch(line):
                self._line_number += 1
                return self._markdown_element(element[1], element[2])
            if element := _HTML_ELEMENT.fullmatch(line):
                return self._html_element(element[1])
            if not line.startswith(_INLINE_START):
                raise Declined
        elif line[0] == "#":
            return self._heading(line)
        elif line.startswith("- "):
            return self._list()
        return self._paragraph()

    def _markdown_element(self, tag: str, attributes: str) -> str:
        closing = f"</{tag}>"
        self._depth += 1
        content = self._item_elements() if tag == "ul" else self.convert_blocks(closing)
        self._depth -= 1
        if tag == "ul":
            self._require_no_list()
        opening = f"<{tag}{self._sort_attributes(attributes)}>"
        return f"{opening}\n{content}\n{closing}" if content else f"{opening}{closing}"

    def _sort_attributes(self, attributes: str) -> str:
        """Return attributes in the order of the serializer, and add the ids among them to those of the page."""
        sorted_attributes, ids = sort_attributes(attributes)
        self.ids.update(ids)
        return sorted_attributes

    def _item_elements(self) -> str:
        """Convert the content of ``<ul markdown>``: ``<li markdown>`` elements of one or several lines."""
        lines: list[str] = []
        for number in range(self._line_number, len(self._lines)):
            line = self._lines[number]
            if line == "</ul>":
                self._line_number = number + 1
                break
            lines.append(line)
        text, position, items = "\n".join(lines), 0, []
        while item := _ITEM_ELEMENT.match(text, position):
            items.append(
                f"<li{self._sort_attributes(item[1])}>{self._inline.convert_cached(self._item_text(item[2]))}</li>"
            )
            position = item.end()
        return "\n".join(items) if items and position == len(text) else self._decline()

    def _item_text(self, text: str) -> str:
        """Return the text of an item unchanged. Decline unless it is a single paragraph."""
        if not text or text != text.strip() or "\n\n" in text or "<li" in text or _BLOCK_START.match(text):
            raise Declined
        return text

    def _html_element(self, tag: str) -> str:
        """Return an element that contains HTML unchanged."""
        start, depth = self._line_number, 0
        for number in range(start, len(self._lines)):
            line = self._lines[number]
            if not line or " markdown" in line or (self._depth and is_rewritten(line)):
                break
            depth += line.count(f"<{tag}>") + line.count(f"<{tag} ") - line.count(f"</{tag}>")
            if not depth:
                # Python-Markdown treats an element differently if its closing tag is not a line of its own.
                if line != f"</{tag}>":
                    break
                self._require_end(number + 1, allowed_prefix="")
                self._line_number = number + 1
                if tag == "ul":
                    self._require_no_list()
                # Python-Markdown writes a blank line after HTML that no other element contains.
                return "\n".join(self._lines[start : number + 1]) + ("" if self._depth else "\n")
        raise Declined

    def _heading(self, line: str) -> str:
        self._require_end(self._line_number + 1)
        match = _HEADING.fullmatch(line)
        if not match:
            raise Declined
        self._line_number += 1
        hashes, text, explicit_id = match.groups()
        # A closing sequence of ``#`` is not part of a heading.
        if text.endswith("#") and not text.endswith("\\#"):
            raise Declined
        content = self._inline.convert_cached(text)
        if explicit_id and explicit_id in self.ids:
            raise Declined
        heading_id = explicit_id or unique(_slug(content), self.ids)
        self.ids.add(heading_id)
        self.first_id = self.first_id or heading_id
        return f'<h{len(hashes)} id="{heading_id}">{content}</h{len(hashes)}>'

    def _list(self) -> str:
        items = []
        while self._line_number < len(self._lines) and self._lines[self._line_number]:
            line = self._lines[self._line_number]
            if not line.startswith("- ") or _BLOCK_START.match(line, 2):
                raise Declined
            items.append(f"<li>{self._inline.convert_cached(line[2:])}</li>")
            self._line_number += 1
        after = self._line_number + 1
        if after < len(self._lines) and self._lines[after].startswith(("- ", " ")):
            raise Declined  # Markdown joins the next block to this list and makes its items paragraphs
        return "<ul>\n" + "\n".join(items) + "\n</ul>"

    def _paragraph(self) -> str:
        start, lines, cache = self._line_number, self._lines, self._paragraphs
        # Paragraphs repeat on many pages: cards, notices, the foot of a page. The key in the cache is their Markdown.
        end = lines.index("", start)
        source = "\n".join(lines[start:end])
        if source in cache:
            self._line_number = end
            return cache[source]
        attributes = ""
        while self._line_number < len(lines) and (line := lines[self._line_number]):
            # Attributes of the paragraph, as its last line: ``{ .a }``.
            if line.startswith("{ ") and self._line_number > start:
                attributes = attributes_from_braces(line[2:-2]) if line.endswith(" }") else self._decline()
                self._require_end(self._line_number + 1)
                self._line_number += 1
                break
            if line.startswith("</"):
                break
            if _BLOCK_START.match(line) and not line.startswith(_INLINE_START):
                raise Declined
            self._line_number += 1
        text = "\n".join(lines[start : self._line_number - (1 if attributes else 0)])
        content, is_same_on_other_pages = self._inline.convert(text)
        paragraph = f"<p{attributes}>{content}</p>"
        if self._line_number == end and is_same_on_other_pages:
            cache[source] = paragraph
        return paragraph

    def _require_end(self, line_number: int, allowed_prefix: str = "</") -> None:
        """Decline unless the line is blank, starts with ``allowed_prefix``, or follows the last line of the page."""
        line = self._lines[line_number] if line_number < len(self._lines) else ""
        if line and not (allowed_prefix and line.startswith(allowed_prefix)):
            raise Declined

    def _require_no_list(self) -> None:
        """Decline if the next block is a list: Python-Markdown would append its items to the element before it."""
        if next(filter(None, self._lines[self._line_number :]), "").startswith("- "):
            raise Declined

    def _decline(self) -> str:
        """Raise Declined, as an expression."""
        raise Declined


@lru_cache(maxsize=4096)
def _slug(heading: str) -> str:
    """The id that Python-Markdown derives from the HTML of a heading."""
    slug: str = slugify(html.unescape(strip_tags(heading)), "-")
    return slug
