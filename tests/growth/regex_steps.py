"""How many steps a backtracking matcher needs for a pattern: Python's ``re`` does not tell, so this one counts.

It follows ``re`` in what it tries and in which order, on the tree that ``re`` itself parses, and knows none of its
short cuts: the numbers are too high by a factor, and grow alike. It also makes up texts that may be bad for a pattern.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from re import _compiler, _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

Then = Callable[[int], int]
Matcher = Callable[[int, Then], int]
_SINGLE = frozenset({op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN})
_POOL = "aB0 _-.,:;/\\\"'`$&%#@!?()[]{}<>|*+=^~\n\t\u00e4\u4e2d\u0301\x00xyzwvtm1"
_PUMPS_MOST = 40


class TooManySteps(Exception):
    """The pattern needs more steps than were allowed."""


class _Known(dict[str, bool]):
    """Whether a pattern matches each character that it was asked of."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._pattern = pattern

    def __missing__(self, char: str) -> bool:
        self[char] = self._pattern.fullmatch(char) is not None
        return self[char]


class Steps:
    """A pattern whose work is counted."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._flags = pattern.flags
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.chars: list[Callable[[str], bool]] = []
        self._groups: dict[int, tuple[int, int]] = {}
        self._text = ""
        self.count = 0
        self.most = 0
        self._match = self._sequence(list(self.tree))

    def search_all(self, text: str, most: int = 10**9) -> int:
        """The steps to find every match in ``text``, as ``sub`` and ``findall`` do."""
        self._begin(text, most)
        position = 0
        while position <= len(text):
            self._step()
            end = self._match(position, lambda place: place)
            position = end if end > position else position + 1
        return self.count

    def match(self, text: str, most: int = 10**9) -> int:
        """The steps to try a match of the whole ``text``, as ``fullmatch`` does."""
        self._begin(text, most)
        self._match(0, lambda place: place if place == len(text) else -1)
        return self.count

    def _begin(self, text: str, most: int) -> None:
        self._text, self.count, self.most = text, 0, most
        self._groups = {}

    def _step(self, number: int = 1) -> None:
        self.count += number
        if self.count > self.most:
            raise TooManySteps

    def _sequence(self, items: list[Any]) -> Matcher:
        tests: list[Callable[[str], bool] | None] = []
        matchers: list[Matcher | None] = []
        for kind, value in items:
            is_single = kind in _SINGLE
            tests.append(self._test(kind, value) if is_single else None)
            matchers.append(None if is_single else self._item(kind, value))
        total = len(items)

        def match(position: int, then: Then) -> int:
            return run(0, position, then)

        def run(number: int, position: int, then: Then) -> int:
            while number < total and (test := tests[number]):  # single characters, without a call for each
                self._step()
                if position >= len(self._text) or not test(self._text[position]):
                    return -1
                number, position = number + 1, position + 1
            if number < total and (matcher := matchers[number]):
                return matcher(position, lambda place: run(number + 1, place, then))
            return then(position)

        return match

    def _item(self, kind: Any, value: Any) -> Matcher:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self._repeat(kind, *value)
        if kind is op.BRANCH:
            ways = [self._sequence(list(way)) for way in value[1]]
            return lambda position, then: self._first(ways, position, then)
        if kind is op.SUBPATTERN:
            return self._group(value[0], self._sequence(list(value[3])))
        if kind is op.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(value)))
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(value[0], self._sequence(list(value[1])), value[1].getwidth()[0], kind is op.ASSERT)
        if kind is op.AT:
            return self._place(value)
        if kind is op.GROUPREF:
            return self._again(value)
        raise NotImplementedError(str(kind))

    def _test(self, kind: Any, value: Any) -> Callable[[str], bool]:
        node = _parser.SubPattern(self.tree.state, [(kind, value)])
        compiled = _compiler.compile(node, self._flags & ~re.DEBUG)
        test = _Known(compiled).__getitem__
        self.chars.append(test)
        return test

    def _repeat(self, kind: Any, least: int, most: Any, items: Any) -> Matcher:
        inside = list(items)
        highest = 10**9 if most is op.MAXREPEAT else int(most)
        if len(inside) == 1 and inside[0][0] in _SINGLE:
            return self._repeat_single(kind, least, highest, self._test(*inside[0]))
        body = self._sequence(inside)

        def match(position: int, then: Then) -> int:
            return again(position, 0, -1, then)

        def again(position: int, number: int, before: int, then: Then) -> int:
            self._step()
            more: Then = lambda place: again(place, number + 1, position, then)  # noqa: E731
            if number < least:
                return body(position, more)
            if kind is op.MIN_REPEAT and (end := then(position)) >= 0:
                return end
            if number < highest and position != before and (end := body(position, more)) >= 0:
                return end
            return -1 if kind is op.MIN_REPEAT else then(position)

        return self._atomic(match) if kind is op.POSSESSIVE_REPEAT else match

    def _repeat_single(self, kind: Any, least: int, most: int, test: Callable[[str], bool]) -> Matcher:
        def match(position: int, then: Then) -> int:
            text, longest = self._text, 0
            if kind is op.MIN_REPEAT:
                while True:
                    self._step()
                    if longest >= least and (end := then(position + longest)) >= 0:
                        return end
                    if longest >= most or position + longest >= len(text) or not test(text[position + longest]):
                        return -1
                    longest += 1
            while longest < most and position + longest < len(text) and test(text[position + longest]):
                longest += 1
            self._step(longest + 1)
            for count in range(longest, least - 1, -1):
                self._step()
                if (end := then(position + count)) >= 0:
                    return end
                if kind is op.POSSESSIVE_REPEAT:
                    break
            return -1

        return match

    def _first(self, ways: list[Matcher], position: int, then: Then) -> int:
        for way in ways:
            self._step()
            if (end := way(position, then)) >= 0:
                return end
        return -1

    def _group(self, number: int | None, body: Matcher) -> Matcher:
        def match(position: int, then: Then) -> int:
            def closed(end: int) -> int:
                if number is None:
                    return then(end)
                before = self._groups.get(number)
                self._groups[number] = position, end
                end_of_match = then(end)
                if end_of_match < 0 and before:
                    self._groups[number] = before
                return end_of_match

            return body(position, closed)

        return match

    def _atomic(self, body: Matcher) -> Matcher:
        def match(position: int, then: Then) -> int:
            end = body(position, lambda place: place)
            return then(end) if end >= 0 else -1

        return match

    def _look(self, direction: int, body: Matcher, width: int, wanted: bool) -> Matcher:
        def match(position: int, then: Then) -> int:
            self._step()
            start = position if direction > 0 else position - width
            matches = start >= 0 and body(start, lambda place: place) >= 0
            return then(position) if matches is wanted else -1

        return match

    def _place(self, where: Any) -> Matcher:
        source = {
            op.AT_BEGINNING: "^", op.AT_BEGINNING_STRING: r"\A", op.AT_END: "$", op.AT_END_STRING: r"\Z",
            op.AT_BOUNDARY: r"\b", op.AT_NON_BOUNDARY: r"\B",
        }[where]  # fmt: skip
        compiled = re.compile(source, self._flags & ~re.DEBUG)

        def match(position: int, then: Then) -> int:
            self._step()
            return then(position) if compiled.match(self._text, position) else -1

        return match

    def _again(self, number: int) -> Matcher:
        def match(position: int, then: Then) -> int:
            start, end = self._groups.get(number, (0, 0))
            group = self._text[start:end]
            self._step(len(group) + 1)
            return then(position + len(group)) if self._text.startswith(group, position) else -1

        return match


def letters_of(steps: Steps) -> list[str]:
    """Characters of which each part of the pattern takes one, and one that none takes."""
    letters_by_order: dict[str, None] = {}
    literals = _literals(steps.tree)
    pool = [*dict.fromkeys((*literals, *_POOL))]
    for test in steps.chars:
        matching = [char for char in pool if test(char)]
        if matching and not any(char in letters_by_order for char in matching):
            letters_by_order[matching[0]] = None
    letters_by_order.update(dict.fromkeys(literals[:6]))
    return list(letters_by_order)[:10]


def _literals(tree: Any) -> list[str]:
    """The characters that a pattern names, and the first of each range."""
    literals = [chr(value) for kind, value in _nodes(tree) if kind in (op.LITERAL, op.NOT_LITERAL)]
    for kind, value in _nodes(tree):
        for inner, argument in value if kind is op.IN else ():
            if inner in (op.LITERAL, op.RANGE):
                literals.append(chr(argument if inner is op.LITERAL else argument[0]))
    return literals


def pumps(steps: Steps) -> Iterator[str]:
    """Short texts that may be bad for the pattern when they are repeated: pieces of what it looks for."""
    letters = letters_of(steps)
    sample = "".join(_sample(steps.tree, steps))
    given = [sample[:end] for end in range(1, min(len(sample), 12) + 1)] + [sample[start:] for start in range(1, 6)]
    pairs = ["".join(pair) for pair in product(letters, repeat=2)]
    yield from [*dict.fromkeys(text for text in (*letters, *given, *pairs) if text)][:_PUMPS_MOST]


def sample_of(steps: Steps) -> str:
    """A text that the pattern may match, as far as its parts tell."""
    return "".join(_sample(steps.tree, steps))


def largest_bound(tree: Any) -> int:
    """The largest number in a pattern's ``{n,m}``: up to it, growth says nothing."""
    bounds = [
        int(value[1]) for kind, value in _nodes(tree) if str(kind).endswith("REPEAT") and value[1] is not op.MAXREPEAT
    ]
    return max(bounds, default=0)


def _sample(tree: Any, steps: Steps) -> Iterator[str]:
    for kind, value in tree:
        if kind in _SINGLE:
            test = steps._test(kind, value)
            yield next((char for char in _POOL if test(char)), chr(value) if kind is op.LITERAL else "")
        elif str(kind).endswith("REPEAT"):
            yield "".join(_sample(value[2], steps)) * max(1, min(int(value[0]), 3))
        elif kind is op.SUBPATTERN:
            yield from _sample(value[3], steps)
        elif kind is op.BRANCH:
            yield from _sample(value[1][0], steps)
        elif kind is op.ATOMIC_GROUP:
            yield from _sample(value, steps)


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    for kind, value in tree:
        yield kind, value
        for inner in value if isinstance(value, (tuple, list)) else [value]:
            if isinstance(inner, _parser.SubPattern):
                yield from _nodes(inner)
            elif isinstance(inner, list):
                for way in inner:
                    if isinstance(way, _parser.SubPattern):
                        yield from _nodes(way)
