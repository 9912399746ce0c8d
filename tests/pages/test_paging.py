"""Long lists: pages, links between them, and headings."""

import pytest

from generator.pages.paging import HeadedPaper, Heading, paged, pager, sections
from tests.support.small_content import paper, views_of


def test_long_lists_are_divided_into_pages() -> None:
    assert [len(part) for part in paged(range(250), 100)] == [100, 100, 50]
    assert paged([], 100) == [[]]


@pytest.mark.parametrize(
    ("total", "number", "shown"),
    [
        (1, 1, ""),
        (3, 2, "1 [2] 3"),
        (12, 7, "1 2 3 4 5 6 [7] 8 9 10 11 12"),
        (13, 1, "[1] 2 3 … 11 … 13"),
        (400, 200, "1 … 100 … 190 … 198 199 [200] 201 202 … 210 … 300 … 400"),
        (400, 400, "1 … 300 … 390 … 398 399 [400]"),
    ],
)
def test_a_pager_links_all_of_few_pages_and_some_of_many(total: int, number: int, shown: str) -> None:
    links = pager("topics/cats", total, number)
    assert (
        " ".join("…" if link is None else link.text if link.site_path else f"[{link.text}]" for link in links) == shown
    )
    assert all(link.site_path == "topics/cats" for link in links if link and link.text == "1" and link.site_path)


def _sections(*headings: str) -> list[tuple[str, int]]:
    papers = [paper(f"p{number}") for number in range(len(headings))]
    fallback = Heading("Others", "others")
    headed = [HeadedPaper(item.id, Heading(name, name), fallback) for item, name in zip(papers, headings, strict=True)]
    return [(group.title, len(group.cards)) for group in sections(views_of(*papers), headed)]


def test_papers_alone_under_their_heading_share_one() -> None:
    assert _sections("a", "a", "b", "c", "d", "d") == [("a", 2), ("d", 2), ("Others", 2)]
    assert _sections("a", "a", "b", "b", "c") == [("a", 2), ("Others", 3)]


def test_a_paper_stays_in_its_part_of_a_list() -> None:
    papers = [paper(f"p{number}") for number in range(5)]
    oral, others = Heading("Oral", "oral"), Heading("Poster: Others", "others")
    headings = [(oral, oral), *((Heading(name, name), others) for name in "aabb")]
    headed = [HeadedPaper(item.id, *pair) for item, pair in zip(papers, headings, strict=True)]
    groups = sections(views_of(*papers), headed)
    assert [(group.title, len(group.cards)) for group in groups] == [("Oral", 1), ("a", 2), ("b", 2)]


def test_one_group_needs_no_heading() -> None:
    assert _sections("a", "a") == [("", 2)]
    assert _sections("a") == [("", 1)]
    assert _sections() == []
