"""The fast conversion of Markdown, construct by construct; ``tests/property`` tries random text."""

import pytest

from generator.site.page_links import PageLinks
from generator.site.plain_markdown import Converted, convert, declined_line

RESOLVE = PageLinks({"", "papers/a", "papers/b"}).resolver("papers/a")


def _converted(text: str) -> Converted:
    converted = convert(text, RESOLVE)
    assert converted
    return converted


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("a\nb", "<p>a\nb</p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        (r"1 \* 2 \_ 3", "<p>1 * 2 _ 3</p>"),
        ("# A b", '<h1 id="a-b">A b</h1>'),
        (r"# A \#", '<h1 id="a">A #</h1>'),
        ("## A { #x }", '<h2 id="x">A</h2>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("text\n{ .lead }", '<p class="lead">text</p>'),
        ("[b](../b/index.md)", '<p><a href="../b/">b</a></p>'),
        ('[b](https://x.example/ "T"){ rel="nofollow" }',
         '<p><a href="https://x.example/" rel="nofollow" title="T">b</a></p>'),
        ("<div>\n*raw*\n</div>", "<div>\n*raw*\n</div>"),
        ('<div class="x" markdown>\n\na\n\n</div>', '<div class="x">\n<p>a</p>\n</div>'),
        ('<ul class="x" markdown>\n<li markdown>a</li>\n</ul>', '<ul class="x">\n<li>a</li>\n</ul>'),
        ("a &amp; <span>b</span>", "<p>a &amp; <span>b</span></p>"),
    ],
)  # fmt: skip
def test_constructs_of_templates_are_converted(text: str, html: str) -> None:
    assert _converted(text).html == html


@pytest.mark.parametrize(
    "text",
    ["**strong**", "# A #", "`code`", "1. one", "> quote", "![image](x.png)", "[a](x.md)", "[a][b]", "<script>",
     "a & b", "    code", "a  \nb", "a\tb", "a\n===", "- a\n    - b", "<div>\nnot closed", "| a | b |", "<!-- x -->"],
)  # fmt: skip
def test_other_constructs_are_declined(text: str) -> None:
    assert convert(text, RESOLVE) is None


def test_headings_and_elements_have_ids_and_the_first_heading_is_known() -> None:
    converted = _converted("## Same\n\n## Same\n\n## Other { #mine }")
    assert converted.first_id == "same"
    assert converted.ids == {"same", "same_1", "mine"}
    assert _converted('<div id="x">\n</div>').ids == {"x"}
    assert _converted("no heading").first_id == ""


def test_links_to_anchors_are_listed_with_their_page() -> None:
    converted = _converted("[a](#x) [b](../b/index.md#y) [c](../b/index.md)")
    assert converted.anchor_links == {("papers/a", "x"), ("papers/b", "y")}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fine\n\n**strong** here\nmore", "**strong** here"),
        ("fine\n\ntab\there", "tab\there"),
        ("fine", ""),
        ("# Heading\ntext", "# Heading"),
    ],
)
def test_the_line_that_is_declined_is_found(text: str, line: str) -> None:
    assert declined_line(text, RESOLVE) == line
