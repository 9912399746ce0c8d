"""Lines of copied pages: Markdown, titles and cleaning."""

from collections import Counter

import pytest

from generator.importers.page_lines import clean_lines, is_markdown, looks_like_title, parts_of, without_markdown


@pytest.mark.parametrize(
    ("line", "text", "target"),
    [
        ("## A Title", "A Title", ""),
        ("- **Bold** text", "Bold text", ""),
        ("[A Title](/papers/1)", "A Title", "/papers/1"),
        ("![picture](x.png)", "", ""),
        ("---", "", ""),
        ("Ropes hold, as [others](https://a.example/x) have shown in their tests.",
         "Ropes hold, as others (https://a.example/x) have shown in their tests.", ""),
        ("1. \\[Draft\\] Ropes", "[Draft] Ropes", ""),
    ],
)  # fmt: skip
def test_markdown_is_reduced_to_its_text(line: str, text: str, target: str) -> None:
    assert without_markdown(line) == (text, target)


def test_several_links_on_one_line_become_several_lines() -> None:
    assert [part.text for part in parts_of("[One](/1) · [Two](/2)")] == ["One", "Two"]
    assert [part.text for part in parts_of("| [One](/1) | 3 |")] == ["One", "3"]
    assert [part.text for part in parts_of("[A Title](/papers/1) (12 upvotes)")] == ["A Title", "12 upvotes"]
    assert [part.text for part in parts_of("See [one](/1) and [two](/2).")] == ["See one and two."]


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Kettles vs. Pots", True),
        ("mixNet: Boiling Twice", True),
        ("We show that ropes hold.", False),
        ("Ropes hold. They do not tear", False),
        ("see https://a.example", False),
        ("ropes without a capital", False),
        ("R" * 251, False),
    ],
)
def test_titles_are_distinguished_from_sentences(line: str, is_title: bool) -> None:
    assert looks_like_title(line) is is_title


def test_lines_keep_their_numbers_and_lose_entities_and_control_characters() -> None:
    repairs: Counter[str] = Counter()
    assert clean_lines("\ufeffA &amp; B\n\n  \x00C\tD ", repairs) == [(1, "A & B", ""), (3, "C D", "")]
    assert repairs["entities"] == 1
    assert not is_markdown("A [link](/x) in a sentence that goes on")
