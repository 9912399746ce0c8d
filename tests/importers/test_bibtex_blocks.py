"""Blocks of BibTeX files: reading continues after faults."""

# venues and lists of names stand on one line, as registries write them
import pytest

from generator.importers import bibtex
from generator.importers.bibtex_blocks import read_blocks
from generator.importers.raw_paper import Options
from tests.support.parsed import edition_of, unread

OPTIONS = Options(origin="o")


@pytest.mark.parametrize("junk", ["@url = {http://a.example/x},", "url: {http://a.example/{x}},", "{note},"])
def test_braces_of_text_that_is_not_a_field_do_not_end_the_entry(junk: str) -> None:
    parsed = bibtex.read(f"@misc{{k, title = {{Kettles}},\n {junk}\n year = 2015\n}}\n", OPTIONS)
    assert edition_of(parsed) == "unrecorded-2015"
    assert (2, "text outside of fields") in unread(parsed)


def test_pieces_are_joined_and_names_of_macros_marked() -> None:
    (block,) = read_blocks('@Article{k, Month = jul # "~18", year = 2020}').blocks
    assert (block.kind, block.key) == ("article", "k")
    assert [field.name for field in block.fields] == ["month", "year"]
    assert [(piece.text, piece.is_bare) for piece in block.fields[0].pieces] == [("jul", True), ("~18", False)]


def test_an_unclosed_entry_ends_before_the_next_one_and_at_the_end_the_file_may_be_cut() -> None:
    first, second = read_blocks("@a{x, b = {c\n@a{y, b = {d}\n").blocks
    assert ("a brace is not closed" in first.fault, first.is_cut) == (True, False)
    assert (second.fault, second.is_cut) == ("the entry is not closed", True)


def test_text_between_entries_is_kept_with_its_line_except_percent_comments() -> None:
    assert read_blocks("% note\nstray text\n@a{x, b = {c}}\n  mail@a.example\n").other_texts == [
        (2, "stray text"),
        (4, "mail@a.example"),
    ]


def test_a_quotation_mark_in_braces_does_not_end_a_value() -> None:
    (block,) = read_blocks('@a{x, t = "the {\\"o} in it", y = 1}').blocks
    assert block.fields[0].pieces[0].text == 'the {\\"o} in it'
    assert len(block.fields) == 2
