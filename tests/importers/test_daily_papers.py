"""Copies of Daily Papers pages: papers, days, repairs and damage."""

import pytest

from generator.importers import daily_papers
from generator.importers.raw_paper import Options, Parsed
from tests.conftest import ROOT

SAMPLES = ROOT / "tests/cases/sources"


DAILY = (SAMPLES / "daily.txt").read_text("utf-8")


OPTIONS = Options(origin="t", year=2025)


def _titles(parsed: Parsed) -> list[object]:
    return [paper.fields["title"] for paper in parsed.papers]


def test_a_page_gives_titles_days_links_and_repairs() -> None:
    parsed = daily_papers.read(DAILY, OPTIONS)
    assert _titles(parsed) == ["Boats That Steer Themselves", "On the Hölder Class of Nets"]
    first = parsed.papers[0].fields
    assert first["added"] == "2025-09-03"
    assert first["links"] == {"code": "https://github.com/example/boats"}
    assert first["source"] == {"kind": "daily-papers", "name": "t", "item": "1"}
    assert "$\\ell_2$" in str(parsed.papers[1].fields["abstract"])
    assert [(note.line, note.message) for note in parsed.notes] == [(21, "left out: no abstract below 'A Title Alone'")]
    assert parsed.repairs["maths"] == 1
    assert parsed.repairs["accents"] == 1


def test_a_date_without_a_year_is_reported() -> None:
    parsed = daily_papers.read(DAILY, Options(origin="t"))
    assert "added" not in parsed.papers[0].fields
    assert "give --year" in parsed.notes[0].message


def test_repairs_can_be_switched_off() -> None:
    options = Options(origin="t", year=2025, skipped_repairs=frozenset({"maths", "accents", "links"}))
    parsed = daily_papers.read(DAILY, options)
    assert "ell_2" in str(parsed.papers[1].fields["abstract"])
    assert "links" not in parsed.papers[0].fields
    assert parsed.papers[1].fields["title"] == 'On the H\\"older Class of Nets'


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\n\n\n"),
        lambda text: text.replace("ö", "o\u0308"),
        lambda text: "\n".join(text.splitlines()[3:]),
    ],
    ids=["CRLF", "BOM", "blank lines", "NFD", "no banner"],
)
def test_damaged_pages_give_the_same_papers(damage: object) -> None:
    text = damage(DAILY)  # type: ignore[operator]
    assert _titles(daily_papers.read(text, OPTIONS)) == _titles(daily_papers.read(DAILY, OPTIONS))


def test_an_abstract_split_over_lines_is_one_abstract() -> None:
    split = DAILY.replace(". They", ".\nThey")
    assert split != DAILY
    assert daily_papers.read(split, OPTIONS).papers[0].fields == daily_papers.read(DAILY, OPTIONS).papers[0].fields


def test_an_entity_of_thousands_of_digits_is_read() -> None:
    parsed = daily_papers.read(DAILY.replace("On the", f"&#{'9' * 5000}; On the"), OPTIONS)
    assert _titles(parsed)[1] == "\ufffd On the Hölder Class of Nets"


PAGES = ROOT / "tests/cases/pages"


def test_a_date_of_a_page_of_cards_needs_a_year() -> None:
    text = (PAGES / "daily-cards.txt").read_text("utf-8")
    parsed = daily_papers.read(text, Options(origin="t"))
    assert [note.message for note in parsed.notes] == ["the date 'Mar 12' needs a year: give --year"]
    assert all("added" not in paper.fields for paper in parsed.papers)


def test_several_pages_in_a_file_give_the_papers_of_each() -> None:
    names = ["daily-cards.txt", "daily-upvotes.txt"]
    texts = [(PAGES / name).read_text("utf-8") for name in names]
    parsed = daily_papers.read("".join(texts), Options(origin="t", year=2026))
    single = [daily_papers.read(text, Options(origin="t", year=2026)) for text in texts]
    wanted = [paper.fields["title"] for part in single for paper in part.papers]
    assert [paper.fields["title"] for paper in parsed.papers] == wanted
    assert {paper.fields["added"] for paper in parsed.papers} == {"2026-03-12"}
