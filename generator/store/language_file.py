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
_TESTED_COUNTS = 1000  # plural rules look at the last two digits
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_path(theme: Path, language: str) -> Path | None:
    """The file of ``language``, or of its base language (``de`` for ``de-AT``); None if there is neither."""
    if not _CODE.fullmatch(language):
        return None
    paths = [theme / FOLDER / f"{code}.po" for code in dict.fromkeys((language, language.partition("-")[0]))]
    return next((path for path in paths if path.is_file()), None)


def read_words(theme: Path, language: str) -> Words | list[Problem]:
    """The texts of ``language``, or English ones if the theme has no file of it; or every problem of the file.

    Texts that a translator left empty or marked as ``fuzzy`` stay English.
    """
    path = language_path(theme, language)
    if path is None:
        return ENGLISH
    name = path.relative_to(theme.parent).as_posix() if theme.is_absolute() else path.as_posix()
    try:
        catalog = read_po(BytesIO(read_at_most(path, MAX_SETTINGS_BYTES)), abort_invalid=True)
        plural = c2py(catalog.plural_expr)
        if not all(0 <= plural(n) < catalog.num_plurals for n in range(_TESTED_COUNTS)):
            raise ValueError(f"Plural-Forms uses a form beyond the {catalog.num_plurals} that it declares")
    except (PoFileError, ValueError, UnicodeError, LookupError, TooLarge) as error:
        line = getattr(error, "lineno", None) or 1
        return [_problem(name, line, f"not a gettext catalog: {error}", "Compare it with digest.pot beside it.")]
    translations = [_Translation(message) for message in catalog if message.id and not message.fuzzy]
    translations = [entry for entry in translations if all(entry.translated)]
    if problems := [problem for entry in translations for problem in _problems(name, entry)]:
        return problems
    # A text with plural forms may also be used without a number, such as "Paper": it is then in the singular.
    singular = plural(1)
    texts = {entry.source[0]: entry.translated[singular if entry.is_counted else 0] for entry in translations}
    return Words(
        language=language,
        texts=MappingProxyType(texts),
        counted=MappingProxyType({entry.source[0]: entry.translated for entry in translations if entry.is_counted}),
        plural=plural,
    )


class _Translation:
    """A source text and its translation; with plural forms, each has several."""

    def __init__(self, message: Message) -> None:
        self.is_counted = message.pluralizable
        self.source, self.translated = _forms(message.id), _forms(message.string)
        self.line = message.lineno or 1


def _forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text or ""),)


def _problems(path: str, entry: _Translation) -> Iterator[Problem]:
    singular, plural = placeholders_of(entry.source[0]), placeholders_of(entry.source[-1])
    allowed = singular | plural
    needed = (singular & plural) - ({"n"} if entry.is_counted else set())  # the form for one may spell the number out
    for text in entry.translated:
        if character := unsafe_character(text):
            yield _problem(path, entry.line, f"{text!r} contains {character!r}", "Delete it: texts have no markup.")
        elif not needed <= placeholders_of(text) <= allowed:
            listed = ", ".join(f"{{{name}}}" for name in sorted(allowed)) or "none"
            message = f"{text!r} has other placeholders than {entry.source[-1]!r}"
            yield _problem(path, entry.line, message, f"Its placeholders are: {listed}.")


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(code="E115", message=message, hint=hint, path=path, line=line)
