"""Raw mappings as records, and back."""

from pathlib import Path

from generator.codec.decode import decode, encode
from generator.commands.schema import schemas
from generator.model.paper import Paper
from generator.store.entries import entry_text
from generator.store.load import load
from generator.store.yaml_file import read
from tests.conftest import ROOT


def test_an_encoded_record_is_decoded_to_an_equal_one(content: Path) -> None:
    for paper in load(content).content.papers:
        again, faults = decode(Paper, encode(paper))
        assert faults == []
        assert again == paper
        path, text = entry_text(paper)
        document = read(text)
        assert document.problems == []
        assert decode(Paper, {"id": paper.id, **(document.raw or {})}) == (paper, [])
        assert text.startswith("# yaml-language-server: $schema=../../schema/papers.schema.json\n")
        assert path == f"papers/{paper.venue}/{paper.id}.yaml"


def test_schemas_are_up_to_date() -> None:
    for path, text in schemas().items():
        assert (ROOT / "content" / path).read_text("utf-8") == text, "run `digest schema`"
