"""Bibliographies of every kind: read whole as the expected file says, damaged without raising, hostile without harm."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.kinds import IMPORTERS, importer_named, recognize
from generator.importers.raw_paper import Importer, Options, Parsed
from generator.text.latex_text import decode_latex
from generator.text.maths import to_plain
from tests.conftest import ROOT
from tests.growth.steps import growth
from tests.support.fuzzing import tries

CASES = ROOT / "tests" / "cases" / "bibliographies"
EXPECTED = json.loads((CASES / "expected.json").read_text("utf-8"))
TEXTS = {name: (CASES / name).read_text("utf-8") for name in EXPECTED}


def _importer(name: str) -> Importer:
    importer = importer_named(EXPECTED[name]["kind"])
    assert importer is not None
    return importer


def _report(parsed: Parsed) -> dict[str, object]:
    papers = [{**p.fields, "line": p.line, "venue": p.venue and asdict(p.venue)} for p in parsed.papers]
    return {"papers": papers, "notes": [[note.line, note.message, note.lost] for note in parsed.notes]}


def test_every_case_is_expected() -> None:
    assert {path.name for path in CASES.iterdir()} == {*EXPECTED, "expected.json"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bibliography_is_recognized_and_read(name: str) -> None:
    importer = recognize(TEXTS[name])
    assert importer is not None
    parsed = importer.read(TEXTS[name], Options(origin=Path(name).stem, abstract=True))
    assert {"kind": importer.NAME, **_report(parsed)} == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize(
    "damage",
    [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text, lambda text: f"\n\n{text}\n\n"],
    ids=["CRLF", "BOM", "blank lines"],
)
def test_line_ends_and_byte_order_marks_do_not_matter(name: str, damage: object) -> None:
    text = damage(TEXTS[name])  # type: ignore[operator]
    importer = recognize(text)
    assert importer is not None
    assert EXPECTED[name]["kind"] == importer.NAME
    read = [paper.fields for paper in importer.read(text, Options(origin=Path(name).stem)).papers]
    assert read == [paper.fields for paper in importer.read(TEXTS[name], Options(origin=Path(name).stem)).papers]


@pytest.mark.parametrize("name", EXPECTED)
def test_no_abstract_without_asking(name: str) -> None:
    parsed = _importer(name).read(TEXTS[name], Options(origin="x"))
    assert not any("abstract" in paper.fields for paper in parsed.papers)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_cut_file_has_a_note_that_a_record_is_lost(name: str) -> None:
    cut = TEXTS[name].rstrip()[:-3]
    parsed = _importer(name).read(cut, Options(origin="x"))
    assert any(note.lost for note in parsed.notes)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE feed [<!ENTITY a "aaaa">]><feed xmlns="http://www.w3.org/2005/Atom">arxiv.org &a;</feed>',
        '<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed xmlns="http://www.w3.org/2005/Atom">arxiv.org</feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom">arxiv.org &undefined;</feed>',
    ],
)
def test_entities_and_document_types_are_refused(text: str) -> None:
    importer = recognize(text)
    assert importer is not None
    parsed = importer.read(text, Options(origin="x"))
    assert parsed.papers == []
    assert parsed.notes[0].lost


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('{\\AA}sa M{\\"u}ller {\\v C}apek', "Åsa Müller Čapek"),
        ("50% of $x_1^2$ and \\(y\\)", "50% of $x_1^2$ and $y$"),
        ("a~b -- {BERT} \\& \\emph{c}", "a b – BERT & c"),
        ("{" * 3000 + "deep", "deep"),
        ("Q & A, R\\&D #1", "Q & A, R&D #1"),
        ("{\\O}re for $5 & R\\&D at 50%", "Øre for $5 & R&D at 50%"),
        ("A \\sqrt", "A sqrt"),
        ("A \\footnote", "A"),
        ("A \\title", "A title"),
    ],
)
def test_latex_becomes_text_with_its_formulas(source: str, text: str) -> None:
    assert decode_latex(source) == text


@pytest.mark.parametrize(
    "piece",
    ["\\frac{", "\\sqrt[", "\\cite[", "\\frac{\\}", "\\frac{$}$", "\\frac{\\verb|}|", "\\frac{\\begin{a}}", "$\\frac{"],
)
def test_latex_that_is_not_closed_takes_steps_in_proportion(piece: str) -> None:
    """The library repairs such a text in a time that doubles with each piece."""

    def prepared(pieces: int) -> Callable[[], object]:
        formula = f"${piece.replace('$', '') * pieces}$"
        return lambda: (decode_latex(piece * pieces), to_plain(formula))

    assert max(growth(prepared, 8, doublings=2)) < 2.3


@given(data=st.data(), name=st.sampled_from(sorted(EXPECTED)))
@tries(150)
def test_a_damaged_file_never_raises(data: st.DataObject, name: str) -> None:
    """Stretches cut out, doubled, or replaced by what each format holds dear."""
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 60)))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8), st.just(text[start:end] * 2)))
        text = text[:start] + piece + text[end:]
    for paper in _importer(name).read(text, Options(origin="x", abstract=True)).papers:
        json.dumps(paper.fields)
        assert paper.fields["title"]
    recognize(text)


PIECES = (
    "", "{", "}", "[", "]", '"', ",", "null", "true", "{}", "[]", "[[]]", "1e999", "\\", "$", "@", "#", "=", "\n",
    "\nER  - ", "\nTY  - ", "\nAU  - ", " and ", "{" * 400, "[" * 4000, "<a>" * 3000, "</", "<!--", "<![CDATA[", "&lt;",
    "&#0;", "\ud7ff", "\x00", "\u202e", "%", "\\begin{x}", '\\"', "\\(", "~", ",,", "-1", "99999999999999999999", "NaN",
    "\\frac{" * 40, "\\sqrt", "<b>" * 1200, f"&#{'9' * 5000};",
)  # fmt: skip


@given(text=st.text(max_size=300))
@tries(60)
def test_any_text_is_read_by_any_importer(text: str) -> None:
    for importer in IMPORTERS:
        importer.recognizes(text)
        importer.read(text, Options(origin="x"))
