"""Rules for links."""

import pytest

from generator.model.paper import Links
from generator.rules import links as links_rules
from tests.support.small_content import broken, content, paper


@pytest.mark.parametrize(
    ("fields", "links", "codes"),
    [
        ({"arxiv": "2501.00001"}, {"pdf": "https://arxiv.org/pdf/2501.00001"}, []),
        ({"arxiv": "2501.00001"}, {"pdf": "https://arxiv.org/pdf/2501.00002"}, ["W333"]),
        ({}, {"page": "https://arxiv.org/abs/2501.00001", "pdf": "https://arxiv.org/pdf/2501.00001"}, ["W343"]),
        ({}, {"code": "https://arxiv.org/abs/2501.00001"}, []),
    ],
)
def test_a_link_to_the_paper_has_its_identifier(
    fields: dict[str, str], links: dict[str, str], codes: list[str]
) -> None:
    records = content(paper(links=Links(**links), **fields))
    assert [problem[0] for problem in broken(links_rules.links_point_to_this_paper, records)] == codes


def test_the_address_of_another_entry_is_reported() -> None:
    first = paper("first2025", arxiv="2501.00001")
    second = paper("second2025", links=Links(page="https://arxiv.org/abs/2501.00001"))
    assert broken(links_rules.links_point_to_this_paper, content(first, second)) == [
        ("W332", "papers/second2025", "links", "page")
    ]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://a.example/x", None),
        ("http://a.example/x", "W341"),
        ("https://bit.ly/x", "W344"),
        ("https://a.example/x?utm_source=mail", "W344"),
    ],
)
def test_an_address_is_plain(address: str, code: str | None) -> None:
    records = content(paper(links=Links(code=address)))
    assert [problem[0] for problem in broken(links_rules.addresses_are_plain, records)] == [code] * bool(code)


def test_two_links_differ() -> None:
    records = content(paper(links=Links(page="https://a.example/x", code="https://a.example/x/")))
    assert broken(links_rules.addresses_are_plain, records) == [("W342", "papers/reef2025ropes", "links", "code")]


def test_a_doi_by_arxiv_agrees_with_the_arxiv_id() -> None:
    for arxiv, problems in (("2501.00001", 0), ("2501.00002", 1)):
        records = content(paper(doi="10.48550/arXiv.2501.00001", arxiv=arxiv))
        assert len(broken(links_rules.identifiers_agree, records)) == problems
