"""Rendering of templates to pages."""

import pytest
from markupsafe import Markup

from generator.pages.rendering import Head, finalize, relative
from tests.support.small_content import content, pages_of, paper


@pytest.mark.parametrize(
    ("source", "target", "link"),
    [
        ("", "topics/cats", "topics/cats/index.md"),
        ("topics/cats", "", "../../index.md"),
        ("topics/cats", "topics/dogs", "../dogs/index.md"),
        ("topics/cats", "topics/cats", "index.md"),
        ("topics", "topics/cats", "cats/index.md"),
        ("papers/a", "topics/cats", "../../topics/cats/index.md"),
    ],
)
def test_links_are_relative(source: str, target: str, link: str) -> None:
    assert relative(source, target) == link


def test_values_are_encoded_unless_they_are_markup() -> None:
    assert finalize("*a* <b>") == "\\*a\\* &lt;b&gt;"
    assert finalize(Markup("*a*")) == "*a*"
    assert finalize(None) == ""


def test_front_matter_has_only_values_that_are_set() -> None:
    assert Head().front_matter() == {}
    head = Head(tags=(("citation_title", 'A "b"'),), feed="topics/cats", can_follow=True)
    assert head.front_matter() == {
        "tags": [["citation_title", "A &quot;b&quot;"]],
        "feed": "topics/cats/",
        "can_follow": True,
    }


def test_cards_in_one_folder_differ_only_in_links_to_the_page_itself() -> None:
    pages = pages_of(content(*(paper(f"{letter}2025", authors=("Ada Reef",)) for letter in "abc")))
    text = pages["authors/ada-reef/index.md"]
    assert "[Ada Reef](index.md)" in text
    assert "~" not in text
