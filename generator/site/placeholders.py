"""Placeholders for a page's values. Rendered output with placeholders shows where a template puts each value.

``watched_templates`` renders templates with placeholders. The output is a frame (``frames.py``): the text of the page
with a mark at each place of a value. A mark contains the number of a slot, and a slot is a value after certain filters.

A placeholder can be output, joined with text, and passed through the few filters whose result is known for any value.
If a template compares a placeholder, or its first characters, with a text, the comparison is answered for the current
page and recorded: pages with other answers get another frame. Any other operation (length, order, methods, ``in``,
formatting, other filters) raises Inspected, because the output then depends on the value. A placeholder is not a
``str``: C code reads the characters of a string without calling methods, so no method could raise Inspected.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from markupsafe import Markup, escape

EDGE = "\ue000"
"""Encloses the number of a slot. A private-use character, which the digest's texts cannot contain."""

_MAX_CACHED_LENGTH = 200  # characters; the filtered texts of shorter values, such as keys of meta tags, are cached

MARK = re.compile(f"{EDGE}([0-9]+){EDGE}")
"""The pattern of a mark, whose group is the number of the slot."""

Step = tuple[str, ...]
"""A filter that a value passes through, and the filter's arguments."""


class Inspected(Exception):
    """A template's output depends on a page's value; the message names the value."""


class Slot(NamedTuple):
    """A value by its name, and the filters that it passes through."""

    name: str
    steps: tuple[Step, ...]


class Question(NamedTuple):
    """A comparison: whether the value ``name``, after ``steps`` and cut to ``length`` characters, equals ``text``."""

    name: str
    steps: tuple[Step, ...]
    length: int | None
    text: str

    def answer(self, values: Mapping[str, str]) -> bool:
        """Return the answer for a page's ``values``."""
        return apply(values[self.name], self.steps)[: self.length] == self.text


class Slots:
    """The slots of a page by their numbers.

    ``values`` are the values that a template may compare with a text, and none of them is empty. ``questions`` records
    the comparisons.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._numbers: dict[Slot, int] = {}
        self._values = values
        self.questions: set[Question] = set()

    def mark(self, name: str, steps: tuple[Step, ...] = ()) -> str:
        """Return the mark for a value: the number of its slot between edges. A new combination gets a new number."""
        return f"{EDGE}{self._numbers.setdefault(Slot(name, steps), len(self._numbers))}{EDGE}"

    def __getitem__(self, number: int) -> Slot:
        """Return the slot with a number."""
        return tuple(self._numbers)[number]

    def placeholder(self, name: str) -> "Placeholder":
        """Return a placeholder for a value. It is known to be non-empty if it is one of ``values``."""
        return Placeholder(self, self.mark(name), name, is_non_empty=name in self._values)

    def compare(self, mark: str, length: int | None, text: str) -> bool:
        """Whether the value behind ``mark``, cut to ``length``, equals ``text``. Records the question."""
        match = MARK.fullmatch(mark)
        name, steps = self[int(match[1])] if match else ("", ())
        # More than one mark, or a value that may not be compared.
        if name not in self._values:
            raise Inspected("the template compares text with values of the page")
        question = Question(name, steps, length, text)
        self.questions.add(question)
        return question.answer(self._values)


def apply(value: str, steps: tuple[Step, ...]) -> str:
    """Apply the filters of a slot to a value."""
    if not steps:
        return value
    # ``__wrapped__`` is the function without its cache.
    return _applied(value, steps) if len(value) < _MAX_CACHED_LENGTH else _applied.__wrapped__(value, steps)


@lru_cache(maxsize=8192)
def _applied(value: str, steps: tuple[Step, ...]) -> str:
    for name, *arguments in steps:
        if name == "striptags":
            value = Markup(value).striptags()
        elif name == "escape":
            value = str(escape(value))
        else:
            old, new = arguments
            value = value.replace(old, new)
    return value


class Opaque:
    """An object on which every operation raises Inspected, since the result depends on the page."""

    _name = "a value of the page"

    def _refuse(self, *_arguments: object, **_keywords: object) -> NoReturn:
        raise Inspected(f"the template inspects {self._name}")

    def __getattr__(self, name: str) -> NoReturn:
        raise Inspected(f"the template reads `{name}` of {self._name}")

    # Python looks up special methods on the class, so ``__getattr__`` does not catch them.
    __str__ = __repr__ = __format__ = __bytes__ = __bool__ = __len__ = __iter__ = __reversed__ = _refuse
    __hash__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __getitem__ = __contains__ = __call__ = __add__ = __radd__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _refuse
    __sub__ = __rsub__ = __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = _refuse
    __int__ = __float__ = __complex__ = __index__ = __neg__ = __pos__ = __abs__ = __round__ = _refuse


class Placeholder(Opaque):
    """The placeholder of a value: ``text`` with marks, of which a template sees the first ``length`` characters.

    Comparisons with a text are answered and recorded. ``name`` is the value's name in messages. ``is_safe`` means that
    the text is markup, which is not escaped again.
    """

    def __init__(
        self,
        slots: Slots,
        text: str,
        name: str,
        *,
        is_non_empty: bool = False,
        is_safe: bool = False,
        length: int | None = None,
    ) -> None:
        self.slots, self.is_safe = slots, is_safe
        self._text, self._name, self._is_non_empty, self._length = text, f"`{name}`", is_non_empty, length

    @property
    def text(self) -> str:
        """The text with marks for values. Raises Inspected if the placeholder is the beginning of a value."""
        return self._text if self._length is None else self._refuse()

    def __bool__(self) -> bool:  # type: ignore[override]
        return True if self._is_non_empty else self._refuse()

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        # Whether two values are equal is a question about both, which a frame does not record.
        if isinstance(other, Opaque):
            self._refuse()
        return isinstance(other, str) and self.slots.compare(self._text, self._length, str(other))

    def __ne__(self, other: object) -> bool:  # type: ignore[override]
        return not self == other

    __hash__ = Opaque._refuse  # a class that defines ``__eq__`` does not inherit ``__hash__``

    def __getitem__(self, key: object) -> "Placeholder":  # type: ignore[override]
        # Only a prefix: comparing one is common in themes (``key[:8] == 'article:'``), and its answer can be recorded.
        if not isinstance(key, slice) or key.start or key.step or type(key.stop) is not int or key.stop < 0:
            self._refuse()
        return Placeholder(self.slots, self.text, self._name.strip("`"), length=key.stop)

    def _filter(self, *step: str) -> "Placeholder":
        """Apply the filter ``step`` to the text, and append it to the filters of the slots in the text.

        The filter must treat each character independently.
        """
        pieces = MARK.split(self.text)
        pieces[::2] = [apply(piece, (step,)) for piece in pieces[::2]]
        # ``re.split`` with a group puts the numbers of slots at odd positions.
        for index in range(1, len(pieces), 2):
            name, steps = self.slots[int(pieces[index])]
            pieces[index] = self.slots.mark(name, (*steps, step))
        return self._with_text("".join(pieces), is_non_empty=False)

    def _with_text(self, text: str, *, is_non_empty: bool, is_safe: bool = False) -> "Placeholder":
        return Placeholder(self.slots, text, self._name.strip("`"), is_non_empty=is_non_empty, is_safe=is_safe)

    def striptags(self) -> "Placeholder":
        """The value without tags. Text with several values is refused: a tag may begin in one and end in another."""
        return self._filter("striptags") if MARK.fullmatch(self.text) else self._refuse()

    def replace(self, *arguments: Any) -> "Placeholder":
        """The text with a character replaced. To replace longer texts is refused: a match may span two values."""
        if len(arguments) != 2 or not all(type(text) is str for text in arguments) or len(arguments[0]) != 1:
            self._refuse()
        return self._filter("replace", *arguments)

    def escape(self) -> "Placeholder":
        """The text escaped, unless it is markup."""
        return (
            self
            if self.is_safe
            else self._with_text(self._filter("escape").text, is_non_empty=self._is_non_empty, is_safe=True)
        )

    def safe(self) -> "Placeholder":
        """The text marked as markup."""
        return self._with_text(self.text, is_non_empty=self._is_non_empty, is_safe=True)


class Address(Placeholder):
    """The placeholder of a page's ``address``, which is relative to the site."""

    def __init__(self, slots: Slots, address: str) -> None:
        super().__init__(slots, slots.mark("url"), "page.url", is_non_empty=True)
        self.address = address

    def compare_folders(self, path: str) -> None:
        """Record how many leading folders the address shares with ``path``, as one comparison for each folder."""
        # MkDocs' ``get_relative_url`` removes the leading folders that both addresses share, so only these matter.
        end = path.find("/") + 1
        while end and self[:end] == path[:end]:
            end = path.find("/", end) + 1


class MetaTags(Opaque):
    """The meta tags of a page: pairs of a key and a content. Templates do not know the number of tags."""

    _name = "`page.meta.tags`"

    def __init__(self, slots: Slots, count: int) -> None:
        self._pairs = [
            [slots.placeholder(f"key {number}"), slots.placeholder(f"tag {number}")] for number in range(count)
        ]

    def __bool__(self) -> bool:  # type: ignore[override]
        return True

    def __iter__(self) -> Iterator[list[Any]]:  # type: ignore[override]
        # Copies, since a template could change a list.
        return iter([list(pair) for pair in self._pairs])


class TableOfContents(Opaque):
    """The table of contents of a page. Only the address of its first entry is known."""

    _name = "`page.toc`"

    def __init__(self, address: "str | Placeholder") -> None:
        self._first = PartialObject("page.toc", url=address) if address else None

    def __bool__(self) -> bool:  # type: ignore[override]
        return self._first is not None

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        if self._first is not None:
            yield self._first
            self._refuse()  # whether there are more entries depends on the page


class PartialObject(Opaque):
    """An object of which only the ``known`` attributes can be read: all others depend on the page."""

    def __init__(self, name: str, **known: Any) -> None:
        self.__dict__.update(known, _name=f"`{name}`")

    def __bool__(self) -> bool:  # type: ignore[override]
        return True
