"""Convert the Markdown of the page templates to HTML: the same bytes as Python-Markdown, thirty times as fast.

This converter supports only the constructs of the templates, in the form in which they write them. It declines
everything else, and Python-Markdown converts the page. Tests compare both on all pages and on generated text.

Supported are headings, paragraphs, flat lists, elements around Markdown (``markdown``) and around HTML, links, inline
tags, escaped characters, and attributes in braces. It assumes the extensions ``attr_list``, ``md_in_html``
and ``toc``.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from markdown.extensions.toc import slugify, strip_tags, unique

from generator.site.markdown_attributes import BLOCK, Declined, attributes_from_braces, is_rewritten, sort_attributes
from generator.site.page_links import Anchor, PageRelativeLink, Resolve, SharedCache


class Converted(NamedTuple):
    """A page's HTML, the id of its first heading ('' without one), and all ids that can be link targets.

    ``anchor_links`` are the anchors that it links to, as pairs of the page's folder and the id.
    """

    html: str
    first_id: str
    ids: frozenset[str]
    anchor_links: frozenset[tuple[str, str]]


_WRAPPERS = "article|aside|div|nav|section|ul"  # elements that templates put around Markdown
_OPEN = re.compile(rf'<({_WRAPPERS})((?: [a-z-]+="[^"<>&{{}}]*")*) markdown>')
_RAW = re.compile(r'<(details|div|dl|figure|form|h3|nav|section|table|ul)(?: [a-z-]+(?:="[^"<>]*")?)*>')
_HEADING = re.compile(r"(#{1,6}) (\S(?:.*?\S)??)(?: \{ #([a-z][a-z0-9-]*) \})?")
_ITEM = re.compile(r'<li((?: [a-z-]+="[^"<>&{}]*")*) markdown>((?:[^<]+|<(?!/li>))*)</li>(?:\n|\Z)')
# Control characters, and white space that Python-Markdown drops or interprets at the ends of a line.
_UNSUPPORTED = re.compile("[\x00-\x09\x0b-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| (?:\n|\\Z)")
_ID = re.compile(r' id="([^"]*)"')

# One alternative per construct; the last one matches any other special character and makes the page declined. Each
# alternative begins with a literal, not a character class: ``re`` then scans plain text three times as fast.
_MARK = re.compile(
    r"\\([*_\[\]#])"
    r"|!\["
    r"|\[([^\[\]\\\n]*(?:\\[*_\[\]#][^\[\]\\\n]*)*)\]"
    r'\(([^\s()<>"\'\\\[\]{}`|^&]*(?:&amp;[^\s()<>"\'\\\[\]{}`|^&]*)*)(?: "([\w -]+)")?\)'
    r"(?:\{ ([^{}\n]+) \})?"
    r'|</?[a-z]+(?: [a-z-]+="[^"<>&{}\\`*_\[\]]*")*>'
    r"|&(?:amp|lt|gt|nbsp|quot|#[0-9]{1,7});"
    r"|\\|\[|\]|<|>|&|\*|_|`|\{|\}"
)
_NOT_PLAIN = re.compile(r"[\\<>&*_`{}]")  # text without these characters needs no parsing
_BLOCK_TAGS = re.compile(rf"</?(?:{BLOCK})\b")
_INLINE_START = ("<span ", "<strong ", "<strong>")
# Characters that open a block at the start of a line: lists, rules, quotes, tables, indented code, setext headings.
_BLOCK_START = re.compile(r"[-+=>#:|~ !<]|\d+[.)]")


def convert(text: str, resolve: Resolve, shared: SharedCache | None = None) -> Converted | None:
    """Return a page's HTML, or None if the page contains an unsupported construct.

    ``shared`` caches converted text among pages whose relative links have the same targets; it is updated.
    """
    if _is_unsupported(text):
        return None
    page = _Page(text, resolve, shared or SharedCache())
    try:
        body = page.blocks("")
    except Declined:
        return None
    ids = page.ids
    if ' id="' in text:
        ids = ids | set(_ID.findall(text))
    return Converted(body.strip(), page.first_id, frozenset(ids), frozenset(page.anchor_links))


def declined_line(text: str, resolve: Resolve) -> str:
    """Return the first line of the first block that ``convert`` declines; '' if there is none."""
    page = _Page(text, resolve, SharedCache())
    if _is_unsupported(text):
        return next((line for line in text.split("\n") if _is_unsupported(line)), text[-1:])
    try:
        page.blocks("")
    except Declined:
        return page.line
    return ""


def _is_unsupported(text: str) -> bool:
    """Whether ``_UNSUPPORTED`` matches in a text."""
    # String methods clear almost every text much faster than the regular expression.
    is_sound = text.replace("\n", "").isprintable() and " \n" not in text and not text.endswith(" ")
    return not is_sound and bool(_UNSUPPORTED.search(text))


class _Page:
    """The conversion of a page: its lines, read once from top to bottom."""

    def __init__(self, text: str, resolve: Resolve, shared: SharedCache) -> None:
        self._lines = [*text.split("\n"), ""]  # a blank line ends the last block
        self._line_number = self._depth = 0
        self._resolve, self._shared = resolve, shared
        self._has_relative_link = False
        self.ids: set[str] = set()
        self.anchor_links: set[tuple[str, str]] = set()
        self.first_id = self.line = ""

    def blocks(self, closing: str) -> str:
        """Convert the blocks up to and including the line ``closing``, or to the end of the page."""
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
        self.line = line
        if line[0] == "<":
            if opened := _OPEN.fullmatch(line):
                self._line_number += 1
                return self._wrapped(opened[1], opened[2])
            if raw := _RAW.fullmatch(line):
                return self._raw(raw[1])
            if not line.startswith(_INLINE_START):
                raise Declined
        elif line[0] == "#":
            return self._heading(line)
        elif line.startswith("- "):
            return self._list()
        return self._paragraph()

    def _wrapped(self, tag: str, attributes: str) -> str:
        closing = f"</{tag}>"
        self._depth += 1
        inside = self._items() if tag == "ul" else self.blocks(closing)
        self._depth -= 1
        if tag == "ul":
            self._no_list_follows()
        opened = f"<{tag}{self._sorted(attributes)}>"
        return f"{opened}\n{inside}\n{closing}" if inside else f"{opened}{closing}"

    def _sorted(self, attributes: str) -> str:
        """Attributes in the order of the serializer."""
        written, ids = sort_attributes(attributes)
        self.ids.update(ids)
        return written

    def _items(self) -> str:
        """Convert the content of ``<ul markdown>``: elements of one or several lines."""
        lines: list[str] = []
        for number in range(self._line_number, len(self._lines)):
            line = self._lines[number]
            if line == "</ul>":
                self._line_number = number + 1
                break
            lines.append(line)
        text, number, items = "\n".join(lines), 0, []
        while item := _ITEM.match(text, number):
            items.append(f"<li{self._sorted(item[1])}>{self._line(self._lines_of(item[2]))}</li>")
            number = item.end()
        return "\n".join(items) if items and number == len(text) else self._decline()

    def _lines_of(self, part: str) -> str:
        if not part or part != part.strip() or "\n\n" in part or "<li" in part or _BLOCK_START.match(part):
            raise Declined
        return part

    def _raw(self, tag: str) -> str:
        """Return an element around HTML unchanged."""
        start, depth = self._line_number, 0
        for number in range(start, len(self._lines)):
            line = self._lines[number]
            if not line or " markdown" in line or (self._depth and is_rewritten(line)):
                break
            depth += line.count(f"<{tag}>") + line.count(f"<{tag} ") - line.count(f"</{tag}>")
            if not depth:
                if line != f"</{tag}>":
                    break
                self._ends_here(number + 1, "")
                self._line_number = number + 1
                if tag == "ul":
                    self._no_list_follows()
                return "\n".join(self._lines[start : number + 1]) + ("" if self._depth else "\n")
        raise Declined

    def _heading(self, line: str) -> str:
        self._ends_here(self._line_number + 1)
        match = _HEADING.fullmatch(line)
        if not match:
            raise Declined
        self._line_number += 1
        hashes, text, explicit_id = match.groups()
        # A closing sequence of ``#`` is not part of a heading.
        if text.endswith("#") and not text.endswith("\\#"):
            raise Declined
        inside = self._line(text)
        heading_id = explicit_id or unique(_slug(inside), self.ids)
        if explicit_id in self.ids and explicit_id:
            raise Declined
        self.ids.add(heading_id)
        self.first_id = self.first_id or heading_id
        return f'<h{len(hashes)} id="{heading_id}">{inside}</h{len(hashes)}>'

    def _list(self) -> str:
        items = []
        while self._line_number < len(self._lines) and self._lines[self._line_number]:
            line = self._lines[self._line_number]
            if not line.startswith("- ") or _BLOCK_START.match(line, 2):
                raise Declined
            items.append(f"<li>{self._line(line[2:])}</li>")
            self._line_number += 1
        after = self._line_number + 1
        if after < len(self._lines) and self._lines[after].startswith(("- ", " ")):
            raise Declined  # Markdown joins both to one list with paragraphs in its items
        return "<ul>\n" + "\n".join(items) + "\n</ul>"

    def _paragraph(self) -> str:
        start, lines, cache = self._line_number, self._lines, self._shared.paragraphs
        # Paragraphs repeat on many pages: cards, notices, the foot of a page. The cache is keyed by their source.
        end = lines.index("", start)
        source = "\n".join(lines[start:end])
        if source in cache:
            self._line_number = end
            return cache[source]
        attributes = ""
        while self._line_number < len(lines) and (line := lines[self._line_number]):
            if line.startswith("{ ") and self._line_number > start:
                attributes = attributes_from_braces(line[2:-2]) if line.endswith(" }") else self._decline()
                self._ends_here(self._line_number + 1)
                self._line_number += 1
                break
            if line.startswith("</"):
                break
            if _BLOCK_START.match(line) and not line.startswith(_INLINE_START):
                raise Declined
            self._line_number += 1
        self._has_relative_link = False
        text = "\n".join(lines[start : self._line_number - (1 if attributes else 0)])
        paragraph = f"<p{attributes}>{_MARK.sub(self._mark, text)}</p>"
        if self._line_number == end and not self._has_relative_link:
            cache[source] = paragraph
        return paragraph

    def _ends_here(self, number: int, or_prefix: str = "</") -> None:
        """Decline unless a blank line follows, or one that starts with ``or_prefix``."""
        if (
            number < len(self._lines)
            and (line := self._lines[number])
            and not (or_prefix and line.startswith(or_prefix))
        ):
            raise Declined

    def _no_list_follows(self) -> None:
        """Decline if a list follows: Python-Markdown appends its items to the list element before it."""
        if next(filter(None, self._lines[self._line_number :]), "").startswith("- "):
            raise Declined

    def _decline(self) -> str:
        raise Declined

    def _line(self, text: str) -> str:
        cache = self._shared.inline
        if text in cache:
            return cache[text]
        self._has_relative_link = False
        converted = _MARK.sub(self._mark, text)
        if not self._has_relative_link:
            cache[text] = converted
        return converted

    def _mark(self, match: re.Match[str]) -> str:
        source = match[0]
        if (cached := self._shared.inline.get(source)) is not None:
            return cached
        if (escaped := match[1]) is not None:
            return escaped
        if (address := match[3]) is not None:
            return self._link(match, address)
        if len(source) == 1 or source == "![" or (source[0] == "<" and _BLOCK_TAGS.match(source)):
            raise Declined
        self._shared.inline[source] = source
        return source

    def _link(self, match: re.Match[str], address: str) -> str:
        target = self._resolve(address)
        if target is None or "](" in match[2]:
            raise Declined
        if isinstance(target, Anchor):
            self.anchor_links.add((target.folder, target.anchor))
        label, title, braces = match[2], match[4], match[5]
        if _NOT_PLAIN.search(label):
            label = _MARK.sub(self._mark, label)
        attributes = (
            attributes_from_braces(braces or "", target, title or "") if title or braces else f' href="{target}"'
        )
        link = f"<a{attributes}>{label}</a>"
        if isinstance(target, PageRelativeLink):
            self._has_relative_link = True
        else:
            self._shared.inline[match[0]] = link
        return link


@lru_cache(maxsize=4096)
def _slug(heading: str) -> str:
    slug: str = slugify(html.unescape(strip_tags(heading)), "-")
    return slug
