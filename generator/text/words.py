"""What the site itself says, in one language: each text is known by its English wording, as gettext does it.

A text is one line without any sign that a format could take for its own (``UNFIT``), so it is the same everywhere;
values go into named places, ``{name}``, and are encoded by whoever puts them in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

_PLACE = re.compile(r"\{([a-z]+(?:_[a-z]+)*)\}")
UNFIT = re.compile(r"[<>&\"`\\*_\[\]{}|~^=$#\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that no text may hold outside the names of its places: each means something to Markdown, HTML, XML or mail."""


def marked(text: str) -> str:
    """``text`` itself: it is said later, and listed among the texts to be translated."""
    return text


_THOUSAND = marked("1,000")


def _english(number: int) -> int:
    return 0 if number == 1 else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of ``language``: by the English one, and for counts all forms, of which ``plural`` chooses one.

    What ``texts`` and ``counted`` do not have stays English.
    """

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    counted: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    plural: Callable[[int], int] = _english

    def say(self, text: str, **values: object) -> str:
        """``text`` in the language, with ``values`` in their places as they are."""
        return filled(self.wording(text), values)

    def wording(self, text: str) -> str:
        """``text`` in the language, its places still empty."""
        return self.texts.get(text, text)

    def say_many(self, one: str, many: str, n: int, **values: object) -> str:
        """``one`` or ``many``, whichever fits the number ``n``, which also goes into the place ``{n}``."""
        return filled(self.form(one, many, n), {"n": self.number(n), **values})

    def form(self, one: str, many: str, n: int) -> str:
        """The form for ``n``, its places still empty."""
        forms = self.counted.get(one)
        return forms[self.plural(n)] if forms else (one, many)[_english(n)]

    def number(self, number: int) -> str:
        """A whole number as readers group its digits."""
        return f"{number:,}".replace(",", self.texts.get(_THOUSAND, _THOUSAND)[1:-3])


def filled(text: str, values: Mapping[str, object]) -> str:
    """``text`` with values in its places, in one pass: what a value holds is no place. Raises KeyError."""
    return _PLACE.sub(lambda match: str(values[match[1]]), text)


def places_of(text: str) -> frozenset[str]:
    """The names of the places of a text."""
    return frozenset(_PLACE.findall(text))


def unfit(text: str) -> str:
    """The first sign in ``text`` that no text may hold, or ''."""
    match = UNFIT.search(_PLACE.sub("", text))
    return match[0] if match else ""


ENGLISH = Words()


def spoken(words: Words, encode: Callable[[Any], Markup]) -> dict[str, Callable[..., Markup]]:
    """The functions ``say`` and ``say_many`` of templates. ``encode`` is that of the sink, and leaves markup alone.

    Texts hold nothing that any format takes for markup (``text/words.py``), so only the values need it.
    """

    def say(text: str, **values: object) -> Markup:
        return Markup(words.say(text, **{name: encode(value) for name, value in values.items()}))

    def say_many(one: str, many: str, n: int, **values: object) -> Markup:
        return Markup(words.say_many(one, many, n, **{name: encode(value) for name, value in values.items()}))

    return {"say": say, "say_many": say_many}
