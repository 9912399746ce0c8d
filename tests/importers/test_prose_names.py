"""Names of people in running text, one at a time."""

import pytest

from generator.importers.prose_names import ends_sentence, person_at, tokens_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Reef studies", "Ada Reef"),
        ("Prof. Ada Reef studies", "Ada Reef"),
        ("Jan-Ole van der Berg shows", "Jan-Ole van der Berg"),
        ("Ada Reef, Jr. shows", "Ada Reef Jr."),
        ("王小明 shows", "王小明"),
        ("J. H. Reef shows", "J. H. Reef"),
        ("Ada shows", None),
        ("J. H. shows", None),
        ("Neural Networks show", None),
        ("The Reef shows", None),
        ("NASA Reef shows", None),
    ],
)
def test_a_name_has_two_words_that_are_not_common(text: str, name: str | None) -> None:
    person = person_at(tokens_of(text), 0)
    assert (person and person.author.name) == name


@pytest.mark.parametrize(
    ("text", "affiliation"),
    [
        ("Ada Reef (Pier U) studies", "Pier U"),
        ("Ada Reef from the University of Lagos studies", "University of Lagos"),
        ("Ada Reef vom CISPA zeigt", "CISPA"),
        ("Ada Reef of course studies", ""),
        ("Ada Reef studies", ""),
    ],
)
def test_an_affiliation_follows_its_name(text: str, affiliation: str) -> None:
    person = person_at(tokens_of(text), 0)
    assert person is not None
    assert person.author.affiliation == affiliation


def test_an_article_after_a_name_does_not_belong_to_it() -> None:
    person = person_at(tokens_of("Hal Steam den Klang"), 0)
    assert person is not None
    assert person.author.name == "Hal Steam"


def test_brackets_and_punctuation_are_tokens_with_positions() -> None:
    assert [(token.text, token.start) for token in tokens_of("Ada (Pier U), Bo")] == [
        ("Ada", 0),
        ("(Pier U)", 4),
        (",", 12),
        ("Bo", 14),
    ]


@pytest.mark.parametrize(
    ("word", "ends"), [("shore.", True), ("J.", False), ("Prof.", False), ("Jr.", False), ("a", False)]
)
def test_initials_and_titles_do_not_end_a_sentence(word: str, ends: bool) -> None:
    assert ends_sentence(word) is ends
