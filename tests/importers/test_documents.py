"""Untrusted JSON and XML."""

import pytest

from generator.importers.documents import (
    BadXml,
    LineFinder,
    first_text,
    json_value,
    mapping,
    mappings,
    root_of,
    text_of,
    texts,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ("\ufeff [1]", [1]),
        ("a", None),
        ('{"b": 1', None),
        ("[" * 100_000, None),
    ],
)
def test_json_is_parsed_or_none(text: str, value: object) -> None:
    assert json_value(text) == value


def test_a_missing_key_is_found_without_parsing() -> None:
    assert json_value('{"a": 1}', '"b"') is None


def test_values_of_unexpected_types_are_left_out() -> None:
    assert mappings([{"a": 1}, 2, None]) == [{"a": 1}]
    assert mappings({"a": 1}) == []
    assert mapping([1]) == {}
    assert texts(["a", 1, "b"]) == ["a", "b"]
    assert (first_text("a"), first_text(["b", "c"]), first_text(None), first_text([1])) == ("a", "b", "", "")


def test_lines_are_found_in_the_order_of_records() -> None:
    lines = LineFinder("one\ntwo\none\n")
    assert [lines.line_of(piece) for piece in ("one", "one", "missing", "")] == [1, 3, 3, 3]


@pytest.mark.parametrize("text", ["<a>", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "<a>&b;</a>", ""])
def test_xml_with_faults_or_entities_is_refused(text: str) -> None:
    with pytest.raises(BadXml):
        root_of(text)


def test_lines_of_xml_faults_are_counted_from_the_beginning_of_the_file() -> None:
    with pytest.raises(BadXml, match=r"^line 4: mismatched tag"):
        root_of("\ufeff\n\n<a>\n</b>")


def test_the_text_of_an_element_has_its_formulas() -> None:
    assert text_of(root_of("\ufeff <a>x <b>y</b> <tex-math>n</tex-math>z</a>")) == "x y $n$z"
    assert text_of(None) == ""
