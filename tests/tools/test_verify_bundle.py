"""The verification of archives."""

import hashlib
import json
from typing import Any

import pytest

from tools.verify_bundle import faults


def _archive(*ids: str, changes: tuple[dict[str, Any], ...] = ()) -> dict[str, bytes]:
    files = {
        "papers.jsonl": "".join(json.dumps({"id": paper}) + "\n" for paper in ids),
        "papers.bib": "".join(f"@article{{{paper},\n}}\n" for paper in ids),
        "changes.jsonl": "".join(json.dumps(change) + "\n" for change in changes),
        "codemeta.json": "{}",
        ".zenodo.json": "{}",
        **{f"content/papers/conf/{paper}.yaml": "title: x\n" for paper in ids},
        **{f"site/papers/{paper}/index.md": "# x\n" for paper in ids},
    }
    data = {name: text.encode() for name, text in files.items()}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in data.items())
    return {**data, "manifest-sha256.txt": sums.encode()}


def test_a_sound_archive_has_no_faults() -> None:
    assert list(faults(_archive("a", "b"), None)) == []


def test_changed_missing_and_unlisted_files_are_found() -> None:
    archive = _archive("a")
    assert "papers.bib: the checksum" in " ".join(faults({**archive, "papers.bib": b"@article{a,"}, None))
    assert "extra: not listed" in " ".join(faults({**archive, "extra": b""}, None))
    del archive["content/papers/conf/a.yaml"]
    assert "content/papers/conf/a.yaml: listed in manifest-sha256.txt, but missing" in list(faults(archive, None))


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "papers.jsonl", "changes.jsonl", "codemeta.json"])
def test_an_archive_that_lacks_a_required_file_is_reported(name: str) -> None:
    archive = _archive("a")
    del archive[name]
    assert list(faults(archive, None)) == [f"{name}: missing from the archive"]
    assert list(faults(_archive("a"), {})) == ["papers.jsonl: missing from the earlier archive"]


def test_a_paper_listed_as_changed_that_the_archive_lacks_is_reported() -> None:
    changes = ({"change": "changed", "id": "c", "fields": ["title"]},)
    (added, changed, removed) = faults(_archive("a", "b", changes=changes), _archive("a", "c"))
    assert (added[-1:], changed[-1:], removed[-1:]) == ("b", "c", "c")


def test_parts_that_contain_other_papers_are_found() -> None:
    archive = _archive("a", "b")
    del archive["site/papers/b/index.md"]
    assert any("only one of site and papers.jsonl contains these papers: b" in fault for fault in faults(archive, None))


@pytest.mark.parametrize(
    ("changes", "sound"),
    [
        (({"change": "added", "id": "b"}, {"change": "removed", "id": "c"}), True),
        (({"change": "added", "id": "b"},), False),
        (({"change": "removed", "id": "c"},), False),
    ],
)
def test_changes_must_be_the_differences_of_the_records(changes: tuple[dict[str, Any], ...], sound: bool) -> None:
    found = list(faults(_archive("a", "b", changes=changes), _archive("a", "c")))
    assert (found == []) is sound
