"""Relative links between pages lead where MkDocs lets them lead, and are cached only where they are valid."""

import pytest

from generator.site.page_links import Anchor, PageLinks, PageRelativeLink
from generator.site.plain_markdown import convert

_FOLDERS = ["a", "s/a", "s/b", "s/a/c", "s/a/p/1", "s/a/p/2", "s/b/p/1", "t/a", "t/a/p/1"]
_ADDRESSES = ["index.md", "#x", "https://x.example/", "p/1/index.md"] + [
    f"{'../' * up}{down}index.md{anchor}"
    for up in range(1, 6)
    for down in ["", *(f"{folder}/" for folder in _FOLDERS), "b/", "c/", "1/", "2/", "p/1/"]
    for anchor in ("", "#x")
]


@pytest.mark.parametrize(
    ("folder", "address", "resolved"),
    [
        ("s/a", "../b/index.md", "../b/"),
        ("s/a", "../../index.md", "../../"),
        ("s/a", "index.md", "./"),
        ("", "s/a/index.md", "s/a/"),
        ("s/a", "#x", "#x"),
        ("s/a", "../b/index.md#x", "../b/#x"),
        ("s/a", "https://x.example/", "https://x.example/"),
        ("s/a", "mailto:a@x.example", "mailto:a@x.example"),
        ("s/a", "../../../index.md", None),  # above the root
        ("s/a", "../missing/index.md", None),
        ("s/a", "../../s/b/index.md", None),  # a detour, which MkDocs shortens
        ("s/a", "../b/", None),  # not the path of a source
        ("s/a", "javascript:x", None),
        ("s/a", "/s/b/index.md", None),
    ],
)
def test_an_address_is_resolved_or_left_to_mkdocs(folder: str, address: str, resolved: str | None) -> None:
    assert PageLinks({"", *_FOLDERS}).resolver(folder)(address) == resolved


def test_a_link_to_an_anchor_names_its_page() -> None:
    resolve = PageLinks({"", *_FOLDERS}).resolver("s/a")
    for address, folder in (("#x", "s/a"), ("../b/index.md#x", "s/b")):
        link = resolve(address)
        assert isinstance(link, Anchor)
        assert (link.folder, link.anchor) == (folder, "x")


def test_targets_are_collected_while_pages_are_unknown() -> None:
    links = PageLinks(None)
    resolve = links.resolver("s/a")
    assert resolve("../nowhere/index.md") == "../nowhere/"
    assert links.new_targets() == {"s/nowhere"}
    links.resolver("s/a/b")("../../nowhere/index.md")
    resolve("../b/index.md")
    assert links.new_targets() == {"s/b"}


def test_a_link_below_the_section_is_valid_on_its_page_only() -> None:
    resolve = PageLinks({"", *_FOLDERS}).resolver("s/a/p/1")
    assert isinstance(resolve("../2/index.md"), PageRelativeLink)
    assert not isinstance(resolve("../../../../index.md"), PageRelativeLink)


@pytest.mark.parametrize("second", _FOLDERS)
@pytest.mark.parametrize("first", _FOLDERS)
def test_text_cached_from_another_page_is_what_this_page_would_give(first: str, second: str) -> None:
    pages = {"", *_FOLDERS}
    for address in _ADDRESSES:
        text = f"[x]({address}) y\n\n- [x]({address})"
        links = PageLinks(pages)
        convert(text, links.resolver(first), links.cache_for(first, text))
        alone = convert(text, PageLinks(pages).resolver(second))
        assert convert(text, links.resolver(second), links.cache_for(second, text)) == alone, address
