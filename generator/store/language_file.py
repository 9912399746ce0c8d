"""Read the interface texts of a language from ``theme/languages/CODE.po``, a catalog of GNU gettext.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import re
from collections.abc import Iterator
from gettext import c2py
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from generator.build.safe_files import TooLarge, read_at_most
from generator.model.problem import Problem
from generator.store.limits import MAX_SETTINGS_BYTES
from generator.text.words import ENGLISH, Words, placeholders_of, unsafe_character

FOLDER = "languages"
_TESTED_NUMBERS = 1000  # plural rules depend on the last two digits; those that depend on millions are rare
_MAX_PLURAL_FORMS = 10  # Arabic has six; Babel allocates as many forms for each text as the file declares
_PLURAL_COUNT = re.compile(rb"nplurals\s*=\s*([0-9]+)")
_BETWEEN_STRINGS = re.compile(rb'"\s*"')  # of a text that is divided into several strings
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # ``de``, ``de-AT``


def language_path(theme: Path, language: str) -> Path | None:
    """The file of ``language``, else of its base language (``de`` for ``de-AT``); None if there is neither."""
    if not _LANGUAGE_CODE.fullmatch(language):
        return None
    paths = [theme / FOLDER / f"{code}.po" for code in dict.fromkeys((language, language.partition("-")[0]))]
    return next((path for path in paths if path.is_file()), None)


def read_words(theme: Path, language: str) -> Words | list[Problem]:
    """The interface texts in ``language``, or all problems of its file. Without a file, the texts are in English.

    Texts without a translation, or with a translation marked ``fuzzy``, stay English.
    """
    path = language_path(theme, language)
    if path is None:
        return ENGLISH
    shown_path = path.relative_to(theme.parent).as_posix() if theme.is_absolute() else path.as_posix()
    try:
        data = read_at_most(path, MAX_SETTINGS_BYTES)
        if any(int(count) > _MAX_PLURAL_FORMS for count in _PLURAL_COUNT.findall(_BETWEEN_STRINGS.sub(b"", data))):
            raise ValueError(f"Plural-Forms declares more than {_MAX_PLURAL_FORMS} forms")
        catalog = read_po(BytesIO(data), abort_invalid=True)
        form_index = c2py(catalog.plural_expr)  # a function from a number to the index of its plural form
        if not all(0 <= form_index(number) < catalog.num_plurals for number in range(_TESTED_NUMBERS)):
            raise ValueError(f"Plural-Forms uses more than the {catalog.num_plurals} forms that it declares")
    except (PoFileError, ValueError, UnicodeError, LookupError, ArithmeticError, TooLarge) as error:
        line = getattr(error, "lineno", None) or 1
        return [_problem(shown_path, line, f"not a gettext catalog: {error}", "Compare it with digest.pot beside it.")]
    messages = [_Message(message) for message in catalog if message.id and not message.fuzzy]
    translated = [message for message in messages if all(message.translations)]
    if problems := [problem for message in translated for problem in _problems(shown_path, message)]:
        return problems
    # Where no number is stated, a text with plural forms such as "Paper" is in the singular.
    singular = form_index(1)
    texts = {message.sources[0]: message.translations[singular if message.is_counted else 0] for message in translated}
    counted = {message.sources[0]: message.translations for message in translated if message.is_counted}
    return Words(language=language, texts=MappingProxyType(texts), counted=MappingProxyType(counted), plural=form_index)


class _Message:
    """A text of the catalog with its translation. With plural forms (``is_counted``), it has several of both."""

    def __init__(self, message: Message) -> None:
        self.is_counted = message.pluralizable
        self.sources, self.translations = _forms(message.id), _forms(message.string)
        self.line = message.lineno or 1


def _forms(text: object) -> tuple[str, ...]:
    """The plural forms of a text, or the text as its only form."""
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text or ""),)


def _problems(path: str, message: _Message) -> Iterator[Problem]:
    """Yield the problems of the translations of a message: markup, missing and unknown placeholders."""
    in_singular, in_plural = placeholders_of(message.sources[0]), placeholders_of(message.sources[-1])
    allowed = in_singular | in_plural
    # The singular may have the word *one* instead of ``{n}``.
    required = (in_singular & in_plural) - ({"n"} if message.is_counted else set())
    for text in message.translations:
        if character := unsafe_character(text):
            yield _problem(path, message.line, f"{text!r} contains {character!r}", "Delete it: texts have no markup.")
        elif not required <= placeholders_of(text) <= allowed:
            listed = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
            fault = f"{text!r} has other placeholders than {message.sources[-1]!r}"
            yield _problem(path, message.line, fault, f"Its placeholders are: {listed}.")


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(code="E115", message=message, hint=hint, path=path, line=line)
