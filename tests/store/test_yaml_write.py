"""The canonical form of YAML files."""

from generator.store.yaml_file import read
from generator.store.yaml_write import write


def test_long_text_is_folded_and_identifiers_are_quoted() -> None:
    raw = {"title": "no", "arxiv": "2601.10", "tldr": "word " * 30 + "end", "added": "2025-01-02"}
    text = write(raw)  # type: ignore[arg-type]
    assert "title: 'no'" in text
    assert 'arxiv: "2601.10"' in text
    assert "tldr: >-\n  word" in text
    assert "added: 2025-01-02" in text
    assert read(text).raw == raw
