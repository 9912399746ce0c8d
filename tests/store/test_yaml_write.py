"""The canonical form of YAML files."""

import pytest

from generator.model.record import RawRecord
from generator.store.yaml_file import read
from generator.store.yaml_write import to_yaml


def test_long_text_is_folded_and_identifiers_are_quoted() -> None:
    raw = {"title": "no", "arxiv": "2601.10", "tldr": "word " * 30 + "end", "added": "2025-01-02"}
    text = to_yaml(raw)  # type: ignore[arg-type]
    assert "title: 'no'" in text
    assert 'arxiv: "2601.10"' in text
    assert "tldr: >-\n  word" in text
    assert "added: 2025-01-02" in text
    assert read(text).raw == raw


@pytest.mark.parametrize(
    "value", [" leading", "trailing ", "two\nlines", "a\n b", "a \nb", "- dash", "a: b", "a #b", "", "yes", "x " * 99]
)
def test_any_text_is_read_back_as_it_was(value: str) -> None:
    raw: RawRecord = {"title": value, "keywords": [value], "links": {"pdf": value}}
    assert read(to_yaml(raw)).raw == raw


def test_numbers_days_and_flags_are_bare_only_in_their_fields() -> None:
    text = to_yaml({"year": "2024", "authors_incomplete": "true", "title": "2024", "track": "true", "order": "007"})
    assert "year: 2024\n" in text
    assert "authors_incomplete: true\n" in text
    assert "title: '2024'\n" in text
    assert "track: 'true'\n" in text
    assert "order: '007'\n" in text


def test_equal_lists_are_written_twice_and_the_schema_first() -> None:
    names = ["Ada"]
    text = to_yaml({"authors": names, "keywords": names}, "../x.json")  # type: ignore[dict-item]
    assert text == "# yaml-language-server: $schema=../x.json\nauthors:\n- Ada\nkeywords:\n- Ada\n"
