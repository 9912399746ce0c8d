"""Markdown of hand-written pages as HTML."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.store.reading import read_page
from generator.text.hand_markdown import convert, link_lines
from tests.conftest import ROOT

EVERYTHING = ROOT / "tests/cases/hand/everything.md"


def _html(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(convert(text, str).html)


@pytest.mark.parametrize(
    ("text", "selector"),
    [
        ('!!! note "Hi"\n\n    Body', "div.admonition.note > p.admonition-title"),
        ("??? tip\n\n    Body", "details.tip > summary"),
        ('=== "A"\n\n    one\n\n=== "B"\n\n    two', ".tabbed-set.tabbed-alternate .tabbed-labels > label"),
        ('```py title="a.py" linenums="1"\nx = 1\n```', ".highlighttable .filename"),
        ("A[^1].\n\n[^1]: Note.", ".footnote li"),
        ("| a | b |\n|---|--:|\n| 1 | 2 |", "td[align=right]"),
        ("- [x] done", ".task-list-item input[checked][aria-label]"),
        ("Term\n:   Text", "dl > dd"),
        ("++ctrl+a++", ".keys > kbd.key-control"),
        (":material-rocket:", ".twemoji > svg"),
        ("$x^2$", "math[display=inline]"),
        ("$$\nx^2\n$$", "math[display=block]"),
        ("```mermaid\ngraph LR\n```", "pre.mermaid > code"),
        ("==a== ~~b~~ H~2~O x^2^", "mark + del + sub + sup"),
        ('<div class="grid" markdown>\n\n**a**\n\n</div>', "div.grid strong"),
        ("The HTML\n\n*[HTML]: Text", "abbr[title=Text]"),
    ],
)
def test_what_material_documents_is_converted(text: str, selector: str) -> None:
    assert _html(text).css(selector), convert(text, str).html


def test_no_element_has_a_style_attribute_or_an_address_of_another_host() -> None:
    html = convert(read_page("everything", EVERYTHING.read_text("utf-8")).text, str).html
    assert " style=" not in html
    assert not re.search(r'(?:src|href)="https?:', html)
    assert "😄" in convert(":smile:", str).html


def test_dollars_that_are_no_formula_stay() -> None:
    assert convert(r"\$5 and $6 and `$x$`", str).html == "<p>$5 and $6 and <code>$x$</code></p>"


def test_empty_lines_and_spaces_of_code_stay() -> None:
    (line,) = re.findall(r"<pre>.*</pre>", convert("```\na  \n\n\n\nb\n```", str).html)
    assert "a  &#10;&#10;&#10;&#10;b" in line


def test_each_link_has_the_line_of_the_file() -> None:
    page = read_page(
        "x", "---\ntitle: A title\ndescription: Text\ntags: [a]\n---\n\n# Heading\n\nSee [a](a.md).\n[a](a.md)\n"
    )
    assert (page.title, page.description, page.lines_before, page.has_heading) == ("A title", "Text", 8, True)
    assert list(link_lines(page.text, ["a.md", "a.md", "nowhere"])) == [1, 1, 1]
    assert [page.lines_before + line for line in link_lines(page.text, ["a.md"])] == [9]
    assert read_page("guide/set-up", "Words.\n").title == "Set up"
