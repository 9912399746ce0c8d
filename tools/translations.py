"""``make languages``: collect the texts of the interface, which translators translate, from the source files.

``python -m tools.translations`` writes them into ``theme/languages/digest.pot``, a gettext template, and updates the
file of each language. New texts are added without a translation, and texts that are no longer used are removed.
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
# The texts of the interface. To add a language, copy this file, name the copy after the code of the language (fr.po),
# and edit the lines "Language" and "Plural-Forms" below. For the plural forms of a language, see
# https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
# The functions that translate their first argument; ``say_many`` has the plural as its second one.
_FUNCTIONS = frozenset({"say", "_say", "say_many", "translatable"})


class Text(NamedTuple):
    """An English text of the interface.

    ``plural`` is '' unless the text contains a number. ``path`` is that of the source file, relative to the project.
    """

    text: str
    plural: str
    path: str


@lru_cache(maxsize=1)
def texts() -> list[Text]:
    """All texts, sorted by path. Texts of the same file are in the order of their occurrence."""
    all_texts = [*_template_texts(), *_module_texts(), *_script_texts(), *_navigation_texts()]
    return sorted(dict.fromkeys(all_texts), key=lambda text: text.path)


def _template_texts() -> Iterator[Text]:
    theme = ROOT / "theme"
    for path in sorted([*theme.rglob("*.j2"), *(theme / "overrides").rglob("*.html")]):
        tree = Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in _FUNCTIONS:
                # Only literal texts are collected. The text in a variable is an argument of ``translatable`` elsewhere.
                arguments = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
                yield from _texts_of_call(call.node.name, arguments, path)


def _module_texts() -> Iterator[Text]:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                arguments = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
                if name in _FUNCTIONS:
                    yield from _texts_of_call(name, arguments, path)


def _texts_of_call(function: str, arguments: Sequence[object], path: Path) -> Iterator[Text]:
    """The text, if the call has a literal one, given the literal arguments of the call."""
    literals = [argument for argument in arguments if isinstance(argument, str)]
    if literals and literals[0]:
        yield Text(literals[0], literals[1] if function == "say_many" else "", path.relative_to(ROOT).as_posix())


def _script_texts() -> Iterator[Text]:
    path = ROOT / "theme" / "overrides" / FILE
    texts_by_key = script_texts(path.read_text("utf-8"))
    for key, text in texts_by_key.items():
        if not key.endswith(".one"):  # a singular, which is collected with its plural
            singular = texts_by_key.get(f"{key}.one", "")
            yield Text(singular or text, text if singular else "", path.relative_to(ROOT).as_posix())


def _navigation_texts() -> Iterator[Text]:
    settings = read_settings(ROOT)
    for title in getattr(settings, "navigation", ()):
        yield Text(title, "", "mkdocs.yml")


def untranslated_catalog() -> Catalog:
    """A catalog of all texts, without translations."""
    catalog = Catalog(fuzzy=False, charset="utf-8")
    # Other occurrences of a counted text may have no plural; a catalog has one entry for all of them.
    plurals = {text: plural for text, plural, _ in texts() if plural}
    for text, _, path in texts():
        catalog.add((text, plurals[text]) if text in plurals else text, locations=[(path, 0)])
    return catalog


def serialized(catalog: Catalog, head: str) -> bytes:
    """The file of a catalog, which begins with ``head``. It contains no date, so it changes only with the texts."""
    entries = BytesIO()
    write_po(entries, catalog, width=120, include_lineno=False, omit_header=True, ignore_obsolete=True)
    return f"{head}\n\n".encode() + entries.getvalue()


def template_file() -> bytes:
    """The file ``digest.pot``, which translators copy for a new language."""
    return serialized(untranslated_catalog(), _HEAD.strip())


def updated_language(old: bytes) -> bytes:
    """The file of a language, updated to the current texts. New texts have no translation."""
    catalog = read_po(BytesIO(old))
    # Fuzzy matching would copy the translation of a similar text, and a wrong translation is easily overlooked.
    catalog.update(untranslated_catalog(), no_fuzzy_matching=True, update_header_comment=False, keep_user_comments=True)
    return serialized(catalog, old.decode().partition("\n\n")[0])


def main() -> None:
    """Update the template and the files of all languages."""
    TEMPLATE.write_bytes(template_file())
    for path in sorted(FOLDER.glob("*.po")):
        path.write_bytes(updated_language(path.read_bytes()))


if __name__ == "__main__":
    main()
