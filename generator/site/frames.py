"""Render the theme once for all pages that differ only in their own values.

A frame is the theme's output for a page whose values are placeholders. The HTML of a page is a frame filled with the
page's values. A page has no frame if a template computes anything from its values besides what ``placeholders.py``
supports, or reads data that only MkDocs has: such a page is rendered in full. The first pages of each frame are also
rendered in full for comparison; if they differ from the filled frame, all pages of their group are.

A *question* is a comparison of a value with a text in a template. Pages with other answers get another frame. The *meta
tags* of a page are the field ``tags`` of its front matter: pairs of a key and a content, for ``<meta>`` elements.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2

from generator.site.page_parts import TEXT_FIELDS, Group, PageParts
from generator.site.placeholders import (
    EDGE,
    MARK,
    Address,
    Inspected,
    MetaTags,
    PartialObject,
    Placeholder,
    Question,
    Slot,
    Slots,
    TableOfContents,
    apply,
)
from generator.site.slow_pages import Reason
from generator.site.watched_templates import check_jinja, render_watched, watched_copy

_RENDERED_BEFORE_FRAME = 2
"""Pages of a group that are rendered in full before a frame is made."""

_COMPARED_PER_FRAME = 2
"""Pages per frame that are compared with full rendering."""

_MAX_FRAMES = 8
"""The most frames for pages of one group. They differ in the answers to the theme's questions."""

_TEMPLATE = "main.html"
_META_TAGS_LINE = f"{EDGE}tags{EDGE}"
"""The line of a frame that the lines of all meta tags replace."""


class Frames:
    """Renders pages in the theme of ``environment``.

    ``context`` returns the template context of a page, and ``render_full`` renders a page in full. ``refused`` counts
    the pages that are rendered in full because they have no frame.
    """

    def __init__(
        self,
        environment: jinja2.Environment,
        context: Callable[[PageParts], Mapping[str, Any]],
        render_full: Callable[[PageParts], str],
    ) -> None:
        self._context, self._render_full = context, render_full
        # Full rendering uses the original environment: it must not know placeholders.
        self._environment = watched_copy(environment)
        why = check_jinja()
        self._jinja_fault = Reason("jinja2", why) if why else None
        self._frames: dict[Group, list[_Frame]] = {}
        self._no_frame: dict[Group, Reason] = {}
        self._rendered_before_frame: Counter[Group] = Counter()
        self._groups_in_refused: set[Group] = set()
        self.refused: Counter[Reason] = Counter()

    def render(self, parts: PageParts) -> str:
        """Return the complete page, byte for byte as full rendering does."""
        group = parts.group
        # Making a frame takes as long as rendering several pages, and an edit changes few pages of a group.
        if self._rendered_before_frame[group] < _RENDERED_BEFORE_FRAME:
            self._rendered_before_frame[group] += 1
            return self._render_full(parts)
        if group not in self._no_frame:
            values = parts.values
            frame = self._frame_for(group, parts, values)
            if frame and (filled := self._fill_and_compare(group, frame, parts, values)) is not None:
                return filled
        text = self._render_full(parts)
        # The first pages of a group were rendered in full before the reason was known: count them now, once.
        uncounted = 0 if group in self._groups_in_refused else _RENDERED_BEFORE_FRAME
        self.refused[self._no_frame[group]] += 1 + uncounted
        self._groups_in_refused.add(group)
        return text

    def _frame_for(self, group: Group, parts: PageParts, values: Mapping[str, str]) -> "_Frame | None":
        """Return the frame of a page. If there is none, record the reason and return None."""
        # Each combination of answers to the theme's questions needs a frame of its own.
        frames = self._frames.setdefault(group, [])
        for frame in frames:
            if frame.fits(values, parts.meta.get("tags", ())):
                return frame
        if self._jinja_fault or len(frames) == _MAX_FRAMES or not parts.has_known_fields:
            why = "its output depends on the values of pages" if frames else "unknown front matter"
            self._no_frame[group] = self._jinja_fault or Reason(_TEMPLATE, why)
            return None
        try:
            frames.append(self._new_frame(parts, values))
        except Exception as error:  # noqa: BLE001 - full rendering then reports the actual error
            self._no_frame[group] = Reason(template_position(error.__traceback__), _why(error))
            return None
        return frames[-1]

    def _fill_and_compare(
        self, group: Group, frame: "_Frame", parts: PageParts, values: Mapping[str, str]
    ) -> str | None:
        """Return the filled frame. For the first pages, compare it with full rendering; return None if they differ."""
        filled = frame.fill(values, parts.meta.get("tags", ()))
        if frame.compared_pages < _COMPARED_PER_FRAME:
            frame.compared_pages += 1
            # A theme may also show data that is not among the known values. Only this comparison notices it.
            if filled != self._render_full(parts):
                self._no_frame[group] = Reason(_TEMPLATE, "it depends on more than a page's known values")
                return None
        return filled

    def _new_frame(self, parts: PageParts, values: Mapping[str, str]) -> "_Frame":
        """Make the frame for pages like this one. Raises Inspected, and any error of a template given a placeholder."""
        keys = list(dict.fromkeys(key for key, _ in parts.meta.get("tags", ())))
        # Each key appears at two more positions, to prove that the line of a meta tag does not depend on its position.
        repeated_keys = [*keys, *reversed(keys), *keys]
        non_empty = {name: value for name, value in values.items() if value}
        slots = Slots({**non_empty, **{f"key {number}": key for number, key in enumerate(repeated_keys)}})
        text = self._render_marks(parts, slots, len(keys))
        if not keys:
            return _Frame(text, {}, slots, values)
        before, lines, after = _meta_tag_lines(text, slots)
        repeated_lines = _meta_tag_lines(self._render_marks(parts, slots, len(repeated_keys)), slots)
        # Keys with the same answers to all questions have the same line. A theme that shows no tags has no lines.
        questions = _questions_on_keys(slots.questions)
        line_by_answers = {
            _answers(questions, key): line for key, line in zip(keys, lines or [()] * len(keys), strict=True)
        }
        expected = [line_by_answers[_answers(questions, key)] for key in repeated_keys] if lines else []
        if repeated_lines != (before, expected, after):
            raise Inspected("the template's tags depend on each other")
        frame_lines = [*before, *([_META_TAGS_LINE] if lines else []), *after]
        return _Frame("\n".join(frame_lines), line_by_answers, slots, values)

    def _render_marks(self, parts: PageParts, slots: Slots, tag_count: int) -> str:
        """Render the page with slot marks in place of its values, and with ``tag_count`` meta tags."""
        meta: dict[str, Any] = {
            name: slots.placeholder(name) if name in TEXT_FIELDS and value else value
            for name, value in parts.meta.items()
        }
        if tag_count:
            meta["tags"] = MetaTags(slots, tag_count)
        context = dict(self._context(parts))
        page = context["page"]
        context["page"] = PartialObject(
            "page",
            meta=meta,
            title=meta["title"],
            url=Address(slots, parts.url),
            content=slots.placeholder("content") if parts.content else "",
            canonical_url=slots.placeholder("canonical_url") if parts.canonical_url else None,
            toc=TableOfContents(
                Placeholder(slots, f"#{slots.mark('first_id')}", "page.toc", is_non_empty=True)
                if parts.first_id
                else ""
            ),
            **{name: getattr(page, name) for name in _EQUAL_ATTRIBUTES if hasattr(page, name)},
        )
        text = render_watched(self._environment.get_template(_TEMPLATE), context, slots)
        # A lone edge is half of a mark.
        if EDGE in MARK.sub("", text):
            raise Inspected("the template cuts a value of the page")
        return text


_EQUAL_ATTRIBUTES = (
    "active", "children", "edit_url", "is_homepage", "is_index", "is_link", "is_page", "is_section", "is_top_level",
    "next_page", "parent", "previous_page", "ancestors", "update_date",
)  # fmt: skip
"""Page attributes that are equal for all ``index.md`` pages outside the navigation."""


_Pieces = tuple[str | Slot, ...]
"""Text of a frame, divided at its slots."""


class _Frame:
    """Text with slots for values.

    ``lines`` are the lines of meta tags, by the answers to the theme's questions on their keys.
    """

    def __init__(
        self, text: str, lines: Mapping[tuple[bool, ...], _Pieces], slots: Slots, values: Mapping[str, str]
    ) -> None:
        before, self._has_meta_tags, after = text.partition(_META_TAGS_LINE)
        self._before, self._lines, self._after = _split(before, slots), lines, _split(after, slots)
        self._questions_on_keys = _questions_on_keys(slots.questions)
        self._answers_by_key: dict[str, tuple[bool, ...]] = {}  # a cache
        # Questions on keys of meta tags are answered for each tag, all others once for a page.
        page_questions = (question for question in slots.questions if question.name in values)
        self._page_answers = [(question, question.answer(values)) for question in page_questions]
        self.compared_pages = 0

    def fits(self, values: Mapping[str, str], meta_tags: Iterable[Sequence[str]]) -> bool:
        """Whether all questions of the theme have the same answers as for the page that the frame was made from."""
        answers_on_keys = {self._answers_for(key) for key, _ in meta_tags}
        return answers_on_keys == self._lines.keys() and all(
            question.answer(values) == answer for question, answer in self._page_answers
        )

    def fill(self, values: Mapping[str, str], meta_tags: Iterable[Sequence[str]]) -> str:
        """Return the HTML of the page with these values and meta tags."""
        out = _fill(self._before, values)
        if self._has_meta_tags:
            lines = ((self._lines[self._answers_for(key)], {"key": key, "tag": content}) for key, content in meta_tags)
            out.append("\n".join("".join(_fill(*line)) for line in lines))
        out += _fill(self._after, values)
        return "".join(out)

    def _answers_for(self, key: str) -> tuple[bool, ...]:
        if key not in self._answers_by_key:
            self._answers_by_key[key] = _answers(self._questions_on_keys, key)
        return self._answers_by_key[key]


def _questions_on_keys(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions about keys of meta tags, regardless of the positions of the tags."""
    return tuple(
        sorted({question._replace(name="key") for question in questions if question.name.startswith("key ")}, key=str)
    )


def _answers(questions: Iterable[Question], key: str) -> tuple[bool, ...]:
    return tuple(question.answer({"key": key}) for question in questions)


def _fill(pieces: _Pieces, values: Mapping[str, str]) -> list[str]:
    return [piece if isinstance(piece, str) else apply(values[piece.name], piece.steps) for piece in pieces]


def _split(text: str, slots: Slots) -> _Pieces:
    """Divide text at its marks. Slots of meta tags lose their numbers: ``key 3`` becomes ``key``."""
    pieces = MARK.split(text)
    out: list[str | Slot] = [pieces[0]]
    # ``re.split`` with a group puts the numbers of slots at odd positions.
    for number, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        slot = slots[int(number)]
        out += (slot._replace(name=slot.name.partition(" ")[0]), piece)
    return tuple(out)


def _meta_tag_lines(text: str, slots: Slots) -> tuple[list[str], list[_Pieces], list[str]]:
    """The lines before the meta tags, of the tags, and after them. Raises Inspected unless each has its own line."""
    lines = text.split("\n")
    # For each line, the numbers of its tags ('' for slots of other values).
    tag_numbers = [{slots[int(number)].name.partition(" ")[2] for number in MARK.findall(line)} for line in lines]
    with_tags = [index for index, numbers in enumerate(tag_numbers) if numbers - {""}]
    if not with_tags:
        return lines, [], []
    first, end = with_tags[0], with_tags[-1] + 1
    # A frame repeats the line of a tag for any number of tags, so a line must contain exactly one.
    if tag_numbers[first:end] != [{str(number)} for number in range(end - first)]:
        raise Inspected("the template does not write each tag on its own line")
    return lines[:first], [_split(line, slots) for line in lines[first:end]], lines[end:]


def template_position(trace: TracebackType | None) -> str:
    """The file and line of the template that raised an error: ``main.html:12``; without a template, ``main.html``."""
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
