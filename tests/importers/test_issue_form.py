"""Texts of issue forms."""

from collections.abc import Callable

import pytest

from generator.importers import issue_form
from generator.importers.raw_paper import Options
from tests.growth.steps import growth

OPTIONS = Options(origin="t", year=2025)


@pytest.mark.parametrize("fill", [" ", ", ", ";", "\t", "and ", "### ", "- "])
def test_a_long_field_of_an_issue_is_read_in_steps_that_grow_with_its_length(fill: str) -> None:
    def in_a_field(length: int) -> Callable[[], object]:
        text = f"### Title\n\nKettles\n\n### Authors\n\na{fill * length}b\n"
        assert issue_form.read(text, OPTIONS).papers[0].fields["title"] == "Kettles"
        return lambda: issue_form.read(text, OPTIONS)

    def in_a_heading(length: int) -> Callable[[], object]:
        text = f"### a{fill * length}b\n\nx\n\n### Title\n\nKettles\n"
        assert issue_form.read(text, OPTIONS).papers[0].fields["title"] == "Kettles"
        return lambda: issue_form.read(text, OPTIONS)

    assert max(growth(in_a_field, 250)) < 2.3
    assert max(growth(in_a_heading, 250)) < 2.3


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Ada Byron, Bo Li and others", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron et al.", ["Ada Byron"], True),
        ("Ada Byron\nBo Li\n…\n", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron,   Bo\tLi, ...  ", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron   and\tBo Li", ["Ada Byron", "Bo Li"], False),
    ],
)
def test_authors_of_an_issue(text: str, names: list[str], others: bool) -> None:
    fields = (
        issue_form.read(f"### Title \r\n\r\nKettles\r\n\r\n### Authors\r\n\r\n{text}\r\n", OPTIONS).papers[0].fields
    )
    assert fields["authors"] == names
    assert ("authors_incomplete" in fields) == others


def test_an_author_with_the_address_of_an_orcid_id_stays_one_author() -> None:
    line = "Ada Byron; Kite Institute; https://orcid.org/0000-0002-1825-0097"
    [paper] = issue_form.read(f"### Title\n\nKettles\n\n### Authors\n\n{line}\n", OPTIONS).papers
    assert paper.fields["authors"] == [
        {"name": "Ada Byron", "affiliation": "Kite Institute", "orcid": "0000-0002-1825-0097"}
    ]
