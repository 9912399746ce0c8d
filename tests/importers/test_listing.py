"""Pages of titles and abstracts, and links in abstracts."""

import pytest

from generator.importers.listing import find_links, looks_like_listing, read_page
from generator.importers.raw_paper import Options, Parsed


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code: https://github.com/a/b.", {"code": "https://github.com/a/b"}),
        ("(https://github.com/a/b), and", {"code": "https://github.com/a/b"}),
        ("see https://github.com/a/b{here}.", {"code": "https://github.com/a/b"}),
        ("Code: https://GitHub.com/a/b.", {"code": "https://GitHub.com/a/b"}),
        ("see https://nothuggingface.co/a", {}),
        ("see https://huggingface.co/a/b", {"project": "https://huggingface.co/a/b"}),
        ("Project page https://x.github.io/y/, code", {"project": "https://x.github.io/y/"}),
        ("https://user@evil.example/ and nothing", {}),
    ],
)
def test_links_are_found_without_punctuation_around_them(text: str, links: dict[str, str]) -> None:
    assert find_links(text) == links


ABSTRACT = "Ropes hold if they are tied well, and this is what we show here in tests of many knots."


def _read(text: str) -> Parsed:
    return read_page(text, Options(origin="o"), "search-page")


def test_numbers_of_a_list_are_removed_if_all_titles_have_one() -> None:
    for second, titles in (("2. Knots", ["Ropes that Hold", "Knots"]), ("Knots", ["1. Ropes that Hold", "Knots"])):
        parsed = _read(f"1. Ropes that Hold\n{ABSTRACT}\n{second}\n{ABSTRACT}\n")
        assert [paper.fields["title"] for paper in parsed.papers] == titles


def test_a_page_with_more_other_rows_than_papers_gives_none() -> None:
    rows = "".join(f"A Line without Any Abstract {number}\n" for number in range(9))
    parsed = _read(f"{rows}Ropes that Hold\n{ABSTRACT}\n{rows}")
    assert parsed.papers == []
    assert any(note.lost and "do not look like papers" in note.message for note in parsed.notes)


def test_an_abstract_that_stops_within_a_sentence_may_be_cut() -> None:
    assert any("may be cut" in note.message for note in _read(f"Ropes that Hold\n{ABSTRACT.rstrip('.')}\n").notes)
    assert _read(f"Ropes that Hold\n{ABSTRACT}\n").notes == []


def test_titles_and_abstracts_in_turn_are_a_listing() -> None:
    assert looks_like_listing(f"Ropes that Hold\n{ABSTRACT}\n" * 3)
    assert not looks_like_listing(f"Ropes that Hold\n{ABSTRACT}\n")
    assert not looks_like_listing(f"{ABSTRACT}\n" * 6)
