"""Sources of entries and writers of texts."""

from pathlib import Path

import pytest

from generator.codec.decode import decode, encode
from generator.commands.check import problems_of
from generator.model.paper import Paper
from generator.model.provenance import FACTS
from generator.model.record import Raw, RawRecord
from generator.store.load import load
from tests.model.test_faults import GOOD


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("search-page 002:108", {"kind": "search-page", "name": "002", "item": "108"}),
        ("bibtex DBLP:journals/x", {"kind": "bibtex", "item": "DBLP:journals/x"}),
        ("issue 7", {"kind": "issue", "item": "7"}),
        ("example", {"kind": "example"}),
        (["daily-papers 001:3", {"kind": "page", "url": "https://a.example/"}],
         [{"kind": "daily-papers", "name": "001", "item": "3"}, {"kind": "page", "url": "https://a.example/"}]),
    ],
)  # fmt: skip
def test_the_former_one_line_form_of_a_source_is_read(written: Raw, source: Raw) -> None:
    raw: RawRecord = {"id": "a", "title": "A", "venue": "v", "topics": ["t"], "added": "2025-05-02"}
    paper, faults = decode(Paper, {**raw, "source": written})
    assert (faults, paper and encode(paper)) == ([], {**raw, "source": source})


@pytest.mark.parametrize(
    ("line", "code"),
    [("source: ''", "E215"), ("source:\n  name: x", "E202"), ("source:\n  kind: x\n  page: 3", "E201")],
)
def test_a_source_needs_a_kind(line: str, code: str, content: Path) -> None:
    (content / "papers/conf-2025/bad.yaml").write_text(f"{GOOD}{line}\n", "utf-8")
    (fault,) = problems_of(load(content))
    assert (fault.code, fault.path) == (code, "papers/conf-2025/bad.yaml")
    assert fault.line > 8


def test_a_reading_with_only_a_name_is_written_as_that_name() -> None:
    raw: RawRecord = {"id": "a", "title": "A", "venue": "v", "topics": ["t"], "added": "2025-05-02"}
    for reading in ("abstract", ["abstract", {"what": "arXiv", "version": "v2"}]):
        paper, faults = decode(Paper, {**raw, "summary_by": {"kind": "human", "of": reading}})  # type: ignore[dict-item]
        assert faults == []
        assert paper is not None
        assert encode(paper)["summary_by"] == {"kind": "human", "of": reading}


def test_facts_are_fields_of_a_paper_and_never_its_texts() -> None:
    assert set(FACTS) <= Paper.__dataclass_fields__.keys()
    assert not set(FACTS) & {"tldr", "summary", "significance", "limitations", "abstract"}
