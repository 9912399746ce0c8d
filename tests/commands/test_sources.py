"""Source files are decoded whatever their encoding, and each failure has a message."""

from pathlib import Path

import pytest

from generator.commands.sources import MAX_NOTES, SourceFile, Sources, print_report, read_sources
from generator.importers.raw_paper import Note, Options, Parsed
from tests.conftest import ROOT

BIBTEX = "@article{a, title = {Käse}, author = {Byron, Ada}, year = 2025}\n"


def _read(folder: Path, data: bytes, name: str = "acl_2025.bib", **options: str) -> Sources:
    (folder / name).write_bytes(data)
    return read_sources([folder / name], Options(origin=options.get("origin", "")), options.get("kind"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_detected(encoding: str, tmp_path: Path) -> None:
    ((_, kind, parsed),) = _read(tmp_path, BIBTEX.encode(encoding)).files
    assert (kind, parsed.papers[0].fields["title"]) == ("bibtex", "Käse")


def test_the_origin_is_the_name_of_the_file_up_to_an_underscore(tmp_path: Path) -> None:
    article = (ROOT / "tests/cases/sources/prose.txt").read_bytes()
    for options, expected in (({}, "tide"), ({"origin": "mine"}, "mine")):
        ((_, _, parsed),) = _read(tmp_path, article, "tide_2025.txt", **options).files
        source = parsed.papers[0].fields["source"]
        assert isinstance(source, dict)
        assert source["name"] == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b" \n", "the file is empty"),
        (b"\x00\x01\x02" * 100, "not a text file in UTF-8"),
        (b"\xff\xfe\xfd" * 100, "not a text file in UTF-8"),
        (b"Dear reader, hello.", "unknown kind of source; name it with --kind"),
    ],
)
def test_an_unusable_file_is_a_failure(data: bytes, message: str, tmp_path: Path) -> None:
    sources = _read(tmp_path, data, "x.txt")
    assert sources.files == []
    assert message in sources.failures[0]


def test_a_missing_file_is_a_failure(tmp_path: Path) -> None:
    assert "No such file" in read_sources([tmp_path / "none"], Options(origin=""), None).failures[0]


def test_replaced_bytes_are_noted_with_their_line(tmp_path: Path) -> None:
    data = BIBTEX.encode() + b"% \xc3\x28 \xc3\xa4\n" + b"% plain\n" * 50
    ((_, _, parsed),) = _read(tmp_path, data).files
    assert [note.line for note in parsed.notes if "not UTF-8" in note.message] == [2]


def test_a_report_counts_rows_and_limits_notes(capsys: pytest.CaptureFixture[str]) -> None:
    notes = [Note(1, "odd") for _ in range(MAX_NOTES + 5)]
    print_report(Sources([SourceFile(Path("a"), "bibtex", Parsed(notes=notes))], ["b: the file is empty"]), merged=0)
    lines = capsys.readouterr().err.splitlines()
    assert lines.count("a:1: odd") == MAX_NOTES
    assert {"a: 5 more notes", "b: the file is empty", "0 rows, 0 papers after merging", "repairs: none"} <= set(lines)
