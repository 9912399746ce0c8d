"""Render the theme once for all pages that differ only in their own values.

A frame is the output of the theme for a page whose values are placeholders. Each page then only needs its values filled
in. There is no frame if the theme's output depends on a value in another way, or if the theme uses data that is not
available here: such pages are rendered in full. The first pages of each frame are also rendered in full for comparison;
if they differ from the filled frame, all pages are rendered in full.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import jinja2

from generator.site.placeholders import (
    EDGE,
    SLOT,
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

_RENDERED_BEFORE_FRAME = 2
"""Pages of a kind that are rendered in full before a frame is made."""

_COMPARED_PER_FRAME = 2
"""Pages per frame that are compared with full rendering."""

_MAX_FRAMES = 8
"""The most frames for pages of one kind. They differ in the results of the theme's conditions."""

_TEXTS = ("title", "description", "feed", "card", "data")
_TEMPLATE = "main.html"
_TAGS = f"{EDGE}tags{EDGE}"


class PageParts(NamedTuple):
    """The values of a page: folder, address, front matter, source, content, and the id of its first heading."""

    folder: str
    address: str
    meta: Mapping[str, Any]
    markdown: str
    content: str
    first_id: str

    @property
    def url(self) -> str:
        """The page's address in the site."""
        return f"{self.folder}/" if self.folder else ""


class Frames:
    """Renders pages in the theme of ``environment``.

    ``context`` returns the template context of a page, and ``full`` renders a page in full. ``refused`` counts the
    pages that are rendered in full because they have no frame.
    """

    def __init__(
        self,
        environment: jinja2.Environment,
        context: Callable[[PageParts], Mapping[str, Any]],
        full: Callable[[PageParts], str],
    ) -> None:
        self._context, self._full = context, full
        # Full rendering uses the original environment: it must not know placeholders.
        self._environment = watched(environment)
        why = check_jinja()
        self._broken = Reason("jinja2", why) if why else None
        self._frames: dict[tuple[object, ...], list[_Frame]] = {}
        self._without: dict[tuple[object, ...], Reason] = {}
        self._before: Counter[tuple[object, ...]] = Counter()
        self._counted: set[tuple[object, ...]] = set()
        self.refused: Counter[Reason] = Counter()

    def page(self, parts: PageParts) -> str:
        """Return the complete page, byte for byte as full rendering does."""
        key = _key(parts)
        # A frame costs as much as several pages, and an edit changes few of a kind.
        if self._before[key] < _RENDERED_BEFORE_FRAME:
            self._before[key] += 1
            return self._full(parts)
        if key not in self._without:
            values = _values(parts)
            frame = self._frame(key, parts, values)
            if frame and (filled := self._checked(key, frame, parts, values)) is not None:
                return filled
        text = self._full(parts)
        # The first pages of a kind were rendered in full before the reason was known: count them now, once.
        self.refused[self._without[key]] += 1 + (0 if key in self._counted else _RENDERED_BEFORE_FRAME)
        self._counted.add(key)
        return text

    def _frame(self, key: tuple[object, ...], parts: PageParts, values: Mapping[str, str]) -> "_Frame | None":
        """Return the frame of a page. If there is none, record the reason."""
        # Each answer to a condition of the theme needs a frame of its own.
        frames = self._frames.setdefault(key, [])
        for frame in frames:
            if frame.fits(values, parts.meta.get("tags", ())):
                return frame
        if self._broken or len(frames) == _MAX_FRAMES or not _is_plain(parts.meta):
            too_many = Reason(_TEMPLATE, "its output depends on the values of pages")
            self._without[key] = self._broken or (too_many if frames else Reason(_TEMPLATE, "unknown front matter"))
            return None
        try:
            frames.append(self._new_frame(parts, values))
        except Exception as error:  # noqa: BLE001 - full rendering then reports the actual error
            self._without[key] = Reason(template_position(error.__traceback__), _why(error))
            return None
        return frames[-1]

    def _checked(
        self, key: tuple[object, ...], frame: "_Frame", parts: PageParts, values: Mapping[str, str]
    ) -> str | None:
        filled = frame.fill(values, parts.meta.get("tags", ()))
        if frame.compared < _COMPARED_PER_FRAME:
            frame.compared += 1
            # What a theme shows beside the known values is noticed only here.
            if filled != self._full(parts):
                self._without[key] = Reason(_TEMPLATE, "it depends on more than a page's known values")
                return None
        return filled

    def _new_frame(self, parts: PageParts, values: Mapping[str, str]) -> "_Frame":
        """Make the frame for pages like this one. Raises Inspected, and any error of a template given a placeholder."""
        keys = list(dict.fromkeys(key for key, _ in parts.meta.get("tags", ())))
        # Each key appears in two more positions, to prove that its line does not depend on its position.
        repeated_keys = [*keys, *reversed(keys), *keys]
        present = {name: value for name, value in values.items() if value}
        slots = Slots({**present, **{f"key {number}": key for number, key in enumerate(repeated_keys)}})
        text = self._render_marks(parts, slots, len(keys))
        if not keys:
            return _Frame(text, {}, slots, values)
        head, lines, tail = _tag_lines(text, slots)
        repeated_lines = _tag_lines(self._render_marks(parts, slots, len(repeated_keys)), slots)
        questions = _of_keys(slots.questions)
        by_answers = {_answers(questions, key): line for key, line in zip(keys, lines or [()] * len(keys), strict=True)}
        expected = [by_answers[_answers(questions, key)] for key in repeated_keys] if lines else []
        if repeated_lines != (head, expected, tail):
            raise Inspected("the template's tags depend on each other")
        return _Frame("\n".join([*head, *([_TAGS] if lines else []), *tail]), by_answers, slots, values)

    def _render_marks(self, parts: PageParts, slots: Slots, tags: int) -> str:
        """Render the page with slot marks in place of its values."""
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
            toc=Contents(
                Value(slots, f"#{slots.mark('first')}", "page.toc", is_non_empty=True) if parts.first_id else ""
            ),
            **{name: getattr(real, name) for name in _EQUAL_ATTRIBUTES if hasattr(real, name)},
        )
        text = render_watched(self._environment.get_template(_TEMPLATE), context, slots)
        # A lone edge is half of a mark.
        if EDGE in SLOT.sub("", text):
            raise Inspected("the template cuts a value of the page")
        return text


_EQUAL_ATTRIBUTES = (
    "active", "children", "edit_url", "is_homepage", "is_index", "is_link", "is_page", "is_section", "is_top_level",
    "next_page", "parent", "previous_page", "ancestors", "update_date",
)  # fmt: skip
"""Page attributes that are equal for all ``index.md`` pages outside the navigation."""


def _key(parts: PageParts) -> tuple[object, ...]:
    """The kind of a page. Pages with the same key differ only in their values."""
    meta = parts.meta
    fields = tuple(sorted((name, bool(value)) for name, value in meta.items()))
    # Section and depth are part of the key: the active entry of the navigation and relative addresses depend on them.
    top, _, below = parts.folder.partition("/")
    has = (bool(parts.content), bool(parts.address), bool(parts.first_id))
    return (top, below.count("/") + bool(below), meta["kind"], fields, has)


def _is_plain(meta: Mapping[str, Any]) -> bool:
    """Whether front matter has only the fields that the generator writes for pages outside the navigation."""
    texts = all(isinstance(meta.get(name, ""), str) for name in (*_TEXTS, "kind"))
    pairs = all(isinstance(pair, list) and len(pair) == 2 for pair in meta.get("tags", ()))
    return texts and pairs and meta.keys() <= {*_TEXTS, "kind", "tags", "twin", "can_follow"}


class _Slot(NamedTuple):
    """A position in the text for a value, after filters."""

    name: str
    steps: tuple[Step, ...]


_Line = tuple[str | _Slot, ...]


class _Frame:
    """Text with slots for values, and the line of a tag by the answers to the theme's questions about its key."""

    def __init__(
        self, text: str, lines: Mapping[tuple[bool, ...], _Line], slots: Slots, values: Mapping[str, str]
    ) -> None:
        before, self._has_tags, after = text.partition(_TAGS)
        self._before, self._lines, self._after = _split(before, slots), lines, _split(after, slots)
        self._of_keys = _of_keys(slots.questions)
        self._keys: dict[str, tuple[bool, ...]] = {}  # cached answers for each key
        # Comparisons of tag keys are answered for each tag; the others once for a page.
        others = (question for question in slots.questions if question.name in values)
        self._answers = [(question, question.answer(values)) for question in others]
        self.compared = 0

    def fits(self, values: Mapping[str, str], tags: Iterable[Sequence[str]]) -> bool:
        """Whether all questions of the theme have the same answers as for the page that the frame was made from."""
        keys = {self._answers_for(key) for key, _ in tags}
        return keys == self._lines.keys() and all(
            question.answer(values) == answer for question, answer in self._answers
        )

    def fill(self, values: Mapping[str, str], tags: Iterable[Sequence[str]]) -> str:
        """The page."""
        out = _fill(self._before, values)
        if self._has_tags:
            lines = ((self._lines[self._answers_for(key)], {"key": key, "tag": content}) for key, content in tags)
            out.append("\n".join("".join(_fill(*line)) for line in lines))
        out += _fill(self._after, values)
        return "".join(out)

    def _answers_for(self, key: str) -> tuple[bool, ...]:
        if key not in self._keys:
            self._keys[key] = _answers(self._of_keys, key)
        return self._keys[key]


def _of_keys(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions about keys of tags, regardless of their position."""
    return tuple(
        sorted({question._replace(name="key") for question in questions if question.name.startswith("key ")}, key=str)
    )


def _answers(questions: Iterable[Question], key: str) -> tuple[bool, ...]:
    return tuple(question.answer({"key": key}) for question in questions)


def _values(parts: PageParts) -> dict[str, str]:
    page_values = {"address": parts.address, "content": parts.content, "first": parts.first_id, "url": parts.url}
    return {**{name: parts.meta.get(name, "") for name in _TEXTS}, **page_values}


def _fill(pieces: _Line, values: Mapping[str, str]) -> list[str]:
    return [piece if isinstance(piece, str) else apply(values[piece.name], piece.steps) for piece in pieces]


def _split(text: str, slots: Slots) -> _Line:
    """Split text into pieces and slots. Slots of tags lose their numbers."""
    pieces = SLOT.split(text)
    out: list[str | _Slot] = [pieces[0]]
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        name, steps = slots[int(number)]
        out += (_Slot(name.partition(" ")[0], steps), piece)
    return tuple(out)


def _tag_lines(text: str, slots: Slots) -> tuple[list[str], list[_Line], list[str]]:
    """The lines before the tags, of the tags, and after them. Raises Inspected unless each tag has its own line."""
    lines = text.split("\n")
    tags = [{slots[int(number)][0].partition(" ")[2] for number in SLOT.findall(line)} for line in lines]
    with_tags = [number for number, names in enumerate(tags) if names - {""}]
    if not with_tags:
        return lines, [], []
    first, end = with_tags[0], with_tags[-1] + 1
    # A frame repeats the line of a tag for any number of tags, so a line must contain exactly one.
    if tags[first:end] != [{str(number)} for number in range(end - first)]:
        raise Inspected("the template does not write each tag on its own line")
    return lines[:first], [_split(line, slots) for line in lines[first:end]], lines[end:]


def template_position(trace: TracebackType | None) -> str:
    """The file and line of the template that raised an error."""
    position = _TEMPLATE
    while trace:
        code = trace.tb_frame.f_code.co_filename
        # Jinja gives the code of a template the file name of the template.
        if not code.endswith(".py"):
            position = f"{Path(code).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return position


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, Inspected) else f"it does not accept a placeholder: {error}"
