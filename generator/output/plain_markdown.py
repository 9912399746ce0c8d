"""The Markdown that the page templates write, to HTML: the same bytes as Python-Markdown, thirty times as fast.

It knows the few constructs of the templates, in the one form in which they write them, and declines everything else:
then Python-Markdown converts the page. A test holds both against each other, page by page and with made-up text.

Known are headings, paragraphs, flat lists, elements around Markdown (``markdown``) and around HTML, links, tags in a
line, escaped marks, and attributes in braces. It relies on the extensions ``attr_list``, ``md_in_html``, ``toc``.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

from markdown.extensions.toc import slugify, strip_tags, unique

from generator.output.page_links import Anchor, Resolve


class Converted(NamedTuple):
    """A page's HTML, the id of its first heading ('' without one), and all ids to which links may lead.

    ``asked`` are the anchors that it links to, as the folder of their page and their id.
    """

    html: str
    first: str
    ids: frozenset[str]
    asked: frozenset[tuple[str, str]]


class _Declined(Exception):
    """Something that only Python-Markdown knows."""


_WRAPPERS = "article|aside|div|nav|section|ul"
_OPEN = re.compile(rf'<({_WRAPPERS})((?: [a-z-]+="[^"<>&{{}}]*")*) markdown>')
_RAW = re.compile(r'<div((?: [a-z-]+(?:="[^"<>]*")?)*)>')
_HEADING = re.compile(r"(#{1,6}) (\S(?:.*?\S)??)(?: \{ #([a-z][a-z0-9-]*) \})?")
_ITEM = re.compile(r"<li markdown>(.*)</li>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# Controls, and white space that is lost or means something at the ends of a line.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]| (?:\n|\\Z)")
_ID = re.compile(r' id="([^"]*)"')

# One alternative for each thing that is not plain text; a mark that is none of them ends the attempt.
_MARK = re.compile(
    r"\\([*_\[\]#])"
    r"|\[([^\[\]\\\n]*(?:\\[*_\[\]#][^\[\]\\\n]*)*)\]"
    r'\(([^\s()<>"\'\\\[\]{}`|^&]*(?:&amp;[^\s()<>"\'\\\[\]{}`|^&]*)*)(?: "([\w -]+)")?\)'
    r"(?:\{ ([^{}\n]+) \})?"
    r'|</?[a-z]+(?: [a-z-]+="[^"<>&{}\\`*_\[\]]*")*>'
    r"|&(?:amp|lt|gt|quot|#[0-9]{1,7});"
    r"|[\\\[\]<>&*_`{}]"
)
_NOT_PLAIN = re.compile(r"[\\<>&*_`{}]")
_BLOCK_TAGS = re.compile(
    r"</?(?:p|div|ul|ol|li|h[1-6]|table|pre|nav|article|section|aside|dl|dt|dd|form|script|style)\b"
)
_INLINE_START = ("<span ", "<strong ")
# What would open another block at the start of a line: lists, rules, quotes, tables, indented code, setext headings.
_BLOCK_START = re.compile(r"[-+=>#:|~ !<]|\d+[.)]")


def convert(text: str, resolve: Resolve) -> Converted | None:
    """A page's HTML, or None if the page holds anything but the known constructs."""
    if _ODD.search(text):
        return None
    page = _Page(text, resolve)
    try:
        body = page.blocks("")
    except _Declined:
        return None
    ids = page.ids
    if ' id="' in text:
        ids = ids | set(_ID.findall(text))
    return Converted(body.strip(), page.first, frozenset(ids), frozenset(page.asked))


class _Page:
    """The lines of a page, read once from top to bottom."""

    def __init__(self, text: str, resolve: Resolve) -> None:
        self._lines = text.split("\n")
        self._at = 0
        self._resolve = resolve
        self.ids: set[str] = set()
        self.asked: set[tuple[str, str]] = set()
        self.first = ""

    def blocks(self, closing: str) -> str:
        """The blocks up to the line ``closing``, which is left behind, or to the end of the page."""
        out: list[str] = []
        lines = self._lines
        while self._at < len(lines):
            line = lines[self._at]
            if not line:
                self._at += 1
            elif line == closing:
                self._at += 1
                return "\n".join(out)
            else:
                out.append(self._block(line))
        if closing:
            raise _Declined
        return "\n".join(out)

    def _block(self, line: str) -> str:
        if line[0] == "<":
            if opened := _OPEN.fullmatch(line):
                self._at += 1
                return self._wrapped(opened[1], opened[2])
            if raw := _RAW.fullmatch(line):
                return self._raw() if "markdown" not in raw[1] else self._decline()
            if not line.startswith(_INLINE_START):
                raise _Declined
        elif line[0] == "#":
            return self._heading(line)
        elif line.startswith("- "):
            return self._list()
        return self._paragraph()

    def _wrapped(self, tag: str, attributes: str) -> str:
        closing = f"</{tag}>"
        inside = self._items() if tag == "ul" else self.blocks(closing).rstrip("\n")
        pairs = _ATTRIBUTE.findall(attributes)
        if len({name for name, _ in pairs}) != len(pairs):
            raise _Declined
        opened = "".join(f' {name}="{value}"' for name, value in sorted(pairs))
        self.ids.update(value for name, value in pairs if name == "id")
        return f"<{tag}{opened}>\n{inside}\n{closing}" if inside else f"<{tag}{opened}>{closing}"

    def _items(self) -> str:
        """What stands in ``<ul markdown>``: an element a line, or broken over several."""
        held: list[str] = []
        for at in range(self._at, len(self._lines)):
            line = self._lines[at]
            if line == "</ul>":
                self._at = at + 1
                break
            held.append(line)
        items = _ITEM.fullmatch("\n".join(held))
        if not items:
            raise _Declined
        parts = items[1].split("</li>\n<li markdown>")
        return "\n".join(f"<li>{self._line(self._lines_of(part))}</li>" for part in parts)

    def _lines_of(self, part: str) -> str:
        if not part or part != part.strip() or "\n\n" in part or "<li" in part or _BLOCK_START.match(part):
            raise _Declined
        return part

    def _raw(self) -> str:
        """An element around HTML, as it stands."""
        start = self._at
        for at in range(start + 1, len(self._lines)):
            line = self._lines[at]
            if line == "</div>":
                self._at = at + 1
                if at + 1 < len(self._lines) and self._lines[at + 1]:
                    raise _Declined
                return "\n".join(self._lines[start : at + 1]) + "\n"
            if "<div" in line or "</div" in line:
                raise _Declined
        raise _Declined

    def _heading(self, line: str) -> str:
        self._ends_here(self._at + 1)
        found = _HEADING.fullmatch(line)
        if not found:
            raise _Declined
        self._at += 1
        marks, text, named = found.groups()
        if text.endswith("#") and not text.endswith("\\#"):
            raise _Declined
        inside = self._line(text)
        name = named or unique(slugify(html.unescape(strip_tags(inside)), "-"), self.ids)
        if named in self.ids and named:
            raise _Declined
        self.ids.add(name)
        self.first = self.first or name
        return f'<h{len(marks)} id="{name}">{inside}</h{len(marks)}>'

    def _list(self) -> str:
        items = []
        while self._at < len(self._lines) and self._lines[self._at]:
            line = self._lines[self._at]
            if not line.startswith("- ") or _BLOCK_START.match(line, 2):
                raise _Declined
            items.append(f"<li>{self._line(line[2:])}</li>")
            self._at += 1
        after = self._at + 1
        if after < len(self._lines) and self._lines[after].startswith(("- ", " ")):
            raise _Declined  # one list with paragraphs in it
        return "<ul>\n" + "\n".join(items) + "\n</ul>"

    def _paragraph(self) -> str:
        start = self._at
        lines = self._lines
        attributes = ""
        while self._at < len(lines) and (line := lines[self._at]):
            if line.startswith("{ ") and self._at > start:
                attributes = _attributes(line[2:-2]) if line.endswith(" }") else self._decline()
                self._ends_here(self._at + 1)
                self._at += 1
                break
            if line.startswith("</"):
                break
            if _BLOCK_START.match(line) and not line.startswith(_INLINE_START):
                raise _Declined
            self._at += 1
        text = "\n".join(lines[start : self._at - (1 if attributes else 0)])
        return f"<p{attributes}>{self._line(text)}</p>"

    def _ends_here(self, at: int) -> None:
        if at < len(self._lines) and self._lines[at] and not self._lines[at].startswith("</"):
            raise _Declined

    def _decline(self) -> str:
        raise _Declined

    def _line(self, text: str) -> str:
        return _MARK.sub(self._mark, text)

    def _mark(self, found: re.Match[str]) -> str:
        whole = found[0]
        if (escaped := found[1]) is not None:
            return escaped
        if (address := found[3]) is not None:
            return self._link(found, address)
        if len(whole) == 1 or (whole[0] == "<" and _BLOCK_TAGS.match(whole)):
            raise _Declined
        return whole

    def _link(self, found: re.Match[str], address: str) -> str:
        target = self._resolve(address)
        if target is None or "](" in found[2]:
            raise _Declined
        if type(target) is Anchor:
            self.asked.add((target.place, target.anchor))
        if found.start() and found.string[found.start() - 1] == "!":
            raise _Declined
        label, title, braces = found[2], found[4], found[5]
        if _NOT_PLAIN.search(label):
            label = self._line(label)
        if not title and not braces:
            return f'<a href="{target}">{label}</a>'
        return f"<a{_attributes(braces or '', target, title or '')}>{label}</a>"


@lru_cache(maxsize=4096)
def _attributes(braces: str, address: str = "", title: str = "") -> str:
    """Attributes as ``attr_list`` reads them, in the order in which the serializer writes them."""
    held: dict[str, str] = {}
    if address:
        held["href"] = address
    if title:
        held["title"] = title
    for part in re.findall(r'[^\s"]+(?:"[^"]*")?', braces):
        if re.fullmatch(r"\.[a-z][a-z-]*", part):
            held["class"] = f"{held['class']} {part[1:]}" if "class" in held else part[1:]
        elif named := re.fullmatch(r'(rel|hreflang)="([^"<>&]*)"', part):
            held[named[1]] = named[2]
        else:
            raise _Declined
    return "".join(f' {name}="{value}"' for name, value in sorted(held.items()))
