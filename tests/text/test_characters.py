"""Forbidden characters, and letters that imitate others."""

import pytest

from generator.text import characters


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Ηannah", (0, "Greek and Latin")), ("a pаper", (2, "Latin and Cyrillic")), ("β-VAE by Иван Smith", None),
        ("北京a の", None), ("Zoë Ångström µm", None), ("김 민준", None), ("ＡＢ abc", None),
    ],
)  # fmt: skip
def test_a_word_with_letters_of_two_scripts_is_reported(text: str, mixed: tuple[int, str] | None) -> None:
    assert characters.find_mixed_scripts(text) == mixed


@pytest.mark.parametrize(
    ("host", "disguise"),
    [
        ("gіthub.com", "gіthub"), ("xn--80ak6aa92e.com", "аррӏе"), ("пример.рф", ""), ("münchen.de", ""),
        ("example.org", ""), ("xn--a.org", ""), ("日本.jp", ""),
    ],
)  # fmt: skip
def test_a_host_that_imitates_latin_letters_is_reported(host: str, disguise: str) -> None:
    assert characters.disguised_host(f"https://{host}/x") == disguise


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\x00", "\x1b", "\U000e0041", "\ufeff", "\xad"])
def test_a_hidden_character_is_reported_with_code_point_and_index(character: str) -> None:
    position_and_name = characters.find_forbidden(f"ab{character}c")
    assert position_and_name is not None
    assert position_and_name[0] == 2
    assert position_and_name[1].startswith("U+")


@pytest.mark.parametrize("text", ["Ångström", "北京大学", "می‌خواهم", "Владимир", "한국어", "emoji 😀", "क्‍ष"])
def test_text_of_any_script_is_allowed_and_stays(text: str) -> None:
    assert characters.find_forbidden(characters.without_forbidden(text)) is None
    assert characters.without_forbidden(text) == text
