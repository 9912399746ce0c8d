"""Pages of cards: titles, abstracts, submitters and links."""

import pytest

from generator.importers.page_cards import PageEntry, paper_of_url, read_cards
from generator.importers.page_lines import clean_lines
from generator.importers.page_rows import page_rows
from generator.importers.raw_paper import Options, Parsed


def _read(text: str) -> tuple[list[PageEntry], Parsed]:
    parsed, options = Parsed(), Options("o", year=2026)
    return read_cards(page_rows(clean_lines(text, parsed.repairs), options, parsed), options, parsed), parsed


CARD = "Submitted by\nada\n12\nRopes that Hold\nUpvote 12\n· 3 authors\n"


def test_each_card_is_a_paper_and_its_submitter_is_not() -> None:
    entries, parsed = _read(CARD + CARD.replace("Ropes", "Knots").replace("ada", "bo"))
    assert [entry.title.text for entry in entries] == ["Ropes that Hold", "Knots that Hold"]
    assert {"ada", "bo"} <= {unread.text for unread in parsed.unread if unread.kind == "submitter"}
    assert not any(entry.abstract for entry in entries)


def test_text_below_a_title_is_its_abstract_until_the_card_ends() -> None:
    entries, _ = _read("Upvote 12\nRopes that Hold\nRopes hold if they are tied. We tie them.\n· 3 authors\nSome Lab\n")
    assert [line.text for line in entries[0].abstract] == ["Ropes hold if they are tied. We tie them."]


def test_on_trending_pages_the_title_comes_first() -> None:
    text = "Ropes that Hold\nRopes hold if they are tied. We tie them.\nPublished on Mar 12, 2026\nGitHub 120\n"
    entries, _ = _read(text + text.replace("Ropes that", "Knots that"))
    assert [(entry.title.text, entry.published) for entry in entries] == [
        ("Ropes that Hold", "2026-03-12"),
        ("Knots that Hold", "2026-03-12"),
    ]


def test_in_a_copy_as_markdown_links_name_papers_and_buttons() -> None:
    text = "[Ropes that Hold](/papers/2603.00042)\n\n- [GitHub 120](https://github.com/a/b)\n"
    entries, _ = _read(text)
    assert entries[0].identifier is not None
    assert entries[0].identifier.value == "2603.00042"
    assert entries[0].links == {"code": "https://github.com/a/b"}


@pytest.mark.parametrize("target", ["/papers/2603.00042#comments", "", "mailto:a@b.example", "/models/x"])
def test_other_targets_are_no_papers(target: str) -> None:
    assert paper_of_url(target) is None
