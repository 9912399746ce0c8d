"""The texts of scripts in the digest's language: the theme's ``strings.js`` with a translated table.

The theme's file is in English. Each of its texts has a key; ``KEY.one`` is the singular of ``KEY``. Other languages
have a form for each of their plural categories, such as ``KEY.few``. Browsers use the same names for these categories:
https://cldr.unicode.org/index/cldr-spec/plural-rules.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from babel.core import Locale, UnknownLocaleError

from generator.build.task import File, text_file
from generator.model.settings import Settings
from generator.text.words import ENGLISH, Words

FILE = "assets/javascripts/strings.js"
# A row of the table in ``strings.js``: a key and a text, such as ``  "saved": "Saved",``.
_ROW = re.compile(r'^  ("[^"]+"): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
_LANGUAGE = '"en"'  # in the code below the table
_SINGULAR = ".one"
# Most plural rules look at the last two digits, so each category has a number up to this one. A category of larger
# numbers only, such as "many" in French for 1,000,000, gets no key: scripts then use the form of "other".
_MAX_SAMPLE = 1000


def script_files(settings: Settings, theme: Path) -> Iterator[File]:
    """Yield the translated table in place of the English one; nothing for an English digest."""
    if settings.words.language == ENGLISH.language:
        return
    source = (theme / "overrides" / FILE).read_text("utf-8")
    texts = _translated(script_texts(source), settings.words)
    rows = "\n".join(f"  {json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}," for key, text in texts.items())
    # Only the rows of the table are replaced: the code around them stays that of the theme.
    matches = list(_ROW.finditer(source))
    start, end = matches[0].start(), matches[-1].end()
    text = source[:start] + rows + source[end:].replace(_LANGUAGE, json.dumps(settings.words.language))
    yield text_file(FILE, text)


def script_texts(source: str) -> dict[str, str]:
    """The table of a ``strings.js``: English texts by key."""
    return {json.loads(key): json.loads(text) for key, text in _ROW.findall(source)}


def _translated(table: Mapping[str, str], words: Words) -> dict[str, str]:
    """The translated texts by key, with a key for each plural category of the language."""
    categories = _categories(words.language)
    texts = {}
    for key, text in table.items():
        if key.endswith(_SINGULAR):
            continue
        singular = table.get(key + _SINGULAR)
        if singular is None:
            texts[key] = words.wording(text)
            continue
        # ``KEY`` has the form of the category "other", ``KEY.few`` that of "few".
        texts[key] = words.form(singular, text, categories.get("other", 0))
        texts |= {f"{key}.{name}": words.form(singular, text, n) for name, n in categories.items() if name != "other"}
    return texts


def _categories(language: str) -> dict[str, int]:
    """Each plural category of the language, with the smallest number in it."""
    try:
        rule = Locale.parse(language, sep="-").plural_form
    except (UnknownLocaleError, ValueError):
        return {"other": 0}
    return {rule(n): n for n in range(_MAX_SAMPLE, -1, -1)}  # from the largest, so that the smallest number remains
