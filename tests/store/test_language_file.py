"""Files of interface texts."""

from pathlib import Path

import pytest

from generator.model.problem import Problem
from generator.store.language_file import language_path, read_words
from generator.text.words import ENGLISH
from tests.conftest import ROOT
from tests.support.language_files import HEAD, theme_with, valid_texts
from tools.translations import FOLDER


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "a {b}"\nmsgstr "ohne"\n', "'ohne' has other placeholders than 'a {b}'"),
        ('msgid "a"\nmsgstr "mit {b}"\n', "'mit {b}' has other placeholders than 'a'"),
        ('msgid "a"\nmsgstr "<b>"\n', "'<b>' contains '<'"),
        ('msgid "a"\nmsgstr "ein [Link](x)"\n', "'ein [Link](x)' contains '['"),
        ('msgid "{n} a {b}"\nmsgid_plural "{n} as {b}"\nmsgstr[0] "{n} {b}"\nmsgstr[1] "{n}"\n', "other placeholders"),
        ('msgid "a"\nthis is no line\n', "not a gettext catalog"),
    ],
)  # fmt: skip
def test_a_fault_is_reported_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    problems = read_words(theme_with(tmp_path, HEAD + text), "xx")
    assert isinstance(problems, list)
    assert [problem.code for problem in problems] == ["E115"]
    assert message in problems[0].message
    assert isinstance(problems[0], Problem)
    assert problems[0].line >= 6


@pytest.mark.parametrize("plural", ["n +", "2", "__import__", "n % 0"])
def test_a_wrong_plural_rule_is_reported(tmp_path: Path, plural: str) -> None:
    problems = read_words(theme_with(tmp_path, HEAD.replace("(n != 1)", plural)), "xx")
    assert isinstance(problems, list)
    assert problems[0].code == "E115"


@pytest.mark.parametrize("count", ["nplurals=11", 'nplurals = 9"\n"9'])
def test_too_many_plural_forms_are_refused_before_they_are_allocated(tmp_path: Path, count: str) -> None:
    problems = read_words(theme_with(tmp_path, HEAD.replace("nplurals=2", count)), "xx")
    assert isinstance(problems, list)
    assert "Plural-Forms declares more than 10 forms" in problems[0].message


def test_a_text_without_translation_stays_english(tmp_path: Path) -> None:
    text = 'msgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgstr "C"\n'
    words = valid_texts(theme_with(tmp_path, HEAD + text))
    assert [words.say(letter) for letter in "abcd"] == ["a", "b", "C", "d"]


def test_a_language_without_a_file_is_english(tmp_path: Path) -> None:
    assert read_words(ROOT / "theme", "tlh") is ENGLISH
    assert read_words(ROOT / "theme", "en") is ENGLISH
    assert read_words(theme_with(tmp_path, HEAD), "../languages/xx") is ENGLISH
    assert language_path(ROOT / "theme", "de-AT") == FOLDER / "de.po"
