"""A stranger's value inside a text of the site is as inert as one that stands alone, in every sink."""

import json
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Template

from generator.build.export_templates import make_environment as of_exports
from generator.pages.rendering import make_environment as of_pages
from generator.store.language_file import read_words
from generator.text.escape import for_html, for_mail_text, for_markdown, for_xml
from generator.text.words import Words, unsafe_character
from tests.conftest import ROOT
from tests.property.test_encoders import TEXT, TRIES

THEME = ROOT / "theme"
WORDS = read_words(THEME, "de")
assert isinstance(WORDS, Words)
SOURCE = (
    "{{ say('Reviewed by {name}.', name=name) }}\n"
    "{{ say_many('{period}: {n} paper in one sentence.', '', n, period=name) }}"
)
SINKS: list[tuple[Template, Callable[[str], str]]] = [
    (of_pages(THEME, WORDS).from_string(SOURCE), for_markdown),
    *(
        (of_exports(THEME, encode, WORDS).from_string(SOURCE), encode)
        for encode in (for_html, for_xml, for_mail_text, json.dumps)
    ),
]


@given(name=TEXT, n=st.integers(0, 5000))
@TRIES
def test_values_in_texts_are_encoded_for_their_sink(name: str, n: int) -> None:
    """Once, and by the sink's own encoder; a value that looks like a place stays a value."""
    count = "1 Arbeit, in" if n == 1 else f"{n:,}".replace(",", ".") + " Arbeiten, jede in"
    for template, encode in SINKS:
        encoded = encode(name)
        assert template.render(name=name, n=n) == f"Geprüft von {encoded}.\n{encoded}: {count} einem Satz erklärt."


@given(TEXT)
@TRIES
def test_a_text_that_is_fit_needs_no_encoding(text: str) -> None:
    """What may stand in a language's file means itself in every format, but for an apostrophe, which ends nothing."""
    line = " ".join(text.replace("'", "").split())
    if "{" not in line and not unsafe_character(line) and not re.match(r"[-+:\d]", line):
        assert for_html(line) == for_markdown(line) == line
        assert for_xml(line) in (line, "")
