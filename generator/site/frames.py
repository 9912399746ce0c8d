"""The theme around a page's content, rendered once for all pages that differ in their own parts only.

A frame is what MkDocs' own rendering gives for a page whose parts are marks; putting a page's parts in their place is
all that is left to do for each page. Which parts there are, how the theme encodes them, and which pages share a frame
is said here and nowhere else. The first pages of each frame are rendered in full as well: if the theme does with a part
what is not known here, they differ, and such pages are rendered in full from then on.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup, escape

_PROVEN = 3
"""Pages of a frame that must come out alike."""


class Parts(NamedTuple):
    """What a page has of its own: its folder, address, front matter, content and the id of its first heading."""

    place: str
    address: str
    meta: Mapping[str, Any]
    content: str
    first: str


Render = Callable[[Parts], str]
"""Renders a page in full."""

_MARK = "\ue000{}\ue000"
_AT_MARK = re.compile("\ue000([a-z]+)\ue000")
_TAG_LINE = "\n[^\n]*\ue000{}\ue000[^\n]*\ue000{}\ue000[^\n]*"
_ENCODED = re.compile(r"[&<>'\"]|\s\s|[^\S ]|^\s|\s$")


class Frames:
    """Pages in the theme, with a frame for each kind, depth and section of them.

    ``sections`` are the addresses below which a page is in a section of the site's navigation.
    """

    def __init__(self, render: Render, sections: Sequence[str]) -> None:
        self._render = render
        self._sections = tuple(sections)
        self._frames: dict[tuple[object, ...], _Frame | None] = {}
        self._seen: dict[tuple[object, ...], int] = {}

    def page(self, parts: Parts) -> str:
        """The whole page, as rendering in full gives it."""
        key = self._key(parts)
        if key not in self._frames:
            self._frames[key] = _frame(self._render, parts)
            self._seen[key] = 0
        frame = self._frames[key]
        if frame is None:
            return self._render(parts)
        filled = frame.filled(parts)
        if self._seen[key] < _PROVEN:
            self._seen[key] += 1
            full = self._render(parts)
            if filled != full:
                self._frames[key] = None
                return full
        return filled

    def _key(self, parts: Parts) -> tuple[object, ...]:
        """Pages of one key differ in their parts alone."""
        place = f"{parts.place}/"
        inside = tuple((place == section, place.startswith(section)) for section in self._sections)
        top = place.partition("/")[0]
        return (top, place.count("/"), inside, parts.meta["kind"], tuple(sorted(parts.meta)), bool(parts.first))


class _Frame:
    """Text with the names of parts between its pieces."""

    def __init__(self, marked: str, tag: "_Tag", property_: "_Tag") -> None:
        pieces = _AT_MARK.split(marked)
        self._pieces = pieces[::2]
        self._names = pieces[1::2]
        self._tag, self._property = tag, property_

    def filled(self, parts: Parts) -> str:
        meta = parts.meta
        values = {
            "title": _text(meta["title"]),
            "description": _text(meta.get("description", "")),
            "address": str(escape(parts.address)),
            "feed": str(escape(meta.get("feed", ""))),
            "tags": "".join([self._tag_line(*tag) for tag in meta.get("tags", ())]),
            "card": str(escape(meta.get("card", ""))),
            "data": meta.get("data", "").replace("<", "\\u003c"),
            "content": parts.content,
            "first": parts.first,
        }
        out = [self._pieces[0]]
        for name, piece in zip(self._names, self._pieces[1:], strict=True):
            out += (values[name], piece)
        return "".join(out)

    def _tag_line(self, name: str, content: str) -> str:
        before, between, after = self._property if name.startswith("article:") else self._tag
        return f"{before}{name}{between}{_text(content)}{after}"


class _Tag(NamedTuple):
    """A line of the head that gives a tag, around its name and its content."""

    before: str
    between: str
    after: str


def _frame(render: Render, parts: Parts) -> _Frame | None:
    """The frame of a page, or None if the theme does not show the parts as they are known here."""
    marked = {name: _MARK.format(name) for name in ("title", "description", "feed", "card", "data")}
    meta = {name: marked.get(name, value) for name, value in parts.meta.items()}
    if "tags" in meta:
        meta["tags"] = [
            [_MARK.format("name"), _MARK.format("value")],
            ["article:" + _MARK.format("kind"), _MARK.format("label")],
        ]
    marks = {"address": _MARK.format("address"), "content": _MARK.format("content")}
    text = render(parts._replace(meta=meta, first=parts.first and _MARK.format("first"), **marks))
    nothing = _Tag("", "", "")
    if "tags" not in meta:
        return _Frame(text, nothing, nothing)
    tag = re.search(_TAG_LINE.format("name", "value"), text)
    other = re.search(_TAG_LINE.format("kind", "label"), text)
    if not tag or not other or tag.end() != other.start():
        return None
    text = text[: tag.start()] + _MARK.format("tags") + text[other.end() :]
    return _Frame(text, _tag(tag[0]), _tag(other[0].replace("article:", "")))


def _tag(line: str) -> _Tag:
    before, _, between, _, after = _AT_MARK.split(line)
    return _Tag(before, between, after)


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    """What ``{{ value | striptags | e }}`` gives."""
    return str(escape(Markup(value).striptags())) if _ENCODED.search(value) else value
