"""Encoders for the destinations of text. ``tests/property`` checks them with generated text."""

import json

import pytest

from generator.text import escape


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("<b> & *x*", r"&lt;b&gt; &amp; \*x\*"),
        ("two\nlines  here", "two lines here"),
        ("1. First", "1&#46; First"),
        ("- item", "&#45; item"),
        ("-5 degrees", "-5 degrees"),
        ("plain", "plain"),
    ],
)
def test_markdown_is_one_line_of_inert_text(text: str, encoded: str) -> None:
    assert escape.for_markdown(text) == encoded


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "@x", "+1", "-1", "＝1"])
def test_a_spreadsheet_runs_no_cell(text: str) -> None:
    assert escape.for_csv(text).startswith("\"'")
    assert escape.for_csv("a;=1") == '"a;\'=1"'
    assert escape.for_csv('say "x"') == '"say ""x"""'


def test_json_in_a_script_cannot_close_the_element() -> None:
    text = escape.for_script({"a": "</script><!-- & ü"})
    assert not set("<>&ü") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & ü"}


def test_a_mail_header_has_one_line_and_no_encoded_word() -> None:
    assert escape.for_mail_header("Cats\r\nBcc: x") == "Cats Bcc: x"
    assert escape.for_mail_header("=?utf-8?q?x?=") == "= ?utf-8?q?x?="


def test_a_terminal_shows_invisible_characters_as_their_code() -> None:
    assert escape.for_terminal("a\x1b[2Jb\u202e") == "a\\u{1b}[2Jb\\u{202e}"
    assert escape.for_terminal("\udcff") == "\\xff"


@pytest.mark.parametrize(
    ("line", "safe"), [("  ::error::x", "  \\u{3a}:error::x"), ("a ##[group]", "a #\\u{23}[group]")]
)
def test_a_log_of_github_runs_no_command(line: str, safe: str) -> None:
    assert escape.for_github_log(line) == safe


def test_characters_that_xml_forbids_are_dropped() -> None:
    assert escape.for_xml("a\x00\x0b<b> 'c'\ufffe") == "a&lt;b&gt; &#39;c&#39;"


def test_blank_lines_become_single_and_surround_nothing() -> None:
    assert escape.single_blank_lines("\n\na\n\n\n\nb\n\n") == "a\n\nb\n"
