"""Pages with tags for Google Scholar: authors, dates, links and what is not imported."""

import pytest

from generator.importers import citation_tags
from generator.importers.raw_paper import Options

OPTIONS = Options(origin="o")


def _page(*tags: tuple[str, str]) -> str:
    metas = "".join(f'<meta name="{name}" content="{value}">' for name, value in tags)
    return f'<html><head>{metas}<link rel="canonical" href="https://a.example/x"></head></html>'


def test_institutions_and_orcids_belong_to_the_author_before_them() -> None:
    page = _page(
        ("citation_title", "Ropes"),
        ("citation_author", "Van Reef, Ada"),
        ("citation_author_institution", "Pier U"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "Bo Öst"),
    )
    author = {
        "name": "Ada Van Reef",
        "family": "Van Reef",
        "affiliation": "Pier U",
        "orcid": "0000-0002-1825-0097",
    }
    assert citation_tags.read(page, OPTIONS).papers[0].fields["authors"] == [author, "Bo Öst"]


def test_authors_in_two_kinds_of_tags_are_imported_once() -> None:
    in_one_tag = ("citation_authors", "Reef, Ada; Öst, Bo")
    single = [("citation_author", "Reef, Ada"), ("citation_author", "Öst, Bo")]
    for tags in ([in_one_tag], [in_one_tag, *single], [*single, in_one_tag]):
        (paper,) = citation_tags.read(_page(("citation_title", "Ropes"), *tags), OPTIONS).papers
        assert paper.fields["authors"] == ["Ada Reef", "Bo Öst"]


def test_keywords_may_be_in_one_tag_or_several() -> None:
    tags = [("citation_keywords", "knots; ropes"), ("citation_keywords", "harbors")]
    (paper,) = citation_tags.read(_page(("citation_title", "Ropes"), *tags), OPTIONS).papers
    assert paper.fields["keywords"] == ["knots", "ropes", "harbors"]


@pytest.mark.parametrize(
    ("date", "day", "year"), [("2024/5/13", "2024-05-13", 2024), ("2024", None, 2024), ("2024/05", None, 2024)]
)
def test_only_a_whole_date_is_a_day(date: str, day: str | None, year: int) -> None:
    page = _page(("citation_title", "Ropes"), ("citation_conference_title", "Knots"), ("citation_date", date))
    (paper,) = citation_tags.read(page, OPTIONS).papers
    assert paper.fields.get("published") == day
    assert paper.venue is not None
    assert (paper.venue.name, paper.venue.year) == ("Knots", year)


def test_a_page_without_a_title_is_not_readable_and_other_tags_are_reported() -> None:
    assert not citation_tags.recognizes("<html><meta name='description' content='x'></html>")
    assert citation_tags.read("<html></html>", OPTIONS).notes[0].lost
    parsed = citation_tags.read(_page(("citation_title", "Ropes"), ("citation_issn", "1234-5678")), OPTIONS)
    assert [(unread.kind, unread.text) for unread in parsed.unread] == [("tag citation_issn", "1234-5678")]


def test_the_page_is_a_link_unless_it_is_an_identifier() -> None:
    assert citation_tags.read(_page(("citation_title", "Ropes")), OPTIONS).papers[0].fields["links"] == {
        "page": "https://a.example/x"
    }
    arxiv = _page(("citation_title", "Ropes"), ("citation_abstract_html_url", "https://arxiv.org/abs/2501.00001"))
    fields = citation_tags.read(arxiv, OPTIONS).papers[0].fields
    assert fields["arxiv"] == "2501.00001"
    assert "links" not in fields
