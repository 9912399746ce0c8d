"""Texts in several languages."""

import pytest

from generator.codec.decode import decode, encode
from generator.model.entities import Topic
from generator.model.localized import HEADING_WORDS, HEADINGS, heading, in_language, language_name
from generator.model.settings import Settings
from generator.text.words import ENGLISH


def test_headings_of_a_german_text_on_an_english_site_are_those_of_a_german_site(german: Settings) -> None:
    for text in HEADINGS:
        assert heading(text, "de", ENGLISH) == german.words.say(text) == heading(text, "de-AT", german.words)
        assert heading(text, "en", german.words) == text
        assert heading(text, "fr", german.words) == german.words.say(text)
    assert {text: german.words.wording(text) for text in HEADING_WORDS["de"].texts} == HEADING_WORDS["de"].texts
    assert (language_name("de-AT"), language_name("xx")) == ("Deutsch", "xx")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ({"": "Cats", "de": "Katzen"}, "de", "Katzen"),
        ({"": "Cats", "de": "Katzen"}, "fr", "Cats"),
        ({"en": "Cats", "de": "Katzen"}, "en", "Cats"),
        ({"de": "Katzen"}, "fr", "Katzen"),
        (None, "en", ""),
    ],
)
def test_a_text_falls_back_to_the_language_of_the_digest_then_to_any(
    text: dict[str, str] | None, language: str, expected: str
) -> None:
    assert in_language(text, language, "en") == expected


def test_a_plain_value_is_in_the_language_of_the_digest_and_written_as_it_was() -> None:
    for name in ("Cats", {"en": "Cats", "de": "Katzen"}):
        topic, faults = decode(Topic, {"id": "cats", "name": name})  # type: ignore[dict-item]
        assert faults == []
        assert topic is not None
        assert encode(topic)["name"] == name
    assert in_language(topic.name, "de", "en") == "Katzen"


@pytest.mark.parametrize(("name", "code"), [({}, "E215"), ({"english": "Cats"}, "E217"), ({"de": ""}, "E215")])
def test_languages_have_codes_and_texts(name: dict[str, str], code: str) -> None:
    assert [fault.code for fault in decode(Topic, {"id": "cats", "name": name})[1]] == [code]  # type: ignore[dict-item]
