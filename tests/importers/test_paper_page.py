"""Pages of single papers."""

import pytest

from generator.importers import paper_page
from generator.importers.raw_paper import Options, Parsed

PAGE = """arxiv:2603.00042
Ropes that Hold
Published on Mar 12, 2026
· Submitted by
ada on Mar 13
Authors:
Ada Reef,
Bo Öst
Abstract
AI-generated summary
A rope is tied.
Ropes hold if they are tied.
Community
Nice work!
"""


def _read(text: str) -> Parsed:
    return paper_page.read(text, Options(origin="o", year=2026))


def test_title_authors_and_days_are_imported_and_the_summary_of_a_model_is_not() -> None:
    parsed = _read(PAGE)
    fields = parsed.papers[0].fields
    assert (fields["title"], fields["authors"]) == ("Ropes that Hold", ["Ada Reef", "Bo Öst"])
    assert (fields["arxiv"], fields["published"]) == ("2603.00042", "2026-03-12")
    assert fields["abstract"] == "Ropes hold if they are tied."
    assert ("summary by a model", "A rope is tied.") in {(unread.kind, unread.text) for unread in parsed.unread}


def test_comments_are_no_part_of_the_paper() -> None:
    parsed = _read(PAGE)
    assert "Nice work!" in {unread.text for unread in parsed.unread}
    assert len(_read(PAGE + PAGE.replace("Ropes that", "Knots that")).papers) == 2


def test_each_paper_of_a_file_has_its_own_identifier() -> None:
    first, second = PAGE.partition("\n")[2], PAGE.partition("\n")[2].replace("Ropes that", "Knots that")
    button = "[View arXiv page](https://arxiv.org/abs/{})\nCommunity\n"
    linked = first.replace("Community\n", button.format("2603.00042")) + second.replace(
        "Community\n", button.format("2603.00043")
    )
    assert [paper.fields["arxiv"] for paper in _read(linked).papers] == ["2603.00042", "2603.00043"]
    headed = first + "arxiv:2603.00043\n" + second
    assert [paper.fields.get("arxiv") for paper in _read(headed).papers] == [None, "2603.00043"]


def test_without_its_label_there_is_no_abstract() -> None:
    unlabelled = PAGE.replace("Ropes that", "Knots that").replace("Abstract\n", "")
    first, second = _read(PAGE + unlabelled).papers
    assert "abstract" in first.fields
    assert "abstract" not in second.fields


@pytest.mark.parametrize("rest", ["+3 authors", "et al.", "and 12 others"])
def test_a_shortened_list_of_authors_is_incomplete(rest: str) -> None:
    parsed = _read(PAGE.replace("Bo Öst", rest))
    assert parsed.papers[0].fields["authors"] == ["Ada Reef"]
    assert parsed.papers[0].fields["authors_incomplete"] == "true"
    assert "the page does not name all authors" in {note.message for note in parsed.notes}


def test_a_page_without_a_title_is_lost() -> None:
    parsed = _read("Authors:\nAda Reef\nAbstract\nRopes hold if they are tied.\n")
    assert parsed.papers == []
    assert [note.lost for note in parsed.notes] == [True]
    assert not paper_page.recognizes("Abstract\nRopes hold.\nAuthors:\nAda Reef\n")
