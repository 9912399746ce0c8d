"""Texts of scripts in the digest's language."""

from dataclasses import replace
from pathlib import Path

from generator.exports.script_words import FILE, script_files, script_texts
from generator.text.words import ENGLISH
from tests.conftest import SETTINGS

SCRIPT = """const TABLE = {
  "saved": "Saved",
  "found.one": "{count} paper",
  "found": "{count} papers",
};
export const LANGUAGE = "en";
export const text = (key) => TABLE[key];
"""


def test_the_table_of_a_script_is_read() -> None:
    assert script_texts(SCRIPT) == {"saved": "Saved", "found.one": "{count} paper", "found": "{count} papers"}


def test_an_english_digest_needs_no_table(tmp_path: Path) -> None:
    assert list(script_files(SETTINGS, tmp_path)) == []


def test_only_the_table_and_the_language_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "overrides" / FILE
    path.parent.mkdir(parents=True)
    path.write_text(SCRIPT, "utf-8")
    words = replace(ENGLISH, language="de", texts={"Saved": "Gespeichert"})
    (file,) = script_files(replace(SETTINGS, words=words), tmp_path)
    assert (file.path, '"saved": "Gespeichert"' in file.text) == (FILE, True)
    assert 'LANGUAGE = "de"' in file.text
    assert file.text.endswith("export const text = (key) => TABLE[key];\n")
