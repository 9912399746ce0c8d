"""The templates in ``theme/exports``. Each value is encoded for the format of its file, unless it is markup already."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from generator.build.inputs import Inputs
from generator.build.templates import CompiledTemplates, TracedEnvironment
from generator.text.escape import for_link, for_markdown, for_xml
from generator.text.markup import line_html, prose_html, prose_plain
from generator.text.maths import to_plain
from generator.text.words import ENGLISH, Words, template_functions

_COMPILED_TEMPLATES: defaultdict[Callable[[str], str], CompiledTemplates] = defaultdict(CompiledTemplates)
"""The compiled templates by encoder: Jinja encodes constants while it compiles a template."""


def make_environment(
    theme: Path, encode: Callable[[str], str] = for_xml, words: Words = ENGLISH, inputs: Inputs | None = None
) -> Environment:
    """Return the environment for the templates in ``theme/exports``.

    ``encode`` is the encoder of the format, ``words`` are the interface texts, ``inputs`` record what templates read.
    """

    def finalize(value: Any) -> Markup:
        if type(value) is Markup:
            return value
        if hasattr(value, "__html__"):
            return Markup(value)
        return Markup("" if value is None else encode(str(value)))

    environment = TracedEnvironment(
        theme,
        "exports",
        inputs or Inputs(),
        autoescape=True,  # does not encode again: ``finalize`` returns Markup
        finalize=finalize,
        # A misspelled field is an error instead of an empty text in a feed.
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED_TEMPLATES[encode],
    )
    environment.globals.update(template_functions(words, finalize))
    environment.filters.update(
        # ``rich`` gives HTML for a line, ``prose`` for paragraphs; ``plain`` gives text, ``paragraphs`` gives Markdown,
        # ``code`` an indented block of Markdown, ``address`` the target of a link.
        rich=lambda text: Markup(line_html(text)),
        prose=lambda text: Markup(prose_html(text)),
        plain=to_plain,
        paragraphs=lambda text: Markup("\n\n".join(for_markdown(part) for part in prose_plain(text).split("\n\n"))),
        code=lambda text: Markup(re.sub("^", "    ", text.strip(), flags=re.MULTILINE)),
        address=lambda url: Markup(for_link(url)),
        stamp=stamp,
        mail_date=mail_date,
    )
    return environment


class FeedTemplate:
    """A template of feeds, which is rendered once with placeholders. To render a feed then only joins strings.

    ``names`` are the names of the values in the template's variable ``feed``. The template may output these values and
    ``entries``, but must not test them in conditions.
    """

    def __init__(self, template: Template, names: Sequence[str]) -> None:
        # Placeholders are between private-use characters, which entries cannot contain.
        placeholders = {name: Markup(f"\ue000{name}\ue001") for name in (*names, "entries")}
        text = template.render(feed=placeholders, entries=placeholders["entries"])
        self._pieces = re.split(f"\ue000({'|'.join(placeholders)})\ue001", text)

    def render(self, values: Mapping[str, str], entries: str) -> str:
        """Return the feed with ``values`` and ``entries``, which must be encoded already."""
        pieces = self._pieces.copy()
        # ``re.split`` with a group puts the captured names at odd positions.
        pieces[1::2] = [entries if name == "entries" else values[name] for name in pieces[1::2]]
        return "".join(pieces)


@lru_cache
def stamp(day: date) -> str:
    """A date in the format of RFC 3339, with midnight as its time."""
    return f"{day.isoformat()}T00:00:00Z"


@lru_cache
def mail_date(day: date) -> str:
    """A date in the format of RFC 822, independent of the locale."""
    return format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC))
