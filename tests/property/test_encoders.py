"""For any text: what an encoder gives is inert in its sink, and means the same text there."""

import json
import unicodedata
import xml.etree.ElementTree as ElementTree
from functools import lru_cache

import markdown
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.model.record import RawRecord
from generator.store import yaml_file, yaml_write
from generator.text import characters, maths
from generator.text.escape import (
    for_card,
    for_front_matter,
    for_html,
    for_link,
    for_markdown,
    for_script,
    for_url,
    for_xml,
)
from generator.text.identifiers import is_web_address
from generator.text.markup import line_html, line_html_in_markdown, line_markdown, prose_html, prose_plain
from generator.text.names import split_name
from generator.text.slug import SLUG, slugify
from tests.support.fuzzing import tries

MARKS = st.text(alphabet="<>&\"'`*_{}[]()#+-.!|~^=:$\\/ \n1aZé=%;@", max_size=60)
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
TEXT = st.one_of(MARKS, ANY).map(characters.without_forbidden)
TRIES = tries(400)


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=["tables", "fenced_code", "toc", "attr_list", "md_in_html"])


def _rendered(source: str) -> LexborHTMLParser:
    converter = _converter()
    converter.reset()
    return LexborHTMLParser(converter.convert(source))


@given(TEXT)
@TRIES
def test_a_card_draws_the_words_and_nothing_that_acts(text: str) -> None:
    """One line; no control, no mark that turns or hides what follows; every visible letter in its place."""
    drawn = for_card(text)
    assert {unicodedata.category(char)[0] for char in drawn if char != " "} <= set("LMNPS")
    visible = [char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char)[0] in "LMNPS"]
    assert drawn.replace(" ", "") == "".join(visible)


def _words(text: str) -> str:
    return " ".join(text.split())


@given(TEXT)
@TRIES
def test_markdown_text_is_inert_and_the_same(text: str) -> None:
    """In a paragraph, a heading, a list and a link: no element but the template's own, and the text itself."""
    encoded = for_markdown(text)
    for source, tags in (
        (f"Before {encoded} after", {"p"}),
        (f"{encoded}", {"p"}),
        (f"# x {encoded}", {"h1"}),
        (f"- {encoded}", {"ul", "li"}),
        (f"[x {encoded}](../a/index.md){{ .c }}", {"p", "a"}),
    ):
        page = _rendered(source)
        body = page.body
        assert body is not None
        elements = {node.tag for node in body.css("*")} - {"body", "-text"}
        assert elements <= tags
        assert _words(text) in _words(body.text())
        for node in body.css("*"):
            assert set(node.attributes) <= {"id", "href", "class"}


@given(TEXT)
@TRIES
def test_html_text_and_attribute(text: str) -> None:
    page = LexborHTMLParser(f'<p title="{for_html(text)}">{for_html(text)}</p>')
    node = page.css_first("p")
    assert _words(node.text()) == _words(text)
    assert _words(node.attributes["title"] or "") == _words(text)
    assert [child.tag for child in page.css("body *") if child.tag != "-text"] == ["p"]


@given(TEXT)
@TRIES
def test_script_holds_json(text: str) -> None:
    encoded = for_script({"x": text})
    assert not set("<>&\u2028\u2029") & set(encoded)
    assert json.loads(encoded) == {"x": text}


@given(st.text(max_size=60))
@TRIES
def test_xml_is_well_formed(text: str) -> None:
    encoded = for_xml(text)
    root = ElementTree.fromstring(f'<a b="{encoded}">{encoded}</a>'.encode("utf-8", "surrogatepass"))
    plain = "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    assert _words(root.text or "") == _words(plain.replace("\r", "\n"))


@given(TEXT)
@TRIES
def test_front_matter_is_one_line_of_yaml(text: str) -> None:
    encoded = for_front_matter(text)
    assert "\n" not in encoded
    assert yaml.safe_load(f"title: {encoded}\n") == {"title": text}


@given(TEXT)
@TRIES
def test_urls_hold_one_segment(text: str) -> None:
    assert not set(for_url(text)) & set("/?#<>\"' ")


@given(MARKS)
@TRIES
def test_an_accepted_address_cannot_leave_its_link(text: str) -> None:
    address = f"https://example.org/{text}"
    if is_web_address(address):
        page = _rendered(f"[x]({for_link(address)})")
        links = page.css("a")
        assert len(links) == 1
        assert (links[0].attributes["href"] or "").startswith("https://example.org/")
        assert set(links[0].attributes) == {"href"}


LINE_TAGS = frozenset({"p", "span", "code"} | maths.ELEMENTS)
PROSE_TAGS = LINE_TAGS | {"em", "strong", "ul", "ol", "li", "a"}


@given(TEXT)
@TRIES
@example("<b>x</b> <script>alert(1)</script> <a href='https://x.example' onclick='alert(1)'>y</a>")
@example("[x](https://x.example/ 'onclick=alert(1)')")
def test_rich_lines_and_prose_have_only_allowed_elements(text: str) -> None:
    for html, allowed in (
        (line_html(text), LINE_TAGS),
        (_converter().reset().convert(line_markdown(text)), LINE_TAGS),
        (_converter().reset().convert(f"# x {line_html_in_markdown(_words(text))}"), LINE_TAGS | {"h1"}),
        (prose_html(text), PROSE_TAGS),
    ):
        page = LexborHTMLParser(html)
        assert {node.tag for node in page.css("body *")} - {"-text"} <= allowed
        for node in page.css("body *"):
            assert not any(name.startswith("on") for name in node.attributes)
            assert node.tag != "a" or node.attributes.keys() == {"href", "rel"}
    prose_plain(text)


VALUES = st.one_of(TEXT, st.from_regex(r"\A[0-9:.~ynoNull-]{1,12}\Z")).map(str.strip).filter(bool)


@given(
    st.dictionaries(
        st.sampled_from(["title", "arxiv", "tldr", "added", "year", "x", "no"]),
        st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=3), st.dictionaries(st.just("en"), VALUES, min_size=1)),
        min_size=1,
    )
)
@TRIES
def test_yaml_makes_the_round_trip(raw: RawRecord) -> None:
    document = yaml_file.read(yaml_write.to_yaml(raw, "../x.json"))
    assert document.problems == []
    assert document.raw == yaml_file.read_fast(yaml_write.to_yaml(raw)) == raw


@given(st.binary(max_size=200))
@TRIES
def test_any_bytes_are_read_without_raising(data: bytes) -> None:
    text = yaml_file.decode_bytes(data)
    if isinstance(text, str):
        _is_read_alike_both_ways(text)


@given(st.text(alphabet="ab01&*!<%|>-:,.?[]{}#'\"\\~ \n\t\u0085\ud7ff", max_size=40))
@TRIES
def test_the_quick_way_of_reading_finds_the_same_or_gives_up(text: str) -> None:
    _is_read_alike_both_ways(text)


def _is_read_alike_both_ways(text: str) -> None:
    document, quick = yaml_file.read(text), yaml_file.read_fast(text)
    if quick is not None:
        assert (document.raw, document.problems) == (quick, [])


@given(st.text(max_size=60))
@TRIES
def test_slugs_are_slugs(text: str) -> None:
    slug = slugify(text)
    assert slug == "" or (SLUG.fullmatch(slug) and len(slug) <= 80)
    assert slugify(slug) == slug


@given(TEXT)
@TRIES
def test_a_name_loses_no_letter(text: str) -> None:
    if text.strip() and "," not in text:
        assert sorted("".join(split_name(text)).replace(" ", "")) == sorted("".join(text.split()))
