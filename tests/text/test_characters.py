"""Forbidden characters, and letters that imitate others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import characters
from generator.text.characters import disguised_host, find_forbidden


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
        ("example.org", ""), ("xn--a.org", ""), ("日本.jp", ""), ("❤.org", ""),
    ],
)  # fmt: skip
def test_a_host_that_imitates_latin_letters_is_reported(host: str, disguise: str) -> None:
    assert characters.disguised_host(f"https://{host}/x") == disguise


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\x00", "\x1b", "\U000e0041", "\ufeff", "\xad"])
def test_a_hidden_character_is_reported_with_code_point_and_index(character: str) -> None:
    forbidden = characters.find_forbidden(f"ab{character}c")
    assert forbidden is not None
    assert forbidden.position == 2
    assert forbidden.description.startswith("U+")


@pytest.mark.parametrize("text", ["Ångström", "北京大学", "می‌خواهم", "Владимир", "한국어", "emoji 😀", "क्‍ष"])
def test_text_of_any_script_is_allowed_and_stays(text: str) -> None:
    assert characters.find_forbidden(characters.without_forbidden(text)) is None
    assert characters.without_forbidden(text) == text


@given(st.text(alphabet="aé\t\n\u200c\u200d\ufe0f\ufe00\u0627\u00ad\U0001f468", max_size=8))
def test_the_fast_path_skips_no_forbidden_character(text: str) -> None:
    """A character that some rule forbids in some place is found by that rule, whatever was asked first."""
    plain = bool(re.fullmatch("[aé\n\u0627\U0001f468]*", text))
    assert not (plain and find_forbidden(text))
    assert find_forbidden(text) or not re.search("[\t\u00ad]", text)


@pytest.mark.parametrize("address", ["https://[example.org/a", "https://é]example.org", "https://[é"])
def test_a_malformed_address_imitates_no_host(address: str) -> None:
    assert disguised_host(address) == ""


@pytest.mark.parametrize("text", ["a\tb\u202e", "a\ufe01\ufe02\u202e", "a\u200d\ufe01\ufe02"])
def test_the_first_forbidden_character_is_reported(text: str) -> None:
    first_forbidden = find_forbidden(text)
    assert first_forbidden
    assert first_forbidden.position == 1


@given(st.text(alphabet="aé\t\n\u200b\u200c\u200d\ufe0f\ufe00\u0627\u00ad\U0001f468", max_size=8))
def test_a_text_without_forbidden_characters_has_none(text: str) -> None:
    clean = characters.without_forbidden(text)
    assert find_forbidden(clean) is None
    assert characters.without_forbidden(clean) == clean


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("\u0627\u200c\u200d\u0627", 1), ("\U0001f468\ufe0f\u200d\ufe0f\u200d\U0001f468", 1),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", None), ("\u0627\u200c\u0627", None),
    ],
)  # fmt: skip
def test_joiners_and_selectors_in_a_row_hide_data(text: str, position: int | None) -> None:
    forbidden = find_forbidden(text)
    assert (forbidden and forbidden.position) == position


def test_one_variation_selector_belongs_to_emoji_and_two_hide_data() -> None:
    assert characters.find_forbidden("\u2764\ufe0f") is None
    assert characters.find_forbidden("a\ufe01\ufe02") == (1, "U+FE01 VARIATION SELECTOR-2")
    assert characters.without_forbidden("a\ufe01\ufe02b") == "ab"
