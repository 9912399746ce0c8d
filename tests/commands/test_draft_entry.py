"""Drafts and reviews are written into entries, and text that a person wrote stays."""

import json
from datetime import date
from pathlib import Path

import pytest

from generator.commands.draft_entry import DraftedEntry, read_all_papers, reason_against_draft
from generator.drafting.answer import Claim
from generator.drafting.drafter import Draft
from generator.drafting.prompt import Prompt
from generator.drafting.source_text import SourceText
from tests.support.drafts import ENTRY, entry_fields, write_entry

ID = "byron2025kites"
SOURCE, PROMPT = SourceText("abstract", "Kites fly.", version="v2"), Prompt("", "0" * 16)


def _draft(**texts: str) -> Draft:
    claims = {field: ((Claim(text=text, evidence=()),),) for field, text in texts.items()}
    return Draft(texts={"en": claims}, topics=("cats",), tags=(), asked_as=(), failed={}, rewritten=False)


def test_an_unfinished_entry_is_read_without_its_empty_fields(content: Path) -> None:
    write_entry(content, links={"pdf": "https://x.example/a.pdf"})
    paper = read_all_papers(content)[ID]
    assert (paper.tldr, paper.topics, paper.links.pdf) == (None, (), "https://x.example/a.pdf")


@pytest.mark.parametrize(
    ("fields", "reason", "with_rewrite"),
    [
        ({}, "", ""),
        ({"tldr": "Kites fly."}, "the writer of its text is not recorded", "the writer of its text is not recorded"),
        ({"tldr": "Kites fly.", "summary_by": {"kind": "human"}}, "a person wrote", "a person wrote"),
        ({"tldr": "Kites fly.", "summary_by": {"kind": "ai", "reviewed_by": "Ada"}}, "a person", "a person"),
        ({"tldr": "Kites fly.", "summary_by": {"kind": "ai"}}, "use --rewrite", ""),
    ],
)  # fmt: skip
def test_only_the_text_of_a_model_may_be_replaced(
    fields: dict[str, object], reason: str, with_rewrite: str, content: Path
) -> None:
    write_entry(content, **fields)
    paper = read_all_papers(content)[ID]
    for rewrite, expected in ((False, reason), (True, with_rewrite)):
        result = reason_against_draft(paper, rewrite=rewrite)
        assert (expected in result) if expected else result == ""


def test_a_draft_is_written_with_its_origin_and_keeps_comments_and_topics(content: Path) -> None:
    write_entry(content, topics=["dogs"], limitations="Of an older draft.")
    entry = DraftedEntry(content, read_all_papers(content)[ID])
    message = entry.write_draft(_draft(tldr="Kites fly."), SOURCE, PROMPT, "toy", date(2026, 5, 2))
    assert message == "drafted tldr"
    fields = entry_fields(content)
    assert fields["tldr"] == {"en": "Kites fly."}
    assert fields["topics"] == ["dogs"], "topics that a person chose stay"
    assert "limitations" not in fields
    assert fields["summary_by"]["of"] == {"what": "abstract", "version": "v2", "sha256": SOURCE.short_hash}
    assert (content / ENTRY).read_text("utf-8").splitlines()[1] == "# Found at the fair"


def test_a_row_of_a_jsonl_file_keeps_its_neighbors_and_its_line_ending(content: Path) -> None:
    row = {"id": "jsonl2025row", "title": "Rows", "venue": "conf-2025", "topics": ["cats"], "added": "2025-05-02"}
    other = json.dumps({**row, "id": "other2025row", "title": "Other rows"})
    path = content / "papers/conf-2025.jsonl"
    path.write_bytes(f'{json.dumps(row)[:-1]}, "arxiv": 2501.12340}}\r\n{other}\r\n'.encode())
    DraftedEntry(content, read_all_papers(content)["jsonl2025row"]).update({"tldr": "Rows stay."}, ["topics"])
    first, second = path.read_bytes().decode().removesuffix("\r\n").split("\r\n")
    assert second == other
    assert json.loads(first)["tldr"] == "Rows stay."
    assert json.loads(first)["arxiv"] == "2501.12340", "the last zero of an identifier"
    assert "topics" not in json.loads(first)
