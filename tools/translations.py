"""Collect the texts of the interface from templates, scripts and modules into a gettext catalog.

``python -m tools.translations`` (``make languages``) rewrites ``theme/languages/digest.pot`` and updates the file of
each language: new texts are added without a translation, texts that are no longer used are removed.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from generator.exports.script_words import FILE, script_texts
from generator.store.settings_file import read_settings

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "theme" / "languages"
TEMPLATE = FOLDER / "digest.pot"
_HEAD = """\
# What the site itself says. To add a language, copy this file to its code (fr.po), and write the code and the plural
# forms (https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html) into the lines below.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
_CALLS = frozenset({"say", "_say", "say_many", "translatable"})


class Text(NamedTuple):
    """A text, its plural if it is counted, and the file that contains it."""

    text: str
    many: str
    path: str


@lru_cache(maxsize=1)
def texts() -> list[Text]:
    """Every text, in the order of the files."""
    all_texts = [*_of_pages(), *_of_modules(), *_of_scripts(), *_of_settings()]
    # Sorted by file only: within a file, translators see the texts in their order.
    return sorted(dict.fromkeys(all_texts), key=lambda text: text.path)


def _of_pages() -> Iterator[Text]:
    theme = ROOT / "theme"
    for path in sorted([*theme.rglob("*.j2"), *(theme / "overrides").rglob("*.html")]):
        tree = Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _CALLS:
                # Only literal texts can be collected; a variable holds a text from a call of ``translatable``.
                arguments = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
                yield from _phrases(call.node.name, arguments, path)


def _of_modules() -> Iterator[Text]:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                arguments = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
                if name in _CALLS:
                    yield from _phrases(name, arguments, path)


def _phrases(name: str, arguments: Sequence[object], path: Path) -> Iterator[Text]:
    phrases = [argument for argument in arguments if isinstance(argument, str)]
    if phrases and phrases[0]:
        yield Text(phrases[0], phrases[1] if name == "say_many" else "", path.relative_to(ROOT).as_posix())


def _of_scripts() -> Iterator[Text]:
    path = ROOT / "theme" / "overrides" / FILE
    table = script_texts(path.read_text("utf-8"))
    for key, text in table.items():
        if not key.endswith(".one"):  # a singular is collected with its plural
            singular = table.get(f"{key}.one", "")
            yield Text(singular or text, text if singular else "", path.relative_to(ROOT).as_posix())


def _of_settings() -> Iterator[Text]:
    settings = read_settings(ROOT)
    for title in getattr(settings, "navigation", ()):
        yield Text(title, "", "mkdocs.yml")


def untranslated_catalog() -> Catalog:
    """All texts, none of them translated."""
    catalog = Catalog(fuzzy=False, charset="utf-8")
    plurals = {text: many for text, many, _ in texts() if many}
    for text, _, path in texts():
        catalog.add((text, plurals[text]) if text in plurals else text, locations=[(path, 0)])
    return catalog


def serialized(catalog: Catalog, head: str) -> bytes:
    """A catalog as a file below ``head``: the same bytes each time, without a clock."""
    out = BytesIO()
    write_po(out, catalog, width=120, include_lineno=False, omit_header=True, ignore_obsolete=True)
    return f"{head}\n\n".encode() + out.getvalue()


def template_file() -> bytes:
    """The file that a new language begins with."""
    return serialized(untranslated_catalog(), _HEAD.strip())


def updated_language(old: bytes) -> bytes:
    """A language's file with exactly the texts of the interface; new ones have no translation."""
    catalog = read_po(BytesIO(old))
    # Fuzzy matching would copy the translation of a similar text, which nobody may notice.
    catalog.update(untranslated_catalog(), no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    return serialized(catalog, old.decode().partition("\n\n")[0])


def main() -> None:
    """Rewrite all files."""
    TEMPLATE.write_bytes(template_file())
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(updated_language(path.read_bytes()))


if __name__ == "__main__":
    main()
