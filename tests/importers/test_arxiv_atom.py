"""Responses of arXiv's API: days, withdrawals, errors and abstracts."""

import pytest

from generator.importers import arxiv_atom
from generator.importers.raw_paper import Options

OPTIONS = Options(origin="o")


FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<entry><id>http://arxiv.org/abs/2501.00001v2</id><published>2025-01-02T10:00:00Z</published>
<updated>2025-03-04T10:00:00Z</updated><title>Knots of $n$
 Ropes</title><author><name>Ada Reef</name><arxiv:affiliation>Pier U</arxiv:affiliation></author>
<summary>They hold.</summary>%s<link href="http://arxiv.org/abs/2501.00001v2"/></entry></feed>"""


def test_an_entry_has_the_day_of_its_first_version_and_no_version_in_its_id() -> None:
    (paper,) = arxiv_atom.read(FEED % "", OPTIONS).papers
    assert paper.fields["title"] == "Knots of $n$ Ropes"
    assert (paper.fields["arxiv"], paper.fields["published"]) == ("2501.00001", "2025-01-02")
    assert paper.fields["authors"] == [{"name": "Ada Reef", "affiliation": "Pier U"}]
    assert paper.venue is not None
    assert (paper.venue.name, paper.venue.year) == ("arXiv", 2025)


@pytest.mark.parametrize(
    ("comment", "status"),
    [
        ("This paper has been withdrawn by the authors", "withdrawn"),
        ("We study withdrawn papers", None),
        ("9 pages", None),
    ],
)
def test_only_a_statement_about_the_paper_withdraws_it(comment: str, status: str | None) -> None:
    (paper,) = arxiv_atom.read(FEED % f"<arxiv:comment>{comment}</arxiv:comment>", OPTIONS).papers
    assert paper.fields.get("status") == status


def test_an_entry_that_describes_an_error_is_lost() -> None:
    feed = FEED.replace("http://arxiv.org/abs/2501.00001v2</id>", "http://arxiv.org/api/errors#incorrect_id</id>") % ""
    parsed = arxiv_atom.read(feed, OPTIONS)
    assert parsed.papers == []
    assert [(note.message, note.lost) for note in parsed.notes] == [("arXiv says: They hold.", True)]


def test_the_abstract_is_imported_only_if_asked_and_else_reported() -> None:
    assert "field summary" in {unread.kind for unread in arxiv_atom.read(FEED % "", OPTIONS).unread}
    parsed = arxiv_atom.read(FEED % "", Options(origin="o", abstract=True))
    assert parsed.papers[0].fields["abstract"] == "They hold."
    assert "field summary" not in {unread.kind for unread in parsed.unread}
