"""Abbreviations are mined from texts that explain them, and tables give what leads to words of the digest."""

import json
from pathlib import Path

import pytest

from generator.search.abbreviations import Tables, meanings_file, mined, read_table


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Large language models (LLMs) write.", [("llm", "large language models")]),
        ("We use direct preference optimization (DPO).", [("dpo", "direct preference optimization")]),
        ("In-context learning (ICL) helps.", [("icl", "in context learning")]),
        ("A model (see below) and a cat (CAT).", []),
        ("It fails (FAILS).", []),
    ],
)
def test_an_explained_abbreviation_is_found(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(mined(text)) == pairs


def test_only_what_leads_to_a_word_of_the_digest_is_kept(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("# words\nGNN\tgraph neural network; nothing here\nDatenschutz\tprivacy; secrecy\n", "utf-8")
    words = read_table(table)
    assert words["datenschutz"] == ("privacy", "secrecy")
    counts = {"graph": 3, "neural": 2, "networks": 1, "privacy": 1}
    document = json.loads(
        meanings_file(counts, [("dpo", "direct preference optimization")], Tables(words, words), 9).text
    )
    assert document["short"]["gnn"] == ["graph neural network"]
    assert document["short"]["dpo"] == ["direct preference optimization"]
    assert document["german"]["datenschutz"] == ["privacy"]
