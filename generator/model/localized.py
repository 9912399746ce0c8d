"""Texts in one or several languages, and headings in the language of a text.

A plain value is a text in the digest's language. A page in one language can show a text in another language, with
headings and a line about the writer in the language of the text. A site loads only the language file of its own
language, so this module contains the translations of headings and line. A test compares them with the language files.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from generator.model.values import Line, Lines, Prose, invalid_value, quoted
from generator.text.words import ENGLISH, Words, translatable

NO_LANGUAGE_CODE = ""
"""The key of a text without a language code: the text is in the digest's language."""
LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français", "it": "Italiano", "pl": "Polski"}
)
HEADINGS = (
    translatable("Summary"),
    translatable("Why it matters"),
    translatable("Limitations"),
    translatable("Conclusion"),
    translatable("Papers"),
)
"""The headings of the parts of a paper's text and of a collection."""
# Copied from theme/languages/de.po.
_GERMAN = Words(
    language="de",
    texts={
        "Summary": "Zusammenfassung",
        "Why it matters": "Warum das wichtig ist",
        "Limitations": "Einschränkungen",
        "Conclusion": "Fazit",
        "Papers": "Arbeiten",
        "Written by a language model": "Von einem Sprachmodell geschrieben",
        "Written by a language model and edited by a person": (
            "Von einem Sprachmodell geschrieben und von einem Menschen überarbeitet"
        ),
        "Written by a person": "Von einem Menschen geschrieben",
        "{model}, version not recorded": "{model}, Version nicht vermerkt",
        "Reviewed by {name}.": "Geprüft von {name}.",
        "No review by a person is recorded.": "Eine Prüfung durch einen Menschen ist nicht vermerkt.",
        "{day} {month} {year}": "{day}. {month} {year}",
        # The other months have the same names in both languages.
        "January": "Januar", "February": "Februar", "March": "März", "May": "Mai", "June": "Juni", "July": "Juli",
        "October": "Oktober", "December": "Dezember",
    },
)  # fmt: skip
HEADING_WORDS: Mapping[str, Words] = MappingProxyType({"en": ENGLISH, "de": _GERMAN})
"""The translations of headings and of the line about the writer, by language."""


def _read_languages(value: object) -> object:
    """Read a plain value as a mapping, so that the program has one type; ``_write_languages`` writes it plain again."""
    return {NO_LANGUAGE_CODE: value} if isinstance(value, str) else value


def _check_languages(value: Mapping[str, Any]) -> Mapping[str, Any]:
    if not value:
        raise invalid_value("E215", "no language is given", "Write the text, or leave the field out.")
    for language in value:
        if language != NO_LANGUAGE_CODE and not re.fullmatch(r"[a-z]{2,3}", language):
            raise invalid_value("E217", f"not a language code: {quoted(language)}", "Write codes such as en: or de:.")
    return value


def _write_languages(value: Mapping[str, Any]) -> Any:
    return value[NO_LANGUAGE_CODE] if NO_LANGUAGE_CODE in value else dict(value)


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


def in_language(text: Mapping[str, str] | None, language: str, digest_language: str) -> str:
    """Return the text in ``language``; else in ``digest_language``; else in any language; '' if there is none."""
    if not text:
        return ""
    # In an English digest, ``{"": …}`` and ``{"en": …}`` are both an English text.
    by_language = {key or digest_language: value for key, value in text.items()}
    return by_language.get(language) or by_language.get(digest_language) or next(iter(by_language.values()))


def in_digest_language(text: Mapping[str, str] | None, digest_language: str) -> str:
    """Return the text in ``digest_language``; else in any language; '' if there is none."""
    return in_language(text, digest_language, digest_language)


def _read_lists(value: object) -> object:
    return {NO_LANGUAGE_CODE: value} if isinstance(value, str | list) else value


LocalizedLines: TypeAlias = Annotated[
    Mapping[str, Lines],
    BeforeValidator(_read_lists, json_schema_input_type=str | list[str] | dict[str, str | list[str]]),
    AfterValidator(_check_languages),
    PlainSerializer(_write_languages),
]
"""Lists of lines in one or several languages, read-only."""


def language_name(code: str) -> str:
    """Return the name of a language in that language, or its code if the name is not known."""
    return LANGUAGE_NAMES.get(code.partition("-")[0], code)


def words_in_language(language: str, words: Words) -> Words:
    """Return the words for the headings of a text in ``language``, or the site's ``words`` if there are none."""
    heading_words = HEADING_WORDS.get(language.partition("-")[0])
    return heading_words if heading_words and language != words.language else words


def heading(text: str, language: str, words: Words) -> str:
    """Return one of ``HEADINGS`` in ``language``, or in the site's language (``words``) if it is not translated."""
    return words_in_language(language, words).say(text)
