"""Interface texts in one language, looked up by their English wording as in gettext; and dates in words.

A text is one line without characters that have a meaning in an output format (``UNSAFE``), so no format needs to encode
it. Values replace its placeholders (``{name}``); the caller encodes the values.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

_PLACEHOLDER = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
UNSAFE = re.compile(r"[<>&\"`\\*_\[\]{}|~^=$#\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Characters that no text may contain outside its placeholders: each has a meaning in Markdown, HTML, XML or mail."""


def translatable(text: str) -> str:
    """Return ``text`` itself. ``make languages`` finds the call, and ``say`` translates the text later."""
    return text


MONTHS = (
    translatable("January"), translatable("February"), translatable("March"),
    translatable("April"), translatable("May"), translatable("June"),
    translatable("July"), translatable("August"), translatable("September"),
    translatable("October"), translatable("November"), translatable("December"),
)  # fmt: skip
_THOUSAND = translatable("1,000")  # the translation shows the separator of the language: "1.000", "1 000"


def _english_plural(number: int) -> int:
    """The index of the plural form for a number: singular or plural."""
    return 0 if number == 1 else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of ``language`` by English wording. A missing text stays English.

    ``counted`` has all plural forms of texts with a number, by the English singular. ``plural`` returns the index of
    the form for a number.
    """

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    plural: Callable[[int], int] = _english_plural

    def say(self, text: str, **values: object) -> str:
        """Translate ``text``, and insert ``values`` unchanged."""
        return fill_placeholders(self.wording(text), values)

    def wording(self, text: str) -> str:
        """Translate ``text``, with its placeholders."""
        return self.texts.get(text, text)

    def say_many(self, one: str, many: str, n: int, **values: object) -> str:
        """Translate ``one`` or ``many``, whichever fits the number ``n``, which replaces ``{n}``."""
        return fill_placeholders(self.form(one, many, n), {"n": self.number(n), **values})

    def form(self, one: str, many: str, n: int) -> str:
        """Translate ``one`` or ``many``, whichever fits the number ``n``, with its placeholders."""
        forms = self.counted.get(one)
        return forms[self.plural(n)] if forms else (one, many)[_english_plural(n)]

    def number(self, number: int) -> str:
        """Format a whole number with the digit grouping of the language."""
        separator = self.texts.get(_THOUSAND, _THOUSAND)[1:-3]  # between ``1`` and ``000``
        return f"{number:,}".replace(",", separator)


def fill_placeholders(text: str, values: Mapping[str, object]) -> str:
    """Replace placeholders in one pass, so that values may contain braces. Raises KeyError if a value is missing."""
    return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), text) if "{" in text else text


def placeholders_of(text: str) -> frozenset[str]:
    """The names of the placeholders of a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def unsafe_character(text: str) -> str:
    """The first character in ``text`` that no interface text may contain, or ''."""
    match = UNSAFE.search(_PLACEHOLDER.sub("", text))
    return match[0] if match else ""


ENGLISH = Words()


def template_functions(words: Words, encode: Callable[[Any], Markup]) -> dict[str, Callable[..., Markup]]:
    """Return the functions ``say`` and ``say_many`` for templates; ``encode`` is the encoder of the output format.

    Texts contain no character with a meaning in a format (``UNSAFE``), so only the values are encoded. ``encode`` must
    leave markup unchanged.
    """

    def say(text: str, **values: object) -> Markup:
        return Markup(words.say(text, **{name: encode(value) for name, value in values.items()}))

    def say_many(one: str, many: str, n: int, **values: object) -> Markup:
        return Markup(words.say_many(one, many, n, **{name: encode(value) for name, value in values.items()}))

    return {"say": say, "say_many": say_many}


def day_name(day: date, words: Words = ENGLISH) -> str:
    """Write a day as ``23 April 2026``."""
    return words.say("{day} {month} {year}", day=day.day, month=month_of(day, words), year=day.year)


def month_name(day: date, words: Words = ENGLISH) -> str:
    """Write a month as ``April 2026``."""
    return words.say("{month} {year}", month=month_of(day, words), year=day.year)


def date_name(iso: str, words: Words = ENGLISH) -> str:
    """Write a date that may lack day and month: ``23 April 2026``, ``April 2026``, ``2026``; '' for ''."""
    match iso.count("-"):
        case 2:
            return day_name(date.fromisoformat(iso), words)
        case 1:
            return month_name(date.fromisoformat(f"{iso}-01"), words)
    return iso.lstrip("0")  # a year before 1000 is written with four digits in ISO 8601


def month_of(day: date, words: Words = ENGLISH) -> str:
    """Return the name of a day's month: ``April``."""
    return words.say(MONTHS[day.month - 1])


def span_name(first: date, last: date, words: Words = ENGLISH) -> str:
    """Write a period: ``20 to 26 April 2026``, ``27 April to 3 May 2026`` or ``29 December 2025 to 4 January 2026``."""
    end = day_name(last, words)
    if first.year != last.year:
        return words.say("{first} to {last}", first=day_name(first, words), last=end)
    if first.month != last.month:
        start = words.say("{day} {month}", day=first.day, month=month_of(first, words))
        return words.say("{first} to {last}", first=start, last=end)
    return words.say("{day} to {last}", day=first.day, last=end)
