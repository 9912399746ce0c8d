"""CSL-JSON: dates, names and variables."""

import json

# venues and lists of names stand on one line, as registries write them
import pytest

from generator.importers import csl_json
from generator.importers.raw_paper import Options
from tests.support.parsed import edition_of, unread

OPTIONS = Options(origin="o")


@pytest.mark.parametrize(
    ("issued", "year", "day"),
    [
        ({"raw": "2024-02-21"}, 2024, "2024-02-21"),
        ({"literal": "21 February 2024"}, 2024, "2024-02-21"),
        ("2024-02-21", 2024, "2024-02-21"),
        ("2024~", 2024, None),
        ([{"date-parts": [2018, 2, 1]}, {"date-parts": [2018, 2, 2]}], 2018, "2018-02-01"),
        ({"date-parts": [["2018"]], "season": 2}, 2018, None),
        ({"date-parts": [[2015]]}, 2015, None),
    ],
)
def test_dates_of_csl_items(issued: object, year: int, day: str | None) -> None:
    item = {"id": "a", "type": "thesis", "title": "A", "publisher": "Univ", "issued": issued}
    parsed = csl_json.read(json.dumps([item]), OPTIONS)
    assert edition_of(parsed) == f"unrecorded-{year}"
    assert parsed.papers[0].fields.get("published") == day
    assert unread(parsed) == {(1, "variable publisher")}


def test_names_of_csl_items() -> None:
    authors = [
        {"family": "Okoro", "given": "Ngozi", "literal": "Okoro, Ngozi"},
        {"literal": "Kettle Consortium"},
        {"family": "Durme", "given": "Benedict", "non-dropping-particle": "Van"},
    ]
    item = {"id": "a", "type": "article-journal", "title": "A", "author": authors}
    imported = csl_json.read(json.dumps([item]), OPTIONS).papers[0].fields["authors"]
    assert imported == ["Ngozi Okoro", "Kettle Consortium", {"name": "Benedict Van Durme", "family": "Van Durme"}]


def test_every_variable_of_a_csl_item_is_imported_or_reported() -> None:
    item = {"type": "report", "title": "Kettles", "DOI": "n/a", "URL": "kettle", "number": "TR 7", "note": "Draft",
            "custom": "x", "archive": "Shelf", "status": "in press", "abstract": "They boil."}  # fmt: skip
    parsed = csl_json.read(json.dumps([item]), OPTIONS)
    names = {unread.kind.removeprefix("variable ") for unread in parsed.unread}
    assert names == item.keys() - {"type", "title"}


def test_a_volume_and_a_page_may_be_numbers() -> None:
    """The schema of CSL allows both types."""
    item = {"type": "article-journal", "title": "A", "volume": 12, "page": 345}
    fields = csl_json.read(json.dumps([item]), OPTIONS).papers[0].fields
    assert (fields["volume"], fields["pages"]) == ("12", "345")


def test_others_is_not_an_author() -> None:
    authors = [{"family": "Byron", "given": "Ada"}, {"literal": "others"}]
    item = {"type": "article", "title": "A", "author": authors}
    fields = csl_json.read(json.dumps([item]), Options(origin="x")).papers[0].fields
    assert fields["authors"] == ["Ada Byron"]
    assert fields["authors_incomplete"] == "true"


def test_a_publisher_that_becomes_the_venue_is_not_unread() -> None:
    item = {"type": "article", "title": "A", "publisher": "Kite Server", "issued": "2024"}
    assert unread(csl_json.read(json.dumps([item]), OPTIONS)) == set()


def test_a_type_that_is_a_list_is_read_by_its_first_item() -> None:
    item = {"type": ["book-chapter"], "title": "A", "container-title": ["Series", "Volume"]}
    assert csl_json.container_of(item) == "Volume"
    assert csl_json.read(json.dumps([item]), OPTIONS).papers
