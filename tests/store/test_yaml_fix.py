"""``digest check --fix``: what is mechanical is normalized, and every other line stays byte for byte."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.commands.check import _fix_rows
from generator.store import yaml_file
from generator.store.yaml_edit import with_fields
from generator.store.yaml_fix import corrected_values, fix_yaml, with_texts
from generator.text.data_entry import normalize_value
from tests.conftest import ROOT
from tests.model.test_faults import GOOD, HOME
from tests.support.command import digest

EVERY = int(os.environ.get("DIGEST_FIX", "16"))
"""Of the real entries, every 16th is spoiled in the suite, and each of them by ``make fixes``."""


@pytest.mark.parametrize(
    ("field", "bad", "good"),
    [
        ("doi", "https://doi.org/10.1145/3.x", "10.1145/3.x"),
        ("doi", "doi: 10.1145/3.x ", "10.1145/3.x"),
        ("doi", "https://doi.org/10.48550/arXiv.2501.00001", "10.48550/arXiv.2501.00001"),
        ("arxiv", "https://arxiv.org/pdf/2501.00001v2", "2501.00001"),
        ("arxiv", "arXiv:2501.00001", "2501.00001"),
        ("openreview", "https://openreview.net/forum?id=kItEs00001", "kItEs00001"),
        ("acl", "https://aclanthology.org/2024.acl-long.9/", "2024.acl-long.9"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("ror", "https://ror.org/02njgxr09", "02njgxr09"),
        ("added", "2025/5/2", "2025-05-02"),
        ("title", " A  title\u00a0\n of two lines\ufeff", "A title of two lines"),
        ("title", "A\u030angstro\u0308m", "\u00c5ngstr\u00f6m"),
        ("summary", "Two\n\nparagraphs  here e\u0301", "Two\n\nparagraphs  here \u00e9"),
    ],
)
def test_a_fault_with_one_correction_is_fixed(field: str, bad: str, good: str) -> None:
    assert normalize_value(field, bad) == good
    assert normalize_value(field, good) == good


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("doi", "11.1/x"), ("arxiv", "hello"), ("orcid", "1234"), ("added", "2.5.2025"), ("added", "soon"),
        ("links", "https://a.example/A\u030a"), ("title", " "), ("title", "a\u200bb"), ("aliases", "A  b"),
    ],
)  # fmt: skip
def test_a_fault_that_a_person_must_decide_is_not_fixed(field: str, text: str) -> None:
    assert normalize_value(field, text) == text


SPOILED = """\
# yaml-language-server: $schema=../../schema/papers.schema.json
title:   'Bad  ''quotes'' here '   # a comment
authors:
  - "Ada  Byron"  # first
  - name: Bo  Elm
    orcid: https://orcid.org/0000-0002-1825-0097

# the venue
venue: conf-2025
topics: [cats]
keywords:
- owls   # the birds
- mice
-   owls
doi: https://doi.org/10.5555/owls
links: {code: "https://a.example/b  c"}
tldr: {en: One  line., de: Eine}
summary: |
  Kept  as
    it is.
added: 2025/5/2
"""
MENDED = (
    SPOILED.replace("'Bad  ''quotes'' here '", "'Bad ''quotes'' here'").replace("Ada  Byron", "Ada Byron")
    .replace("Bo  Elm", "Bo Elm").replace("https://orcid.org/0000-0002-1825-0097", '"0000-0002-1825-0097"')
    .replace("-   owls\n", "").replace("https://doi.org/10.5555/owls", '"10.5555/owls"')
    .replace("One  line.", "One line.").replace("2025/5/2", "2025-05-02")
)  # fmt: skip


@pytest.mark.parametrize("form", ["plain", "CRLF", "BOM"])
def test_quotes_comments_and_order_stay(form: str) -> None:
    def shaped(text: str) -> str:
        return {"plain": text, "CRLF": text.replace("\n", "\r\n"), "BOM": "\ufeff" + text}[form]

    assert fix_yaml(shaped(SPOILED), normalize_value) == shaped(MENDED)
    assert fix_yaml(shaped(MENDED), normalize_value) == shaped(MENDED)


@pytest.mark.parametrize("text", ["title: [", "", "a: &x b\nc: *x\n", "title: a\ntitle: b\n", "keywords: [a, a]\n"])
def test_a_file_that_cannot_be_edited_in_place_stays(text: str) -> None:
    assert fix_yaml(text, normalize_value) == text


@pytest.mark.parametrize("end", ["\r", "\u2028", "\u2029", "\x85"])
def test_a_file_with_other_line_ends_stays(end: str) -> None:
    text = f"# {end * 4}\nkeywords:\n- a\n- a\nlinks: {{}}\n"
    assert fix_yaml(text, normalize_value) == text
    assert with_fields(text, {"doi": "10.5555/x"}, ("keywords", "doi", "links")) is None


def test_an_empty_mapping_in_braces_stays() -> None:
    assert with_fields("title: a\nlinks: {}\n", {"links": {"pdf": "https://example.org/"}}, ("title", "links")) is None


@pytest.mark.parametrize(
    ("row", "better"),
    [
        ('{"id": "a", "title": "x  y", "arxiv": 2601.01230}', '{"id": "a", "title": "x y", "arxiv": "2601.01230"}'),
        ('{"title": "x  y", "title": "z  q"}', '{"title": "x  y", "title": "z  q"}'),
        ('{"title": "x  y", "note": ' + "[" * 600 + "]" * 600 + "}", ""),
        ('{"title": "x  y", "year": null}', ""),
    ],
)
def test_a_row_is_fixed_or_stays_byte_for_byte(row: str, better: str) -> None:
    assert _fix_rows(f"{row}\n\n{row}") == f"{better or row}\n\n{better or row}"


def test_the_command_fixes_reports_and_checks(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = content / HOME
    path.write_text(GOOD.replace("A good title", "A  good title") + "doi: https://doi.org/10.5555/owls\n", "utf-8")
    other = content / "papers/preprint-2025.jsonl"
    rows = other.read_text("utf-8").split("\n")
    other.write_text("\n".join([rows[0], rows[1].replace("A paper by", "A  paper by"), *rows[2:]]), "utf-8")
    before = {p: p.read_bytes() for p in content.rglob("*") if p.is_file() and p not in (path, other)}
    assert digest("check", "--content", content) == 1
    assert digest("check", "--content", content, path, "--fix") == 0
    assert path.read_text("utf-8") == GOOD + 'doi: "10.5555/owls"\n'
    assert "A  paper by" in other.read_text("utf-8"), "only the file that was named"
    assert digest("check", "--content", content, "--fix") == 0
    assert other.read_text("utf-8").split("\n")[0] == rows[0]
    assert "A paper by" in other.read_text("utf-8")
    assert {p: p.read_bytes() for p in before} == before
    assert f"fixed {content}/{HOME}" in capsys.readouterr().err


def test_real_entries_keep_every_line_without_a_fault() -> None:
    """Each entry gets comments and is spoiled in up to five lines; all other lines come back byte for byte."""
    paths = sorted((ROOT / "content/papers").rglob("*.yaml"))
    assert len(paths) >= 521
    for path in paths[::EVERY]:
        whole = path.read_text("utf-8")
        assert fix_yaml(whole, normalize_value) == whole, path
        lines = [f"{line}  # kept" if line in ("authors:", "topics:") else line for line in whole.split("\n")]
        spoiled = [_spoiled(line) for line in lines]
        touched = {number for number, line in enumerate(lines) if spoiled[number] != line}
        assert touched, path
        doubled = lines.index("topics:  # kept") + 1
        spoiled.insert(doubled + 1, spoiled[doubled])
        result = fix_yaml("\n".join(spoiled), normalize_value).split("\n")
        assert [line for number, line in enumerate(result) if number not in touched] == [
            line for number, line in enumerate(lines) if number not in touched
        ], path
        assert yaml_file.read("\n".join(result)).raw == yaml_file.read(whole).raw, path


def _spoiled(line: str) -> str:
    if line.startswith("added: "):
        return line.replace("-", "/")
    if line.startswith("title: ") and not line.startswith("title: >"):
        return "title: " + line.removeprefix("title: ").replace(" ", "  ")
    if line.startswith('arxiv: "'):
        return line.replace('"', '"https://arxiv.org/abs/', 1)
    if line.startswith('doi: "'):
        return line.replace('"', '"https://doi.org/', 1)
    if line.startswith(("- ", "  ")) and not unicodedata.is_normalized("NFD", line):
        return unicodedata.normalize("NFD", line)
    return line


@example("0\t0", "")
@example("[\uf900]", "")
@given(st.text(max_size=60), st.sampled_from(["'", '"', ""]))
def test_any_value_is_fixed_in_its_quotes_or_the_file_stays(value: str, quote: str) -> None:
    text = f"# top\ntitle: {quote}{value.replace(quote, '') if quote else value}{quote} # side\nadded: 2025-05-02\n"
    raw = yaml_file.read(text).raw
    after = fix_yaml(text, normalize_value)
    if raw is None:
        assert after == text
    elif after != text:
        again = yaml_file.read(after).raw
        assert again == corrected_values(raw, normalize_value)
        assert after.startswith("# top\n")
        assert fix_yaml(after, normalize_value) == after


def test_texts_of_a_file_that_only_one_of_two_readers_accepts_stay() -> None:
    assert with_texts("title: a\tb\nvenue: x\n", {("venue",): "y"}) is None
