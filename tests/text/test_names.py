"""Parts and order of people's names."""

import json

import pytest

from generator.text.names import Name, sort_key, split_name
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["names"]


@pytest.mark.parametrize(("written", "given", "family", "suffix"), CASES)
def test_a_name_is_split_into_given_family_and_suffix(written: str, given: str, family: str, suffix: str) -> None:
    assert split_name(written) == Name(given, family, suffix)


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Gerard 't Hooft", "Gerard", "'t Hooft"),
        ("Jacobus van ’t Hoff", "Jacobus", "van ’t Hoff"),
        ("Santiago Ramón y Cajal", "Santiago", "Ramón y Cajal"),
        ("Juan de la Cierva y Codorníu", "Juan", "de la Cierva y Codorníu"),
        ("Ana Gómez y de la Torre", "Ana", "Gómez y de la Torre"),
        ("Pedro y Juan", "Pedro", "y Juan"),
        ("Ana B y", "Ana B", "y"),
        ("Google, Inc.", "", "Google, Inc."),
        ("Gemma Team", "", "Gemma Team"),
        ("The ATLAS Collaboration", "", "The ATLAS Collaboration"),
        ("Team, Gemma", "Gemma", "Team"),
        ("Jane Teamer", "Jane", "Teamer"),
    ],
)
def test_particles_belong_to_the_family_name_and_groups_stay_whole(written: str, given: str, family: str) -> None:
    assert split_name(written) == Name(given, family)


def test_people_are_sorted_by_family_name_without_particles() -> None:
    names = ["Gido van de Ven", "Ada Byron", "Gerard 't Hooft", "Plato", "Zoë Adler"]
    assert sorted(names, key=sort_key) == ["Zoë Adler", "Ada Byron", "Gerard 't Hooft", "Plato", "Gido van de Ven"]


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [("林秀贞", "林", "秀贞"), ("Bartók Béla", "Bartók", "Béla"), ("Ken B. Perlin Jr.", "B. Perlin", "Ken")],
)
def test_a_stated_family_name_splits_the_name(name: str, family: str, given: str) -> None:
    assert split_name(name, family)[:2] == (given, family)
