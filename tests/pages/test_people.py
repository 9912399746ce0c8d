"""Pages and indexes of authors and institutions."""

import re

from generator.model.paper import Author
from tests.support.small_content import content, pages_of, paper


def test_the_page_of_an_author_has_papers_affiliations_and_coauthors() -> None:
    authors = (Author(name="Ada Reef", affiliation=("Pier U",)), Author(name="Bo Öst"))
    text = pages_of(content(paper("a2025", authors=authors), paper("b2025", authors=authors)))[
        "authors/ada-reef/index.md"
    ]
    assert set(re.findall(r'id="p-(\w+)"', text)) == {"a2025", "b2025"}
    assert "[Pier U](../../institutions/pier-u/index.md)" in text
    assert '[Bo Öst](../bo-ost/index.md) <span class="count">2</span>' in text


def test_an_author_of_one_paper_has_no_list_of_coauthors() -> None:
    text = pages_of(content(paper(authors=("Ada Reef", "Bo Öst"))))["authors/ada-reef/index.md"]
    assert '<span class="count">1</span>' not in text


def test_long_lists_of_papers_have_several_pages() -> None:
    pages = pages_of(content(*(paper(f"p{number}") for number in range(3))), page_size=2)
    assert "\n# Ada Reef\n" in pages["authors/ada-reef/index.md"]
    assert "\n# Ada Reef, page 2\n" in pages["authors/ada-reef/page/2/index.md"]


def test_the_pages_of_an_institution_have_different_titles() -> None:
    authors = (Author(name="Ada Reef", affiliation=("Pier U",)),)
    pages = pages_of(content(*(paper(f"p{number}", authors=authors) for number in range(3))), page_size=2)
    assert "\n# Pier U, page 2\n" in pages["institutions/pier-u/page/2/index.md"]


def test_the_index_of_authors_is_ordered_by_family_name() -> None:
    text = pages_of(content(paper(authors=("Zoe Ak", "Ada Reef", "Bo Berg"))))["authors/index.md"]
    assert re.findall(r"^- \[([^\]]*)\]", text, re.MULTILINE) == ["Zoe Ak", "Bo Berg", "Ada Reef"]
