"""The values of a page and its group."""

from typing import Any

import pytest

from generator.site.page_parts import PageParts

META = {"title": "T", "kind": "list"}
PAGE = PageParts("papers/a", "https://x.example/papers/a/", META, "text", "<p>text</p>", "first")


@pytest.mark.parametrize(("folder", "url"), [("", ""), ("papers/a", "papers/a/")])
def test_the_address_of_a_page_ends_with_a_slash_below_the_root(folder: str, url: str) -> None:
    page = PAGE._replace(folder=folder)
    assert page.url == page.values["url"] == url


@pytest.mark.parametrize(
    "changed",
    [
        {"folder": "papers/b", "canonical_url": "https://x.example/papers/b/"},
        {"meta": {**META, "title": "Other"}},
        {"markdown": "other", "content": "<p>other</p>", "first_id": "other"},
    ],
)
def test_pages_of_one_group_differ_in_values_only(changed: dict[str, Any]) -> None:
    assert PAGE._replace(**changed).group == PAGE.group


@pytest.mark.parametrize(
    "changed",
    [
        {"folder": "topics/a"},
        {"folder": "papers/a/more"},
        {"folder": "papers"},
        {"meta": {**META, "kind": "hand"}},
        {"meta": {**META, "title": ""}},
        {"meta": {**META, "feed": "feed.xml"}},
        {"canonical_url": ""},
        {"content": ""},
        {"first_id": ""},
    ],
)
def test_another_section_depth_kind_or_empty_value_is_another_group(changed: dict[str, Any]) -> None:
    assert PAGE._replace(**changed).group != PAGE.group


@pytest.mark.parametrize(
    ("fields", "are_known"),
    [
        ({}, True),
        ({"tags": [["a", "b"]], "twin": True, "can_follow": True}, True),
        ({"tags": ["a"]}, False),
        ({"title": 5}, False),
        ({"hide": ["toc"]}, False),
    ],
)
def test_front_matter_of_the_generator_is_recognized(fields: dict[str, Any], are_known: bool) -> None:
    assert PAGE._replace(meta={**META, **fields}).has_known_fields == are_known


def test_missing_texts_are_empty_values() -> None:
    assert PAGE.values == {
        "title": "T",
        "description": "",
        "feed": "",
        "card": "",
        "data": "",
        "canonical_url": "https://x.example/papers/a/",
        "content": "<p>text</p>",
        "first_id": "first",
        "url": "papers/a/",
    }
