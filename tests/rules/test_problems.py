"""Suggestions for unknown names."""

from generator.rules.problems import Nearest


def test_the_nearest_name_is_suggested() -> None:
    nearest = Nearest(("robotics", "theory"), 70)
    assert nearest.to("robotcs") == "robotics"
    assert nearest.to("cooking") == ""
    assert nearest.hint("theorie", "See the list.") == "Did you mean theory?"
    assert nearest.hint("cooking", "See the list.") == "See the list."


def test_of_very_many_names_only_the_first_are_compared() -> None:
    nearest = Nearest(("name 1000",), 0)
    suggestions = [nearest.to(f"name {number}") for number in range(201)]
    assert suggestions == ["name 1000"] * 200 + [""]
    assert nearest.to("name 5") == "name 1000"
