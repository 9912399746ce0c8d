"""Inline Markdown of templates, and which of its HTML other pages may reuse."""

import pytest

from generator.site.markdown_attributes import Declined
from generator.site.page_links import PageLinks
from generator.site.plain_inline import InlineConverter

LINKS = PageLinks({"", "topics/cats", "papers/a", "papers/b"})


def _converter(folder: str = "papers/a", cache: dict[str, str] | None = None) -> InlineConverter:
    return InlineConverter(LINKS.resolver(folder), {} if cache is None else cache)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain text", "plain text"),
        (r"a \* b \[c\]", "a * b [c]"),
        ("[b](../b/index.md)", '<a href="../b/">b</a>'),
        ("[*b*](../b/index.md)", None),
        (r"[1 \* 2](../b/index.md){ .plain }", '<a class="plain" href="../b/">1 * 2</a>'),
        ("[b](https://x.example/?a=1)", '<a href="https://x.example/?a=1">b</a>'),
        ('<span class="a">b</span> &amp; &#8222;', '<span class="a">b</span> &amp; &#8222;'),
        ("[b](../missing/index.md)", None),
        ("![b](b.png)", None),
        ("<div>b</div>", None),
        ("a & b", None),
        ("`b`", None),
    ],
)
def test_constructs_of_templates_are_converted_and_others_are_declined(text: str, html: str | None) -> None:
    if html is None:
        with pytest.raises(Declined):
            _converter().convert(text)
    else:
        assert _converter().convert(text)[0] == html


def test_html_with_a_link_that_other_pages_write_otherwise_is_not_reused() -> None:
    assert _converter("papers/a").convert("[t](../../topics/cats/index.md)") == (
        '<a href="../../topics/cats/">t</a>',
        True,
    )
    assert _converter("papers/a").convert("[x](#part)") == ('<a href="#part">x</a>', False)


def test_the_cache_keeps_what_converts_alike_on_other_pages() -> None:
    cache: dict[str, str] = {}
    converter = _converter(cache=cache)
    assert converter.convert_cached("[x](#part)") == '<a href="#part">x</a>'
    assert not cache
    converter.convert_cached("see [b](../b/index.md)")
    assert cache == {
        "[b](../b/index.md)": '<a href="../b/">b</a>',
        "see [b](../b/index.md)": 'see <a href="../b/">b</a>',
    }
    cache["see [b](../b/index.md)"] = "from the cache"
    assert converter.convert_cached("see [b](../b/index.md)") == "from the cache"


def test_the_anchors_of_links_are_collected_with_the_folders_of_their_pages() -> None:
    converter = _converter()
    converter.convert("[x](#part) [y](../b/index.md#end) [z](../b/index.md)")
    assert converter.anchor_links == {("papers/a", "part"), ("papers/b", "end")}
