"""Languages that texts are written in: their own names, and the headings of a text, whichever language the site speaks.

A page in one language can show a text in another. Its headings then come from here, not from the catalogue of the
site's language; a test holds both to the same wording.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.text.words import Words, marked

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français", "it": "Italiano", "pl": "Polski"}
)
HEADINGS = (marked("Summary"), marked("Why it matters"), marked("Limitations"))
_TRANSLATED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": dict(zip(HEADINGS, HEADINGS, strict=True)),
        "de": dict(zip(HEADINGS, ("Zusammenfassung", "Warum das wichtig ist", "Einschränkungen"), strict=True)),
    }
)


def language_name(code: str) -> str:
    """The name of a language in that language, or its code."""
    return LANGUAGE_NAMES.get(code.partition("-")[0], code)


def heading(text: str, language: str, words: Words) -> str:
    """One of ``HEADINGS`` in the language of the text below it, or in the site's where it is not translated."""
    translated = _TRANSLATED.get(language.partition("-")[0])
    return translated[text] if translated and language != words.language else words.say(text)
