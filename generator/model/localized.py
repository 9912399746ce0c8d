"""Texts in one or several languages. A plain value is a text in the digest's own language."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from generator.model.values import Line, Lines, Prose, refuse, shown

OWN_LANGUAGE = ""
"""The key of a text without a language code: it is in the digest's own language."""


def _read_languages(value: object) -> object:
    return {OWN_LANGUAGE: value} if isinstance(value, str) else value


def _check_languages(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if not value:
        raise refuse("E215", "no language is given", "Write the text, or leave the field out.")
    for language in value:
        if language != OWN_LANGUAGE and not re.fullmatch(r"[a-z]{2,3}", language):
            raise refuse("E217", f"not a language code: {shown(language)}", "Write codes such as en: or de:.")
    return value


def _write_languages(value: Mapping[str, Any]) -> Any:
    return value[OWN_LANGUAGE] if OWN_LANGUAGE in value else dict(value)


LocalizedLine: TypeAlias = Annotated[
    Mapping[str, Line],
    BeforeValidator(_read_languages, json_schema_input_type=str | dict[str, str]),
    AfterValidator(_check_languages),
    PlainSerializer(_write_languages),
]
"""One line in one or several languages, read-only."""
LocalizedProse: TypeAlias = Annotated[
    Mapping[str, Prose],
    BeforeValidator(_read_languages, json_schema_input_type=str | dict[str, str]),
    AfterValidator(_check_languages),
    PlainSerializer(_write_languages),
]
"""Paragraphs in one or several languages, read-only."""


def in_language(text: Mapping[str, str] | None, language: str, own: str) -> str:
    """The text in ``language``; else in the digest's ``own`` language, else in any language; '' if there is no text."""
    if not text:
        return ""
    by_language = {key or own: value for key, value in text.items()}
    return by_language.get(language) or by_language.get(own) or next(iter(by_language.values()))


def _read_lists(value: object) -> object:
    return {OWN_LANGUAGE: value} if isinstance(value, str | list) else value


LocalizedLines: TypeAlias = Annotated[
    Mapping[str, Lines],
    BeforeValidator(_read_lists, json_schema_input_type=str | list[str] | dict[str, str | list[str]]),
    AfterValidator(_check_languages),
    PlainSerializer(_write_languages),
]
"""Lists of lines in one or several languages, read-only."""
