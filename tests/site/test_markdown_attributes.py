"""Attributes in the order and form in which Python-Markdown writes them."""

import markdown
import pytest

from generator.site.markdown_attributes import Declined, attributes_from_braces, is_rewritten, sort_attributes


def _python_markdown(text: str) -> str:
    return str(markdown.markdown(text, extensions=["attr_list", "md_in_html"]))


FOOTER = '<footer id="b" class="a">x</footer>'


@pytest.mark.parametrize("braces", [".a", ".a .b", 'rel="nofollow"', '.b rel="me" hreflang="de"', 'hreflang="de" .a'])
def test_attributes_of_a_link_are_those_of_attr_list(braces: str) -> None:
    attributes = attributes_from_braces(braces, "https://x.example/", "Title")
    expected = _python_markdown(f'[x](https://x.example/ "Title"){{ {braces} }}')
    assert f"<p><a{attributes}>x</a></p>" == expected


@pytest.mark.parametrize("braces", ["#id", 'onclick="x"', ".A", "a", 'rel="a&b"', "rel=a"])
def test_other_attributes_are_declined(braces: str) -> None:
    with pytest.raises(Declined):
        attributes_from_braces(braces)


def test_attributes_are_sorted_and_ids_are_reported() -> None:
    attributes, ids = sort_attributes(' id="b" class="a" data-date="1"')
    assert (attributes, ids) == (' class="a" data-date="1" id="b"', ("b",))
    expected = _python_markdown('<div id="b" class="a" data-date="1" markdown>\n\nx\n\n</div>')
    assert f"<div{attributes}>" in expected
    with pytest.raises(Declined):
        sort_attributes(' class="a" class="b"')


@pytest.mark.parametrize(
    "line",
    [
        "<p>x</p>", "<p></p><p></p>", '<p id="b" class="a">', '<p class="a" id="b">', "<dt>x { .a }</dt>", "text",
        FOOTER, '<span id="b" class="a">x</span>', "<li>a</li><li>b</li>", "<p>{ .a }</p>",
    ],
)  # fmt: skip
def test_lines_that_the_serializer_would_change_are_reported(line: str) -> None:
    """A line that is not reported comes out as it went in."""
    converted = _python_markdown(f"<div markdown>\n\n<div>\n{line}\n</div>\n\n</div>")
    assert is_rewritten(line) or line in converted
    rewritten = (
        "<p></p><p></p>", '<p id="b" class="a">', "<dt>x { .a }</dt>", FOOTER, "<li>a</li><li>b</li>",
    )  # fmt: skip
    assert is_rewritten(line) == (line in rewritten)
