"""Copied pages and articles: papers are imported as readers see them, other text is counted, nothing is invented.

The pages and articles in ``cases/pages`` are written for these tests.
"""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from generator.importers import daily_papers, paper_page, prose_digest, search_page
from generator.importers.dates import is_period, page_date
from generator.importers.kinds import recognize
from generator.importers.page_lines import without_markdown
from generator.importers.raw_paper import Options, Parsed
from tests.conftest import ROOT
from tests.support.command import digest

PAGES = ROOT / "tests/cases/pages"
EXPECTED = json.loads((PAGES / "expected.json").read_text("utf-8"))


LISTED = [name for name, page in EXPECTED.items() if page["kind"] != "prose-digest" and page["papers"]]


def _read(name: str) -> tuple[str, Parsed]:
    text = (PAGES / name).read_text("utf-8")
    importer = recognize(text)
    assert importer is not None
    return importer.NAME, importer.read(text, Options(origin=Path(name).stem, year=2026))


def test_every_page_is_expected() -> None:
    assert {path.name for path in PAGES.iterdir()} == {*EXPECTED, "expected.json"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_is_recognized_and_read(name: str) -> None:
    kind, parsed = _read(name)
    papers = [
        {**paper.fields, "line": paper.line, **({"venue": asdict(paper.venue)} if paper.venue else {})}
        for paper in parsed.papers
    ]
    notes = [f"{note.line}: {note.message}" for note in parsed.notes]
    assert {"kind": kind, "papers": papers, "notes": notes} == EXPECTED[name]


@pytest.mark.parametrize("name", LISTED)
def test_every_line_of_a_page_is_imported_or_listed(name: str) -> None:
    """Each line is a title, a part of an abstract, an author, a day, or among what was not imported."""
    _, parsed = _read(name)
    imported = json.dumps([paper.fields for paper in parsed.papers], ensure_ascii=False)
    listed = {unread.line for unread in parsed.unread} | {note.line for note in parsed.notes}
    for number, line in enumerate((PAGES / name).read_text("utf-8").splitlines(), 1):
        text = (without_markdown(line).text if name.endswith(".md") else line).strip(" ,")
        text = re.sub(r"^(?:Subscribe(?=[A-Z])|[0-9]+\. |Abstract: )", "", text)
        missing = text and number not in listed and json.dumps(text, ensure_ascii=False)[1:-1] not in imported
        is_day = page_date(text.rpartition("on ")[2]) or is_period(text)
        assert not missing or is_day or text.startswith(("arxiv:", "Authors:")) or "](" in line, (number, text)


@pytest.mark.parametrize("name", ["no-papers.txt", "mostly-menu.txt"])
def test_a_page_of_mostly_other_rows_gives_no_papers(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert digest("parse", PAGES / name, "--year", "2026", "--out", tmp_path / "c", "--jsonl", "-") == 1
    assert not (tmp_path / "c").exists()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "rows do not look like papers" in shown.err
    assert "nothing was written" in shown.err


def test_the_report_counts_unread_parts_and_lists_them_with_verbose(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGES / "daily-cards.txt"
    assert digest("parse", page, "--year", "2026", "--jsonl", "-") == 0
    err = capsys.readouterr().err
    assert "number of authors 3" in err
    assert f"{page}:18:" not in err
    assert digest("parse", page, "--year", "2026", "--jsonl", "-", "--verbose") == 0
    assert f"{page}:18: not imported: text outside of papers: 'PierLab'" in capsys.readouterr().err


def _steps(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work runs."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


OPENING = "The Conference on Ropes (COR) takes place from May 1 to 3 2025 in X.\n\nAda Byron and Bo Li study x.\n\n"
GROWING: dict[str, tuple[Callable[[str, Options], Parsed], Callable[[int], str]]] = {
    "names without spaces": (prose_digest.read, lambda n: OPENING + "Þ." * n),
    "names": (prose_digest.read, lambda n: OPENING + "Ada Byron " * n),
    "names and commas": (prose_digest.read, lambda n: OPENING + "Ada Byron, " * n),
    "brackets": (prose_digest.read, lambda n: OPENING + "Ada Byron (" * n),
    "particles": (prose_digest.read, lambda n: OPENING + "Ada van de " * n),
    "dates": (prose_digest.read, lambda n: "from May 1 to " * n + "(COR)\n\nAda Byron and Bo Li study x.\n"),
    "papers": (prose_digest.read, lambda n: OPENING + "Cem Ak and Bo Li study x.\n" * n),
    "titles": (search_page.read, lambda n: "A Title of Ropes\n" * n),
    "titles and abstracts": (search_page.read, lambda n: "A Title of Ropes\nRopes hold if they are tied.\n" * n),
    "cards": (daily_papers.read, lambda n: "Submitted by\nx\n1\nA Title of Ropes\n· 3 authors\n" * n),
    "dates of pages": (daily_papers.read, lambda n: "Sep 3\nPrevious\n" * n),
    "links": (daily_papers.read, lambda n: "[A Title of Ropes](/papers/2603.00042)\n" + "[a](" * n),
    "authors": (paper_page.read, lambda n: "arxiv:2603.00042\nA Title of Ropes\n" + "Authors:\n" * n),
    "names of a page": (paper_page.read, lambda n: "arxiv:2603.00042\nRopes that Hold\nAuthors:\n" + "Ada B,\n" * n),
}


@pytest.mark.parametrize("name", GROWING)
def test_steps_grow_with_the_length_of_a_page(name: str) -> None:
    """Twice the input takes at most 2.3 times the steps, three times in a row."""
    read, make = GROWING[name]
    options = Options(origin="t", year=2026)
    counts = [_steps(partial(read, make(number), options)) for number in (40, 80, 160, 320)]
    ratios = [after / before for before, after in pairwise(counts)]
    assert max(ratios) < 2.3, counts
