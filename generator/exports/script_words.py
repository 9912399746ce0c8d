"""The texts of scripts in the digest's language: the theme's ``strings.js`` with a translated table.

The theme's file is in English. Each text in it has a key; ``KEY.one`` is the singular of ``KEY``. Other languages have
a form for each of their plural categories (``KEY.few``), which browsers know by the same names:
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
_ROW = re.compile(r'^  ("[^"]+"): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)  # a row of the table in ``strings.js``
_LANGUAGE = '"en"'
_SINGULAR = ".one"
_SAMPLES = 1000  # numbers to try; plural rules look at the last two digits


def script_files(settings: Settings, theme: Path) -> Iterator[File]:
    """Yield the translated table in place of the English one; nothing for an English digest."""
    if settings.words.language == ENGLISH.language:
        return
    source = (theme / "overrides" / FILE).read_text("utf-8")
    texts = _translated(script_texts(source), settings.words)
    rows = "\n".join(f"  {json.dumps(key)}: {json.dumps(text, ensure_ascii=False)}," for key, text in texts.items())
    # Only the rows of the table are replaced: the code around them stays that of the theme.
    start, end = next(_ROW.finditer(source)).start(), [match.end() for match in _ROW.finditer(source)][-1]
    text = source[:start] + rows + source[end:].replace(_LANGUAGE, json.dumps(settings.words.language))
    yield text_file(FILE, text)


def script_texts(source: str) -> dict[str, str]:
    """The table of a ``strings.js``: English texts by key."""
    return {json.loads(key): json.loads(text) for key, text in _ROW.findall(source)}


def _translated(table: Mapping[str, str], words: Words) -> dict[str, str]:
    categories = _categories(words.language)
    texts = {}
    for key, text in table.items():
        if key.endswith(_SINGULAR):
            continue
        singular = table.get(key + _SINGULAR)
        if singular is None:
            texts[key] = words.wording(text)
            continue
        texts[key] = words.form(singular, text, categories.get("other", 0))
        texts |= {f"{key}.{name}": words.form(singular, text, n) for name, n in categories.items() if name != "other"}
    return texts


def _categories(language: str) -> dict[str, int]:
    """Each plural category of the language, with an example number."""
    try:
        rule = Locale.parse(language, sep="-").plural_form
    except (UnknownLocaleError, ValueError):
        return {"other": 0}
    return {name: n for n in range(_SAMPLES, -1, -1) for name in [rule(n)]}
