"""The site's own words in templates: a text is markup as it stands, and each value in it is encoded for the sink."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from generator.text.words import Words


def spoken(words: Words, encode: Callable[[Any], Markup]) -> dict[str, Callable[..., Markup]]:
    """The functions ``say`` and ``say_many`` of templates. ``encode`` is that of the sink, and leaves markup alone.

    Texts hold nothing that any format takes for markup (``text/words.py``), so only the values need it.
    """

    def say(text: str, **values: object) -> Markup:
        return Markup(words.say(text, **{name: encode(value) for name, value in values.items()}))

    def say_many(one: str, many: str, n: int, **values: object) -> Markup:
        return Markup(words.say_many(one, many, n, **{name: encode(value) for name, value in values.items()}))

    return {"say": say, "say_many": say_many}
