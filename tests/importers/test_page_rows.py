"""Rows of pages: kinds of lines, and dates of headings."""

import pytest

from generator.importers.page_lines import clean_lines
from generator.importers.page_rows import RowKind, is_attached_to_banner, kind_of, page_rows
from generator.importers.raw_paper import Options, Parsed


def _rows(text: str, options: Options) -> tuple[list[tuple[RowKind, str, str]], Parsed]:
    parsed = Parsed()
    rows = page_rows(clean_lines(text, parsed.repairs), options, parsed)
    return [(row.kind, row.text, row.day) for row in rows], parsed


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sign Up", RowKind.MENU),
        ("12.4k", RowKind.NUMBER),
        ("Upvote 12", RowKind.UPVOTE),
        ("· 3 authors", RowKind.AUTHORS),
        ("Submitted by ada", RowKind.SUBMITTED),
        ("Published on Mar 12, 2026", RowKind.PUBLISHED),
        ("Published on paper", RowKind.TEXT),
        ("GitHub 120", RowKind.BUTTON),
        ("3 days ago", RowKind.MENU),
        ("Weaving Nets by Night", RowKind.TEXT),
    ],
)
def test_kinds_of_lines(line: str, kind: RowKind) -> None:
    assert kind_of(line) is kind


def test_a_date_holds_until_the_next_one_or_the_next_page() -> None:
    rows, _ = _rows("Mar 12\nOne Title\nMar 13\nTwo Titles\nDaily Papers\nThree Titles\n", Options("o", year=2026))
    assert [row[1:] for row in rows] == [
        ("One Title", "2026-03-12"),
        ("Two Titles", "2026-03-13"),
        ("Daily Papers", ""),
        ("Three Titles", ""),
    ]


def test_dates_of_links_to_other_days_are_no_headings() -> None:
    rows, _ = _rows("Mar 11\nMar 12\nMar 13\nPrevious\nNext\nA Title\n", Options("o", year=2026))
    assert rows == [(RowKind.TEXT, "A Title", "2026-03-12")]
    rows, parsed = _rows("Mar 11\nPrevious\nMar 13\nNext\nA Title\n", Options("o", year=2026))
    assert rows == [(RowKind.TEXT, "A Title", "")]
    assert {unread.kind for unread in parsed.unread} == {"menu item"}


@pytest.mark.parametrize(
    ("heading", "message"),
    [
        ("Week 36", "have no day: give --added"),
        ("Mar 12\nMar 13", "several dates"),
        ("Feb 30", "calendar"),
    ],
)
def test_dates_that_are_no_day_are_noted(heading: str, message: str) -> None:
    rows, parsed = _rows(f"{heading}\nA Title\n", Options("o", year=2026))
    assert rows == [(RowKind.TEXT, "A Title", "")]
    assert message in parsed.notes[0].message


def test_a_long_menu_item_is_no_text() -> None:
    line = "Upload images, audio, and videos by dragging in the text input, pasting, or clicking here."
    assert kind_of(line) is RowKind.MENU


def test_the_first_title_is_separated_from_the_banner() -> None:
    assert is_attached_to_banner("SubscribeRopes that Hold")
    assert not is_attached_to_banner("Subscribers of Ropes")
    assert _rows("Pricing\nSubscribeRopes that Hold\n", Options("o"))[0][-1][1] == "Ropes that Hold"
