"""Themes with one language file."""

from pathlib import Path

from generator.store.language_file import read_words
from generator.text.words import Words

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def theme_with(tmp_path: Path, text: str, code: str = "xx") -> Path:
    """Return a theme with one language file."""
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / f"{code}.po").write_text(text, "utf-8")
    return tmp_path


def valid_texts(theme: Path, code: str = "xx") -> Words:
    """Read a language file that has no faults."""
    words = read_words(theme, code)
    assert isinstance(words, Words)
    return words
