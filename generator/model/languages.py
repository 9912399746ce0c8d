"""Languages of texts: their names, and the headings and writer lines in the language of the text.

A page in one language can show a text in another. Its headings and its writer line then come from here, not from the
catalogue of the site's language; a test compares the wording of both.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.text.words import ENGLISH, Words, marked

LANGUAGE_NAMES: Mapping[str, str] = MappingProxyType(
    {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français", "it": "Italiano", "pl": "Polski"}
)
HEADINGS = (marked("Summary"), marked("Why it matters"), marked("Limitations"), marked("Conclusion"), marked("Papers"))
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
        "January": "Januar", "February": "Februar", "March": "März", "May": "Mai", "June": "Juni", "July": "Juli",
        "October": "Oktober", "December": "Dezember",
    },
)  # fmt: skip
TEXT_WORDS: Mapping[str, Words] = MappingProxyType({"en": ENGLISH, "de": _GERMAN})
"""By language: the headings of a text and the line about its writer."""


def language_name(code: str) -> str:
    """The name of a language in that language, or its code."""
    return LANGUAGE_NAMES.get(code.partition("-")[0], code)


def text_words(language: str, words: Words) -> Words:
    """The words for headings of a text in ``language``; the site's words if that language has none."""
    translated = TEXT_WORDS.get(language.partition("-")[0])
    return translated if translated and language != words.language else words


def heading(text: str, language: str, words: Words) -> str:
    """One of ``HEADINGS`` in the language of the text below it, or in the site's language if it is not translated."""
    return text_words(language, words).say(text)
