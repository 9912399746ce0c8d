"""Sources: each kind read whole, damaged, cut, and recognized. The sample pages are written for these tests."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers import daily_papers, issue_form, papers_jsonl, prose_digest, search_page
from generator.importers.kinds import IMPORTERS, recognize
from generator.importers.listing import find_links
from generator.importers.people_in_prose import find_authors
from generator.importers.raw_paper import Options, Parsed
from generator.model.entities import VenueKind, VenueName
from tests.conftest import ROOT, SOURCES, needs_sources
from tests.growth.steps import growth
from tests.support.fuzzing import tries

SAMPLES = ROOT / "tests/cases/sources"
DAILY = (SAMPLES / "daily.txt").read_text("utf-8")
SEARCH = (SAMPLES / "search.txt").read_text("utf-8")
PROSE = (SAMPLES / "prose.txt").read_text("utf-8")
OPTIONS = Options(origin="t", year=2025)


def _titles(parsed: Parsed) -> list[object]:
    return [paper.fields["title"] for paper in parsed.papers]


@pytest.mark.parametrize(("text", "name"), [(DAILY, "daily-papers"), (SEARCH, "search-page"), (PROSE, "prose-digest")])
def test_the_kind_is_recognized_by_content(text: str, name: str) -> None:
    importer = recognize(text)
    assert importer is not None
    assert name == importer.NAME


def test_a_daily_page() -> None:
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
    parsed = daily_papers.read(DAILY, Options(origin="t", year=2025, keep=frozenset({"maths", "accents", "links"})))
    assert "ell_2" in str(parsed.papers[1].fields["abstract"])
    assert "links" not in parsed.papers[0].fields
    assert parsed.papers[1].fields["title"] == 'On the H\\"older Class of Nets'


def test_a_search_page_with_its_first_title_glued_to_the_banner() -> None:
    parsed = search_page.read(SEARCH, OPTIONS)
    assert _titles(parsed) == ["Glued Title: A Start", "mixNet: Second Title"]
    assert parsed.notes == []


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


def test_a_prose_digest() -> None:
    parsed = prose_digest.read(PROSE, OPTIONS)
    assert len(parsed.papers) == 3
    first, second, third = (paper.fields for paper in parsed.papers)
    assert first["authors"] == ["Ada Byron", {"name": "Bo Öst", "affiliation": "Isle University"}, "Cem Ak"]
    assert first["keywords"] == ["TIDE"]
    assert parsed.papers[0].venue == VenueName(
        name="International Conference on Learning Representations",
        year=2026,
        kind=VenueKind.CONFERENCE,
        short="ICLR",
    )
    assert first["summary_by"] == {"kind": "ai"}
    assert str(first["limitations"]).startswith("Limitations include")
    assert second["authors"] == ["Dora Elm", "Finn van Gogh"]
    assert str(second["significance"]).startswith("For society")
    assert third["authors_incomplete"] == "true"
    assert all("title" not in paper.fields for paper in parsed.papers)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Byron and Bo Li study tides.", ["Ada Byron", "Bo Li"]),
        ("Ada Byron, Bo Li (OIST), und Cem Ak zeigen viel.", ["Ada Byron", "Bo Li", "Cem Ak"]),
        (
            "there Jan-Ole van der Berg, O. B. Łuk and Zoë D'Arc show it.",
            ["Jan-Ole van der Berg", "O. B. Łuk", "Zoë D'Arc"],
        ),
        ("Large models and small ones study nothing.", None),
    ],
)
def test_authors_are_found_in_running_text(text: str, names: list[str] | None) -> None:
    authors = find_authors(text)
    assert (authors and [author.name for author in authors.authors]) == names


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Code: https://github.com/a/b.", {"code": "https://github.com/a/b"}),
        ("(https://github.com/a/b), and", {"code": "https://github.com/a/b"}),
        ("see https://github.com/a/b{here}.", {"code": "https://github.com/a/b"}),
        ("Project page https://x.github.io/y/, code", {"project": "https://x.github.io/y/"}),
        ("https://user@evil.example/ and nothing", {}),
    ],
)
def test_links_lose_what_hangs_on_them(text: str, links: dict[str, str]) -> None:
    assert find_links(text) == links


@given(cut=st.integers(min_value=0, max_value=len(DAILY.encode())))
@tries(60)
def test_a_page_cut_at_any_byte_never_raises(cut: int) -> None:
    for text in (DAILY, SEARCH, PROSE):
        part = text.encode()[:cut].decode("utf-8", "replace")
        for importer in IMPORTERS:
            importer.recognizes(part)
            parsed = importer.read(part, OPTIONS)
            assert len(parsed.papers) <= 4


@given(text=st.text(max_size=400))
@tries(80)
def test_any_text_is_read_without_raising(text: str) -> None:
    for importer in IMPORTERS:
        importer.recognizes(text)
        for paper in importer.read(text, OPTIONS).papers:
            json.dumps(paper.fields)


def test_a_number_that_is_no_character_is_read() -> None:
    parsed = daily_papers.read(DAILY.replace("On the", f"&#{'9' * 5000}; On the"), OPTIONS)
    assert _titles(parsed)[1] == "\ufffd On the Hölder Class of Nets"


@pytest.mark.parametrize("depth", [25, 300, 600, 900, 5000])
def test_a_row_that_is_nested_too_deeply_is_noted(depth: int) -> None:
    rows = f'{{"title": "a", "keywords": {"[" * depth}{"]" * depth}}}\n{{"title": "b"}}\n'
    parsed = papers_jsonl.read(rows, OPTIONS)
    assert _titles(parsed) == ["b"]
    assert [(note.line, note.message) for note in parsed.notes] == [(1, "not a JSON object: nested too deeply")]


@pytest.mark.parametrize("fill", [" ", ", ", ";", "\t", "and ", "### ", "- "])
def test_a_long_field_of_an_issue_is_read_in_steps_that_grow_with_its_length(fill: str) -> None:
    def in_a_field(length: int) -> Callable[[], object]:
        text = f"### Title\n\nKettles\n\n### Authors\n\na{fill * length}b\n"
        assert issue_form.read(text, OPTIONS).papers[0].fields["title"] == "Kettles"
        return lambda: issue_form.read(text, OPTIONS)

    def in_a_heading(length: int) -> Callable[[], object]:
        text = f"### a{fill * length}b\n\nx\n\n### Title\n\nKettles\n"
        assert issue_form.read(text, OPTIONS).papers[0].fields["title"] == "Kettles"
        return lambda: issue_form.read(text, OPTIONS)

    assert max(growth(in_a_field, 250)) < 2.3
    assert max(growth(in_a_heading, 250)) < 2.3


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Ada Byron, Bo Li and others", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron et al.", ["Ada Byron"], True),
        ("Ada Byron\nBo Li\n…\n", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron,   Bo\tLi, ...  ", ["Ada Byron", "Bo Li"], True),
        ("Ada Byron   and\tBo Li", ["Ada Byron", "Bo Li"], False),
    ],
)
def test_authors_of_an_issue(text: str, names: list[str], others: bool) -> None:
    fields = (
        issue_form.read(f"### Title \r\n\r\nKettles\r\n\r\n### Authors\r\n\r\n{text}\r\n", OPTIONS).papers[0].fields
    )
    assert fields["authors"] == names
    assert ("authors_incomplete" in fields) == others


@needs_sources
def test_the_real_sources_give_their_rows() -> None:
    rows = []
    methods: list[str] = []
    for path in sorted((SOURCES / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        importer = recognize(text)
        assert importer is not None
        papers = importer.read(text, OPTIONS).papers
        rows.append((importer.NAME, len(papers)))
        methods += [str(words[0]) for p in papers if isinstance(words := p.fields.get("keywords"), list)]
    named = ["DADA", "SERUM", "CAVE", "HAM", "XMM", "FEDMUON", "ICL", "Terminal-Bench"]
    assert set(named) == set(methods)
    assert rows == [("prose-digest", 19), ("daily-papers", 61), ("search-page", 220), ("search-page", 238)]
