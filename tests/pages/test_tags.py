"""The pages of tags."""

import re

from generator.model.editorial import Tag, TagKind
from tests.support.small_content import content, pages_of, paper


def _tag(name: str, kind: TagKind) -> Tag:
    return Tag(id=name.lower(), name={"": name}, kind=kind, description={"": f"About {name}."})


TAGS = (_tag("Images", TagKind.MODALITY), _tag("Survey", TagKind.WORK))


def test_tags_are_listed_by_kind_with_their_numbers_of_papers() -> None:
    text = pages_of(content(paper(tags=("survey",)), tags=TAGS))["tags/index.md"]
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Kind of work", "Modality"]
    assert '[Survey](survey/index.md) <span class="count">1</span>' in text


def test_a_tag_lists_its_papers_and_has_a_feed_if_they_are_enough() -> None:
    papers = [paper(f"{letter}2025", tags=("survey",)) for letter in "abc"]
    pages = pages_of(content(*papers, tags=TAGS))
    assert set(re.findall(r"papers/(\w+)/index\.md", pages["tags/survey/index.md"])) == {"a2025", "b2025", "c2025"}
    assert 'feed: "tags/survey/"' in pages["tags/survey/index.md"]
    assert "feed:" not in pages["tags/images/index.md"]


def test_without_tags_there_are_no_such_pages() -> None:
    assert not [path for path in pages_of(content(paper())) if path.startswith("tags/")]
