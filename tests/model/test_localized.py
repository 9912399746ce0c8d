"""Texts in several languages."""

from generator.model.localized import HEADINGS, TEXT_WORDS, heading, language_name
from generator.model.settings import Settings
from generator.text.words import ENGLISH


def test_headings_of_a_german_text_on_an_english_site_are_those_of_a_german_site(german: Settings) -> None:
    for text in HEADINGS:
        assert heading(text, "de", ENGLISH) == german.words.say(text) == heading(text, "de-AT", german.words)
        assert heading(text, "en", german.words) == text
        assert heading(text, "fr", german.words) == german.words.say(text)
    assert {text: german.words.wording(text) for text in TEXT_WORDS["de"].texts} == TEXT_WORDS["de"].texts
    assert (language_name("de-AT"), language_name("xx")) == ("Deutsch", "xx")
