"""The theme around a page's content, rendered once for all pages that differ in their own values only.

A frame is what the theme gives for a page whose values are placeholders; putting a page's values in their place is all
that is left to do for each page. A theme that does with a value what depends on the value has no frame, and its pages
are rendered in full, as are those of a theme that asks for what is not known here. The first pages of each frame are
rendered in full as well: if they differ, so are all others.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import jinja2

from generator.site.placeholders import (
    AT_SLOT,
    EDGE,
    Address,
    Contents,
    Inspected,
    Question,
    Slots,
    StandIn,
    Step,
    Tags,
    Value,
    apply,
)
from generator.site.slow_pages import Reason
from generator.site.watched_templates import check_jinja, render_watched, watched

_FIRST = 2
"""Pages of a kind that are rendered in full before a frame is made."""

_PROVEN = 2
"""Pages of a frame that must come out alike."""

_MOST = 8
"""Frames for pages of one kind, which differ by what the theme asks of a page's address."""

_TEXTS = ("title", "description", "feed", "card", "data")
_TEMPLATE = "main.html"
_TAGS = f"{EDGE}tags{EDGE}"


class Parts(NamedTuple):
    """What a page has of its own: folder, address, front matter, source, content, and the id of its first heading."""

    place: str
    address: str
    meta: Mapping[str, Any]
    markdown: str
    content: str
    first: str

    @property
    def url(self) -> str:
        """The page's address in the site."""
        return f"{self.place}/" if self.place else ""


class Frames:
    """Pages in the theme that ``environment`` renders.

    ``context`` gives what a page's templates are given, and ``full`` renders a page in full. ``refused`` counts the
    pages that are rendered in full since they have no frame.
    """

    def __init__(
        self,
        environment: jinja2.Environment,
        context: Callable[[Parts], Mapping[str, Any]],
        full: Callable[[Parts], str],
    ) -> None:
        self._context, self._full = context, full
        self._environment = watched(environment)
        why = check_jinja()
        self._broken = Reason("jinja2", why) if why else None
        self._frames: dict[tuple[object, ...], list[_Frame]] = {}
        self._without: dict[tuple[object, ...], Reason] = {}
        self._before: Counter[tuple[object, ...]] = Counter()
        self._counted: set[tuple[object, ...]] = set()
        self.refused: Counter[Reason] = Counter()

    def page(self, parts: Parts) -> str:
        """The whole page, as rendering in full gives it."""
        key = _key(parts)
        if self._before[key] < _FIRST:  # a frame costs as much as several pages, and an edit changes few of a kind
            self._before[key] += 1
            return self._full(parts)
        if key not in self._without:
            values = _values(parts)
            frame = self._frame(key, parts, values)
            if frame and (filled := self._proven(key, frame, parts, values)) is not None:
                return filled
        text = self._full(parts)
        self.refused[self._without[key]] += 1 + (0 if key in self._counted else _FIRST)
        self._counted.add(key)
        return text

    def _frame(self, key: tuple[object, ...], parts: Parts, values: Mapping[str, str]) -> "_Frame | None":
        """The frame of a page; without one, why is noted."""
        frames = self._frames.setdefault(key, [])
        for frame in frames:
            if frame.fits(values, parts.meta.get("tags", ())):
                return frame
        if self._broken or len(frames) == _MOST or not _is_plain(parts.meta):
            asked = Reason(_TEMPLATE, "it tells pages apart by their values")
            self._without[key] = self._broken or (asked if frames else Reason(_TEMPLATE, "unknown front matter"))
            return None
        try:
            frames.append(self._make(parts, values))
        except Exception as error:  # noqa: BLE001 - rendering in full tells what is really wrong
            self._without[key] = Reason(place_in_template(error.__traceback__), _why(error))
            return None
        return frames[-1]

    def _proven(self, key: tuple[object, ...], frame: "_Frame", parts: Parts, values: Mapping[str, str]) -> str | None:
        filled = frame.filled(values, parts.meta.get("tags", ()))
        if frame.seen < _PROVEN:
            frame.seen += 1
            if filled != self._full(parts):
                self._without[key] = Reason(_TEMPLATE, "it depends on more than a page's known values")
                return None
        return filled

    def _make(self, parts: Parts, values: Mapping[str, str]) -> "_Frame":
        """The frame for pages like this one. Raises Inspected, and whatever a template makes of a placeholder."""
        keys = list(dict.fromkeys(key for key, _ in parts.meta.get("tags", ())))
        # Each key in two more places: its line must be the same everywhere, and so must all else.
        more = [*keys, *reversed(keys), *keys]
        there = {name: value for name, value in values.items() if value}
        slots = Slots({**there, **{f"key {number}": key for number, key in enumerate(more)}})
        text = self._marked(parts, slots, len(keys))
        if not keys:
            return _Frame(text, {}, slots, values)
        head, lines, tail = _tag_lines(text, slots)
        again = _tag_lines(self._marked(parts, slots, len(more)), slots)
        questions = _of_keys(slots.asked)
        by_answers = {_answers(questions, key): line for key, line in zip(keys, lines or [()] * len(keys), strict=True)}
        expected = [by_answers[_answers(questions, key)] for key in more] if lines else []
        if again != (head, expected, tail):
            raise Inspected("the template's tags depend on each other")
        return _Frame("\n".join([*head, *([_TAGS] if lines else []), *tail]), by_answers, slots, values)

    def _marked(self, parts: Parts, slots: Slots, tags: int) -> str:
        """The page with marks in place of its values."""
        meta: dict[str, Any] = {
            name: slots.value(name) if name in _TEXTS and value else value for name, value in parts.meta.items()
        }
        if tags:
            meta["tags"] = Tags(slots, tags)
        context = dict(self._context(parts))
        real = context["page"]
        context["page"] = StandIn(
            "page",
            meta=meta,
            title=meta["title"],
            url=Address(slots, parts.url),
            content=slots.value("content") if parts.content else "",
            canonical_url=slots.value("address") if parts.address else None,
            toc=Contents(Value(slots, f"#{slots.mark('first')}", "page.toc", is_there=True) if parts.first else ""),
            **{name: getattr(real, name) for name in _SAME if hasattr(real, name)},
        )
        text = render_watched(self._environment.get_template(_TEMPLATE), context, slots)
        if EDGE in AT_SLOT.sub("", text):
            raise Inspected("the template cuts a value of the page")
        return text


_SAME = (
    "active", "children", "edit_url", "is_homepage", "is_index", "is_link", "is_page", "is_section", "is_top_level",
    "next_page", "parent", "previous_page", "ancestors", "update_date",
)  # fmt: skip
"""What is the same for all pages that are an ``index.md`` outside the navigation."""


def _key(parts: Parts) -> tuple[object, ...]:
    """Pages of one key differ in their values alone."""
    meta = parts.meta
    there = tuple(sorted((name, bool(value)) for name, value in meta.items()))
    top, _, below = parts.place.partition("/")
    has = (bool(parts.content), bool(parts.address), bool(parts.first))
    return (top, below.count("/") + bool(below), meta["kind"], there, has)


def _is_plain(meta: Mapping[str, Any]) -> bool:
    """Whether front matter is as the generator writes it for pages outside the navigation."""
    texts = all(isinstance(meta.get(name, ""), str) for name in (*_TEXTS, "kind"))
    pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in meta.get("tags", ()))
    return texts and pairs and meta.keys() <= {*_TEXTS, "kind", "tags", "twin", "can_follow"}


class _Slot(NamedTuple):
    """A place in the text for a value, passed through filters."""

    name: str
    steps: tuple[Step, ...]


_Line = tuple[str | _Slot, ...]


class _Frame:
    """Text with slots for values between its pieces, and the line of a tag by what is asked of its key."""

    def __init__(
        self, text: str, lines: Mapping[tuple[bool, ...], _Line], slots: Slots, values: Mapping[str, str]
    ) -> None:
        before, self._has_tags, after = text.partition(_TAGS)
        self._before, self._lines, self._after = _cut(before, slots), lines, _cut(after, slots)
        self._of_keys = _of_keys(slots.asked)
        self._keys: dict[str, tuple[bool, ...]] = {}  # what is answered for each key that was met
        others = (question for question in slots.asked if question.name in values)
        self._answers = [(question, question.answer(values)) for question in others]
        self.seen = 0

    def fits(self, values: Mapping[str, str], tags: Iterable[Sequence[str]]) -> bool:
        """Whether all that the theme asks is answered as for the page that the frame was made for."""
        keys = {self._answers_for(key) for key, _ in tags}
        return keys == self._lines.keys() and all(
            question.answer(values) == answer for question, answer in self._answers
        )

    def filled(self, values: Mapping[str, str], tags: Iterable[Sequence[str]]) -> str:
        """The page."""
        out = _filled(self._before, values)
        if self._has_tags:
            lines = ((self._lines[self._answers_for(key)], {"key": key, "tag": content}) for key, content in tags)
            out.append("\n".join("".join(_filled(*line)) for line in lines))
        out += _filled(self._after, values)
        return "".join(out)

    def _answers_for(self, key: str) -> tuple[bool, ...]:
        if key not in self._keys:
            self._keys[key] = _answers(self._of_keys, key)
        return self._keys[key]


def _of_keys(asked: Iterable[Question]) -> tuple[Question, ...]:
    """What is asked of the keys of tags, wherever they stand."""
    return tuple(
        sorted({question._replace(name="key") for question in asked if question.name.startswith("key ")}, key=str)
    )


def _answers(questions: Iterable[Question], key: str) -> tuple[bool, ...]:
    return tuple(question.answer({"key": key}) for question in questions)


def _values(parts: Parts) -> dict[str, str]:
    own = {"address": parts.address, "content": parts.content, "first": parts.first, "url": parts.url}
    return {**{name: parts.meta.get(name, "") for name in _TEXTS}, **own}


def _filled(pieces: _Line, values: Mapping[str, str]) -> list[str]:
    return [piece if isinstance(piece, str) else apply(values[piece.name], piece.steps) for piece in pieces]


def _cut(text: str, slots: Slots) -> _Line:
    """Text as its pieces and slots; those of tags are named without their numbers."""
    pieces = AT_SLOT.split(text)
    out: list[str | _Slot] = [pieces[0]]
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        name, steps = slots[int(number)]
        out += (_Slot(name.partition(" ")[0], steps), piece)
    return tuple(out)


def _tag_lines(text: str, slots: Slots) -> tuple[list[str], list[_Line], list[str]]:
    """The lines before those of the tags, these, and those after. Raises Inspected if each tag has not a line."""
    lines = text.split("\n")
    tags = [{slots[int(number)][0].partition(" ")[2] for number in AT_SLOT.findall(line)} for line in lines]
    places = [number for number, numbers in enumerate(tags) if numbers - {""}]
    if not places:
        return lines, [], []
    first, end = places[0], places[-1] + 1
    if tags[first:end] != [{str(number)} for number in range(end - first)]:
        raise Inspected("the template writes tags otherwise than a line each")
    return lines[:first], [_cut(line, slots) for line in lines[first:end]], lines[end:]


def place_in_template(trace: TracebackType | None) -> str:
    """The place in the template in which an error came up."""
    place = _TEMPLATE
    while trace:
        code = trace.tb_frame.f_code.co_filename
        if not code.endswith(".py"):
            place = f"{Path(code).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, Inspected) else f"a placeholder does not do for it: {error}"
