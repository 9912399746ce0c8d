"""What is printed: a stranger's text is one visible line, and no command of the host that keeps the log."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.text.escape import (
    for_annotation,
    for_annotation_property,
    for_github_log,
    for_gitlab_log,
    for_printed_json,
    for_terminal,
)
from tests.property.test_encoders import TRIES

ANY = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None), max_size=40),
    st.text("a:#[]%,\n\r\x1b\u202e\udcff ", max_size=30),
)


@given(ANY)
@TRIES
@example("a\n::stop-commands::x\x1b[2J")
@example("\udcff\u202e\x9b")
def test_a_name_is_one_visible_line(text: str) -> None:
    for encode in (for_terminal, for_gitlab_log, for_github_log):
        assert encode(text).isprintable()
        assert encode(encode(text)) == encode(text)


@given(ANY)
@TRIES
@example("::error::x")
@example("  ::add-mask::x")
@example("a ##[group]b")
def test_a_name_is_no_command_of_a_workflow(text: str) -> None:
    line = for_github_log(text)
    assert not line.strip().startswith("::")
    assert "##[" not in line


@given(ANY)
@TRIES
@example("a,line=1::b%0A\n::error::c")
@example("##[add-mask]x")
def test_an_annotation_is_one_command_with_its_text(text: str) -> None:
    command = f"::error file={for_annotation_property(text)},line=1::{for_annotation(text)}"
    assert command.isprintable()
    assert "##[" not in command
    match = re.fullmatch(r"::error file=([^,:]*),line=1::(.*)", command)
    assert match
    if text.isprintable() and "##[" not in text:
        codes = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
        assert [re.sub("%(25|0D|0A|3A|2C)", lambda code: codes[code[0]], escaped) for escaped in match.groups()] == [
            text,
            text,
        ]


@given(ANY)
@TRIES
@example("\x7f\x9b\u202e\udcff\U000e0001")
def test_printed_json_is_seen_and_means_the_same(text: str) -> None:
    printed = for_printed_json({"a": text}, indent=1)
    assert printed.replace("\n", "").isprintable()
    assert json.loads(printed) == {"a": text} or any(0xD800 <= ord(c) <= 0xDFFF for c in text)


@pytest.mark.parametrize("text", ["café", "Ω-3 fats", "日本", "a: b, 50%"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert for_terminal(text) == for_gitlab_log(text) == for_github_log(text) == text
