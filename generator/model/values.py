"""The types of field values: text of one line or many, ids, identifiers, dates, addresses.

Each is a plain Python type with validators. The codec, the JSON Schema and the messages derive from these types. A
validator rejects a value with a code of ``generator.model.faults``.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.text import characters, data_entry, identifiers, slug

# Limits in characters.
MAX_TITLE = 300
MAX_LINE = 500
MAX_TEXT = 5000  # some 800 words
MAX_ADDRESS = 2000  # browsers and servers reject longer URLs


def invalid_value(code: str, message: str, hint: str) -> PydanticCustomError:
    """Return the exception by which a validator reports a fault; the codec reads code, message and hint from it."""
    return PydanticCustomError("digest", "{message}", {"code": code, "message": message, "hint": hint})


def _checked(
    accepts: Callable[[str], bool], code: str, message: str, hint: str, suggest: Callable[[str], str] = lambda _: ""
) -> AfterValidator:
    """Return a validator that reports ``code`` for values that ``accepts`` rejects.

    ``suggest`` guesses the intended value. The hint contains the guess if it is valid.
    """

    def check(value: str) -> str:
        if accepts(value):
            return value
        suggestion = suggest(value)
        is_useful = suggestion != value and accepts(suggestion)
        raise invalid_value(
            code, f"{message}: {quoted(value)}", f"Did you mean {suggestion}? {hint}" if is_useful else hint
        )

    return AfterValidator(check)


def _normal_form(kind: str) -> Callable[[str], str]:
    """The function by which ``digest check --fix`` repairs an identifier, for example one written as a URL."""
    return lambda value: data_entry.normalize_value(kind, value)


def quoted(value: str, limit: int = 60) -> str:
    """Return an untrusted value in quotes, with unprintable characters escaped, cut to ``limit`` characters."""
    cut = value if len(value) <= limit else value[:limit] + "…"
    return "'" + "".join(c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in cut) + "'"


def _text_check(limit: int, *, multiline: bool) -> Callable[[str], str]:
    """The function that checks a text of at most ``limit`` characters, and strips it."""

    def check(value: str) -> str:
        without_breaks = value.replace("\n", "") if multiline else value
        is_printable_ascii = without_breaks.isascii() and without_breaks.isprintable()
        if is_printable_ascii and len(value) <= limit and (stripped := value.strip()):
            return stripped  # fast path: such a text passes all checks below
        if not value.strip():
            raise invalid_value("E215", "the text is empty", "Write the text, or leave the field out.")
        if not multiline and "\n" in value:
            raise invalid_value(
                "E222", "the text has a line break", "Write it on one line; in double quotes, \\n is a line break."
            )
        if len(value) > limit:
            raise invalid_value(
                "E212", f"the text has {len(value):,} characters, at most {limit:,} are allowed", "Shorten it."
            )
        if forbidden := characters.find_forbidden(without_breaks):
            message = f"character {forbidden.position + 1} is {forbidden.description}"
            raise invalid_value("E213", message, _character_hint(without_breaks[forbidden.position]))
        # An error instead of a silent change: a record that is read and saved must keep the bytes of its file.
        if not characters.is_normal(value):
            raise invalid_value("E216", "the text is not in Unicode normal form NFC", "Run `digest check --fix`.")
        return value.strip()

    return check


def _character_hint(character: str) -> str:
    """The hint for a forbidden character. YAML reads ``\\t`` of LaTeX in double quotes as an escape."""
    if letter := _ESCAPES.get(character):
        return f"In double quotes, \\{letter} is this character: for a backslash use single quotes, '\\{letter}…'."
    return "Delete the character; type a plain one instead."


# The letters of YAML's escapes, by character.
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", "\0": "0"}

Line: TypeAlias = Annotated[str, AfterValidator(_text_check(MAX_LINE, multiline=False))]
"""Plain text of one line."""
Title: TypeAlias = Annotated[str, AfterValidator(_text_check(MAX_TITLE, multiline=False))]
"""A title: plain text of one line, maths as ``$…$``."""
Prose: TypeAlias = Annotated[str, AfterValidator(_text_check(MAX_TEXT, multiline=True))]
"""Text of several paragraphs, in the Markdown subset."""


@lru_cache(maxsize=4096)  # many records name one edition or topic
def _is_slug(value: str) -> bool:
    return len(value) <= slug.MAX_SLUG and bool(slug.SLUG.fullmatch(value))


_ID_HINT = "Use lower-case letters, digits and single hyphens, 1 to 80 characters, e.g. vaswani2017attention."
Id: TypeAlias = Annotated[
    str,
    _checked(_is_slug, "E204", "not a valid id", _ID_HINT, slug.slugify),
    _checked(lambda v: v not in slug.RESERVED, "E221", "a reserved id", "Choose another id: the site needs this name."),
    WithJsonSchema({"type": "string", "pattern": f"^{slug.SLUG.pattern}$", "maxLength": slug.MAX_SLUG}),
]
"""The id of a record: it becomes a file's name, a URL and a BibTeX key."""

Arxiv: TypeAlias = Annotated[
    str,
    _checked(
        identifiers.is_arxiv,
        "E206",
        "not an arXiv id",
        'Write the bare id in quotes, e.g. "2501.12345".',
        _normal_form("arxiv"),
    ),
]
Doi: TypeAlias = Annotated[
    str,
    _checked(
        identifiers.is_doi,
        "E207",
        "not a DOI",
        'Write it without https://doi.org/, e.g. "10.1145/12345.678".',
        _normal_form("doi"),
    ),
]
Openreview: TypeAlias = Annotated[
    str,
    _checked(identifiers.is_openreview, "E208", "not an OpenReview id", "Use the part after `forum?id=`."),
]
Acl: TypeAlias = Annotated[
    str, _checked(identifiers.is_acl, "E209", "not an ACL Anthology id", 'Write it like "2024.acl-long.12".')
]
Orcid: TypeAlias = Annotated[
    str,
    _checked(identifiers.is_orcid, "E210", "not an ORCID iD", 'Write four groups, e.g. "0000-0002-1825-0097".'),
]
Ror: TypeAlias = Annotated[
    str, _checked(identifiers.is_ror, "E218", "not a ROR id", 'Take the last part of the address, e.g. "02njgxr09".')
]
WebAddress: TypeAlias = Annotated[
    str,
    _checked(lambda v: len(v) <= MAX_ADDRESS, "E212", "the address is too long", "Link a shorter address."),
    _checked(
        identifiers.is_web_address, "E211", "not a web address", "Write it whole, e.g. https://example.org/paper."
    ),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]


def _read_date(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return _date(value)
    except ValueError:
        raise invalid_value("E205", f"not a date: {quoted(value)}", "Write year-month-day, e.g. 2026-04-23.") from None


_MIN_YEAR, _MAX_YEAR = 1900, 2100  # other years are typing errors


@lru_cache(maxsize=4096)  # many records name one day
def _date(value: str) -> date:
    # Checked first, since ``fromisoformat`` also accepts 20260423 and 2026-W17-4.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(value)
    day = date.fromisoformat(value)
    if not _MIN_YEAR <= day.year <= _MAX_YEAR:
        raise ValueError(value)
    return day


def _read_number(code: str, minimum: int, maximum: int, hint: str) -> BeforeValidator:
    """Return a validator that converts digits to an integer within the limits."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        # ``isdigit`` alone accepts digits of all scripts, and ``int`` raises on thousands of digits.
        is_short_number = value.isascii() and value.isdigit() and len(value) <= len(str(maximum))
        if not (is_short_number and minimum <= int(value) <= maximum):
            raise invalid_value(code, f"not a number from {minimum} to {maximum}: {quoted(value)}", hint)
        return int(value)

    return BeforeValidator(read)


def _read_flag(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in ("true", "false"):
        raise invalid_value("E214", f"neither true nor false: {quoted(value)}", "Write true or false.")
    return value == "true"


Day: TypeAlias = Annotated[
    date,
    BeforeValidator(_read_date),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Year: TypeAlias = Annotated[
    int,
    _read_number("E219", _MIN_YEAR, _MAX_YEAR, "Write four digits, e.g. 2026."),
    PlainSerializer(str),
    # Editors parse YAML, so a year without quotes is an integer to them; the codec gets strings only.
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{4}$"}),
]
WholeNumber: TypeAlias = Annotated[
    int,
    _read_number("E203", 0, 9999, "Write a whole number, e.g. 3."),
    PlainSerializer(str),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{1,4}$"}),
]
Flag: TypeAlias = Annotated[
    bool,
    BeforeValidator(_read_flag),
    PlainSerializer(lambda value: "true" if value else "false"),
    WithJsonSchema({"type": ["string", "boolean"]}),
]


def _is_week(value: str) -> bool:
    try:
        date.fromisoformat(f"{value.upper()}-1")  # raises for week 53 of a year with 52 weeks
    except ValueError:
        return False
    return bool(re.fullmatch(r"[0-9]{4}-w[0-9]{2}", value))


Week: TypeAlias = Annotated[
    str,
    _checked(_is_week, "E205", "not a week", "Write year and number of the week (ISO 8601), e.g. 2026-w17."),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-w[0-9]{2}$"}),
]


def at_most(limit: int, plural: str) -> AfterValidator:
    """Return a validator for the length of a list. ``plural`` is what messages call its values, such as ``authors``."""

    def check(values: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(values) > limit:
            raise invalid_value("E220", f"{len(values):,} {plural}, at most {limit:,} are allowed", "Shorten the list.")
        return values

    return AfterValidator(check)


def _read_one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _write_one_or_many(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)


Lines: TypeAlias = Annotated[
    tuple[Line, ...],
    BeforeValidator(_read_one_or_many, json_schema_input_type=str | list[str]),
    at_most(20, "values"),
    PlainSerializer(_write_one_or_many),
]
"""One line of text, or a list of lines."""
