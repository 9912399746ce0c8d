"""Read the site's own texts in a language from ``theme/languages/CODE.po``, a catalogue of GNU gettext.

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
from generator.store.limits import SETTINGS_MOST
from generator.text.words import ENGLISH, Words, places_of, unfit

FOLDER = "languages"
_COUNTS = 1000
"""Numbers for which a plural rule is tried; rules look at the last two figures."""
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_path(theme: Path, language: str) -> Path | None:
    """The file of ``language``, or of the one that it is a variety of (``de`` for ``de-AT``); None without any."""
    if not _CODE.fullmatch(language):
        return None
    paths = [theme / FOLDER / f"{code}.po" for code in dict.fromkeys((language, language.partition("-")[0]))]
    return next((path for path in paths if path.is_file()), None)


def read_words(theme: Path, language: str) -> Words | list[Problem]:
    """The texts of ``language``, English ones where the theme has no file of it; or every fault of the file.

    What a translator left empty or marked as uncertain (``fuzzy``) stays English.
    """
    path = language_path(theme, language)
    if path is None:
        return ENGLISH
    name = path.relative_to(theme.parent).as_posix() if theme.is_absolute() else path.as_posix()
    try:
        catalog = read_po(BytesIO(read_at_most(path, SETTINGS_MOST)), abort_invalid=True)
        plural = c2py(catalog.plural_expr)
        if not all(0 <= plural(n) < catalog.num_plurals for n in range(_COUNTS)):
            raise ValueError(f"Plural-Forms names a form beyond the {catalog.num_plurals} that it tells of")
    except (PoFileError, ValueError, UnicodeError, LookupError, TooLarge) as error:
        line = getattr(error, "lineno", None) or 1
        return [_problem(name, line, f"not a gettext catalogue: {error}", "Compare it with digest.pot beside it.")]
    told = [_Told(message) for message in catalog if message.id and not message.fuzzy]
    told = [each for each in told if all(each.said)]
    if problems := [problem for each in told for problem in _faults(name, each)]:
        return problems
    return Words(
        language=language,
        texts=MappingProxyType({each.asked[0]: each.said[plural(1) if each.is_counted else 0] for each in told}),
        counted=MappingProxyType({each.asked[0]: each.said for each in told if each.is_counted}),
        plural=plural,
    )


class _Told:
    """A text as it is asked for and as a translator said it; two forms of it and several where it is counted."""

    def __init__(self, message: Message) -> None:
        self.is_counted = message.pluralizable
        self.asked, self.said = _forms(message.id), _forms(message.string)
        self.line = message.lineno or 1


def _forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (list, tuple)) else (str(text or ""),)


def _faults(path: str, told: _Told) -> Iterator[Problem]:
    asked = told.asked[-1]
    held = [places_of(text) for text in told.asked]
    places = held[0] | held[-1]
    needed = (held[0] & held[-1]) - ({"n"} if told.is_counted else set())
    for text in told.said:
        if sign := unfit(text):
            yield _problem(path, told.line, f"{text!r} holds {sign!r}", "Write it without: texts hold no markup.")
        elif not needed <= places_of(text) <= places:
            listed = ", ".join(f"{{{name}}}" for name in sorted(places)) or "none"
            yield _problem(path, told.line, f"{text!r} has other places than {asked!r}", f"Its places are: {listed}.")


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem(code="E115", message=message, hint=hint, path=path, line=line)
