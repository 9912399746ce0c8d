"""The fast conversion of Markdown gives what Python-Markdown gives, or declines."""

from collections import Counter

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.site.page_links import PageLinks
from generator.site.plain_markdown import convert
from generator.site.site_pages import parse_source
from generator.text.escape import for_front_matter, for_html, for_link, for_markdown
from generator.text.markup import line_html_in_markdown, line_markdown, prose_html
from tests.property.template_markdown import LINE, PAGE
from tests.support.fuzzing import tries

TRIES = tries(150)
_PYTHON_MARKDOWN = markdown.Markdown(
    extensions=["attr_list", "md_in_html", "toc"], extension_configs={"toc": {"permalink": False}}
)
_LINKS = PageLinks({"", "papers/a", "papers/b", "authors/c"}).resolver("papers/a")


def _as_it_stands(address: str) -> str | None:
    """Links are accepted as in a build, but not rewritten, which Python-Markdown leaves to MkDocs."""
    return None if _LINKS(address) is None else address


def _both(text: str) -> tuple[str, str | None]:
    _PYTHON_MARKDOWN.reset()
    plain = _PYTHON_MARKDOWN.convert(text)
    fast = convert(text, _as_it_stands)
    return plain, fast.html if fast else None


_MARKS = st.sampled_from(
    [*"\\`*_{}[]()<>#+-.!&|~^=:\"'$ \n\t\x0b\xa0\u3000\u2028aZ9é", "](", "](../b/index.md)", "[a](../b/index.md)",
     "{ .x }", "{ #a }", "\n\n", "# ", "## ", "- ", "1. ", '<div class="x">', '<div class="x" markdown>', "</div>",
     "<span>", '<span class="y">', "</span>", "<li markdown>", "</li>", '<ul class="z" markdown>', "</ul>", "&amp;",
     "&lt;", "&nbsp;", "&#42;", "&nope;", "    ", "  \n", "<!--", "-->", "https://x.example/", "<p>", "</p>", "\\*",
     "\\_", "\\]", "<pre>", "**", "__", '<ul class="z">', "<li>", "<dl>", '<dd data-copy="">', "</dd>", "</dl>",
     "<p>x</p>", "\n<p>", '<a href="b" download="c">', '<li data-date="1" markdown>', "<details>", "</details>",
     "<figure>", "</figure>"]
)  # fmt: skip
_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_MARKDOWN = st.lists(_MARKS | _WORDS, max_size=14).map("".join)
_LINE = st.lists(_MARKS | _WORDS, max_size=8).map("".join)


@TRIES
@given(_MARKDOWN)
def test_any_text_is_converted_as_by_python_markdown_or_declined(text: str) -> None:
    plain, fast = _both(text)
    assert fast in (None, plain)


def test_texts_of_templates_are_converted_as_by_python_markdown() -> None:
    """At most two in five pages of the grammar are declined; otherwise the test above would test nothing."""
    pages: Counter[bool] = Counter()

    @TRIES
    @given(PAGE)
    def check(text: str) -> None:
        plain, fast = _both(text)
        assert fast in (None, plain)
        pages[fast is not None] += 1

    check()
    assert pages[True] >= 0.6 * pages.total(), pages


@pytest.mark.parametrize("opened", ['<ul class="z" markdown>\n<li markdown>a</li>', '<ul class="z">\n<li>a</li>'])
@pytest.mark.parametrize("around", ["{}", '<div class="x" markdown>\n\n{}\n\n</div>'])
@pytest.mark.parametrize("after", ["- b", "b\n\n- c", "## b", '<ul class="y" markdown>\n<li markdown>b</li>\n</ul>'])
def test_a_list_after_a_list_element_is_converted_as_by_python_markdown(opened: str, around: str, after: str) -> None:
    """Python-Markdown appends a list that follows to the element."""
    plain, fast = _both(around.format(f"{opened}\n</ul>\n\n{after}") + "\n")
    assert fast in (None, plain)
    if after.startswith(("b", "#")):
        assert fast


def test_a_page_of_texts_of_entries_is_converted_as_by_python_markdown() -> None:
    pages: Counter[bool] = Counter()

    @TRIES
    @given(LINE, LINE, LINE, LINE)
    def check(title: str, name: str, summary: str, address: str) -> None:
        plain, fast = _both(_page(title, name, summary, address))
        assert fast in (None, plain)
        pages[fast is not None] += 1

    check()
    assert pages[True] >= 0.6 * pages.total(), pages


@TRIES
@given(_LINE, _LINE, _LINE, _LINE)
@example("a_b_c", "x]", "<b>", "*")
@example("- a", "1. b", "# c", "[d](e)")
def test_a_page_of_any_texts_is_converted_as_by_python_markdown_or_declined(
    title: str, name: str, summary: str, address: str
) -> None:
    plain, fast = _both(_page(title, name, summary, address))
    assert fast in (None, plain)


def _page(title: str, name: str, summary: str, address: str) -> str:
    """A page with these texts in all places where a template writes one."""
    return f"""<nav class="crumbs" aria-label="Breadcrumbs" markdown>
[Home](../../index.md) › [{for_markdown(name)}](../b/index.md)

</nav>

# {line_markdown(title)}

<article class="card" markdown>

<h3 class="card-title" id="p-b">
<a href="../b/">{line_html_in_markdown(title)}</a> <strong class="status">{for_html(name)}</strong>
</h3>

[{for_markdown(name)}](../../authors/c/index.md), [x](https://x.example/{for_link(address)} "0-1"){{ rel="nofollow" }}
{{ .card-authors }}

{line_markdown(summary)}
{{ .card-tldr }}

</article>

## About {for_markdown(name)} {{ #about }}

<div class="prose">
{prose_html(summary)}
</div>

- {for_markdown(name)}: [there](#about)
- Known as {line_markdown(title)}

<div class="more" markdown>
<div class="inner" markdown>

<div class="prose" lang="en">
{prose_html(summary)}
</div>

</div>

<div class="cite">
<dl>
<dt>{for_html(name)}</dt>
<dd data-copy="">{for_html(title)}</dd>
</dl>
<p class="files"><a href="cite.bib" download="{for_html(address)}">BibTeX</a></p>
</div>

<ul class="related" markdown>
<li data-date="1" markdown>[{line_markdown(title)}](../b/index.md) <span class="count">{for_markdown(name)}</span>
<span class="why">both on {for_markdown(summary)}</span></li>
</ul>

</div>
"""


@TRIES
@given(_LINE, _LINE)
def test_front_matter_is_read_as_mkdocs_reads_it(title: str, value: str) -> None:
    fields = {"title": title, "kind": "paper", "tags": [[value, title], ["x", value]], "data": value}
    front = "".join(f"{name}: {for_front_matter(field_value)}\n" for name, field_value in fields.items())
    text = f"---\n{front}---\n\n# Body\n"
    source = parse_source(text)
    if source is not None:
        body, meta = get_data(text)
        assert (source.markdown, source.meta) == (body, meta)
