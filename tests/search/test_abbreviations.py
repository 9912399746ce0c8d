"""Abbreviations are mined from texts that explain them, and tables give what leads to words of the digest."""

import json
from pathlib import Path

import pytest

from generator.search.abbreviations import (
    Synonyms,
    Tables,
    explained_abbreviations,
    meanings_files,
    read_synonyms,
    read_table,
)


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
def test_an_abbreviation_in_brackets_has_its_long_form(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(explained_abbreviations(text)) == pairs


def test_only_meanings_with_words_of_the_digest_are_written(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("# words\nGNN\tgraph neural network; nothing here\nDatenschutz\tprivacy; secrecy\n", "utf-8")
    words = read_table(table)
    assert words["datenschutz"] == ("privacy", "secrecy")
    counts = {"graph": 3, "neural": 2, "networks": 1, "privacy": 1}
    explained = [("dpo", "direct preference optimization")]
    meanings, german = (json.loads(file.text) for file in meanings_files(counts, explained, Tables(words, words), 9))
    assert meanings["short"]["gnn"] == ["graph neural network"]
    assert meanings["short"]["dpo"] == ["direct preference optimization"]
    assert german["datenschutz"] == ["privacy"]


def test_a_key_with_a_hyphen_is_stored_as_readers_type_it(tmp_path: Path) -> None:
    """The browser joins what a hyphen divides: `t-SNE` and `tSNE` are looked up as `tsne`."""
    table = tmp_path / "table.tsv"
    table.write_text("t-SNE\tstochastic neighbor embedding\nFew-Shot-Lernen\tfew-shot learning\n", "utf-8")
    assert read_table(table) == {
        "tsne": ("stochastic neighbor embedding",),
        "fewshotlernen": ("few shot learning",),
    }


def test_synonyms_work_in_both_directions_or_in_one(tmp_path: Path) -> None:
    table = tmp_path / "synonyms.tsv"
    table.write_text("# groups\nweight-decay; L2 penalty\npictures; photos\timage\n", "utf-8")
    both = ("weight decay", "l2 penalty")
    assert read_synonyms(table) == (Synonyms(both, both), Synonyms(("pictures", "photos"), ("image",)))


def test_only_synonyms_with_words_of_the_digest_are_written() -> None:
    same = ("weight decay", "ridge")
    tables = Tables({}, {}, (Synonyms(same, same), Synonyms(("photo",), ("image",)), Synonyms(("car",), ("vehicle",))))
    meanings, _ = meanings_files({"weight": 2, "decay": 1, "image": 1}, [], tables, 9)
    assert json.loads(meanings.text)["same"] == [[["weight decay", "ridge"], ["weight decay"]], [["photo"], ["image"]]]
