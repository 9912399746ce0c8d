"""Published addresses never disappear."""

from typing import Any

import pytest

from generator.model.paper import Author
from generator.rules import permalinks as permalinks_rules
from tests.support.small_content import content, paper


def _broken(*permalinks: str, **fields: Any) -> list[str]:
    records = content(paper(**fields), permalinks=permalinks)
    return [problem.message for problem in permalinks_rules.published_addresses_exist(records)]


def test_addresses_of_records_and_aliases_exist() -> None:
    listed = (
        "papers/reef2025ropes",
        "papers/old2025",
        "venues/conf",
        "venues/conf/2025",
        "topics/cats",
        "authors/ada-reef",
        "",
    )
    assert _broken(*listed, aliases=("old2025",)) == []


@pytest.mark.parametrize("address", ["papers/old2025", "venues/conf/2024", "topics/dogs", "authors/bo-ost"])
def test_a_missing_address_is_reported_with_its_line(address: str) -> None:
    records = content(paper(), permalinks=("papers/reef2025ropes", address))
    (problem,) = permalinks_rules.published_addresses_exist(records)
    assert (problem.code, problem.path, problem.line) == ("E320", "permalinks.txt", 2)
    assert problem.message == f"{address} is missing"


def test_the_hint_names_the_entry_that_a_paper_may_have_become() -> None:
    records = content(paper("reef2025ropes"), permalinks=("papers/reef2025rope",))
    (problem,) = permalinks_rules.published_addresses_exist(records)
    assert problem.hint.startswith("List reef2025rope in the aliases of reef2025ropes.yaml")


def test_authors_are_listed_only_if_their_id_does_not_follow_from_the_name() -> None:
    records = content(paper(authors=("Ada Reef", Author(name="Bo Öst", id="bo-2"))))
    assert [address for address in permalinks_rules.addresses_of(records) if address.startswith("authors/")] == [
        "authors/bo-2"
    ]
