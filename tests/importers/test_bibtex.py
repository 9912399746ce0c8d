"""BibTeX: years, days, authors and titles of entries."""

# ruff: noqa: E501  # lists of names stand on one line, as in bibliographies

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from tests.support.parsed import edition_of, unread

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


@pytest.mark.parametrize(
    ("kind", "fields", "edition"),
    [
        ("phdthesis", "school = {Univ}, year = 2015", "unrecorded-2015"),
        ("techreport", "institution = {Univ}, year = {2009}", "unrecorded-2009"),
        ("misc", "howpublished = {Blog}, year = 2019", "unrecorded-2019"),
        ("online", "date = {2017-10-28}, url = {https://a.example/x}", "unrecorded-2017"),
        ("thesis", "date = {2018-03}", "unrecorded-2018"),
        ("book", "date = {2016~}", "unrecorded-2016"),
        ("article", "year = {c. 1998}", "unrecorded-1998"),
        ("misc", "eprint = {2301.00017}, archiveprefix = {arXiv}", "arxiv-2023"),
        ("misc", "eprint = {2301.00017}, year = 2024", "arxiv-2024"),
        ("article", "journal = {arXiv preprint arXiv:2301.00017}, year = 2023", "arxiv-2023"),
        ("article", "journal = {ArXiv}, volume = {abs/2301.00018}, year = 2023", "arxiv-2023"),
        ("article", "journal = {CoRR}, volume = {abs/2301.00018}, year = 2023", "arxiv-2023"),
        ("article", "journal = {arXiv e-prints}, pages = {arXiv:2301.00019}, year = 2023", "arxiv-2023"),
        ("article", "journal = {arXiv}, volume = {2301.00019}, year = 2023", "arxiv-2023"),
        ("misc", "doi = {10.48550/ARXIV.2301.00020}, publisher = {arXiv}, year = 2023", "arxiv-2023"),
        ("misc", "howpublished = {arXiv:2301.00021}, year = 2023", "arxiv-2023"),
    ],
)
def test_the_year_of_every_kind_of_record_is_kept(kind: str, fields: str, edition: str) -> None:
    parsed = _bib(fields, kind)
    assert edition_of(parsed) == edition
    assert ("arxiv" in parsed.papers[0].fields) == edition.startswith("arxiv")


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ("date = {2016-07-18}", "2016-07-18"),
        ("date = {2016-07-18/2016-07-20}", "2016-07-18"),
        ("date = {2016-07}", None),
        ("year = 2016, month = jul, day = 18", "2016-07-18"),
        ('year = 2016, month = jul # "~18"', "2016-07-18"),
        ("year = {{2016}}, month = {{MAY 3}}", "2016-05-03"),
        ("year = 2016, month = {7}", None),
        ("year = 2016, month = {feb}, day = 30", None),
    ],
)
def test_a_day_is_kept_where_it_is_certain(fields: str, day: str | None) -> None:
    paper = _bib(fields).papers[0]
    assert paper.fields.get("published") == day
    assert paper.venue is not None
    assert paper.venue.year == 2016


def test_an_unknown_command_is_reported_with_its_line() -> None:
    parsed = bibtex.read("\n@article{a,\n title = {{\\KettleNet} of R{\\&}Amp;D}, subtitle = {A Study}}", OPTIONS)
    assert parsed.papers[0].fields["title"] == "KettleNet of R&D: A Study"
    assert (2, "LaTeX command") in unread(parsed)


def _named(author: object) -> tuple[str, str]:
    return (author["name"], author["family"]) if isinstance(author, dict) else (str(author), "")


@pytest.mark.parametrize(
    ("source", "authors", "incomplete"),
    [
        ("Okoro, Ngozi and {others}", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and {Others}", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and {et al.}", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and et~al.", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi et al.", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and others and Li, Wei", ["Ngozi Okoro", "Wei Li"], True),
        ("Okoro, Ngozi and , others", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and et autres", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and et alii", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and etal", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and Others, et", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and {45 more authors}", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and {many others}", ["Ngozi Okoro"], True),
        ("Okoro, Ngozi and und 3 weitere", ["Ngozi Okoro"], True),
        ("Anonymous", [], True),
        ("Okoro, Ngozi\\textsuperscript{1} and Wei Li\\textsuperscript{*,2} and Inés Ruiz²", ["Ngozi Okoro", "Wei Li", "Inés Ruiz"], False),
        ("Okoro, Ngozi (n.okoro@a.example) and Wei Li <li@b.example>", ["Ngozi Okoro", "Wei Li"], False),
        ("Ngozi Okoro und Wei Li", ["Ngozi Okoro", "Wei Li"], False),
        ("Okoro, Ngozi / Li, Wei", ["Ngozi Okoro", "Wei Li"], False),
        ("Ngozi Okoro, Wei Li und Inés Ruiz", ["Ngozi Okoro", "Wei Li", "Inés Ruiz"], False),
        ("Karl von und zu Liechtenstein", ["Karl von und zu Liechtenstein"], False),
        ("OpenAI and : and Wei Li 0007 and Ruiz*, Inés† and Bo Ek$^{1,2}$", ["OpenAI", "Wei Li", "Inés Ruiz", "Bo Ek"], False),
        ("Ngozi Okoro, Wei Li, and Inés Ruiz", ["Ngozi Okoro", "Wei Li", "Inés Ruiz"], False),
        ("Ngozi Okoro, Wei Li and Inés Ruiz", ["Ngozi Okoro", "Wei Li", "Inés Ruiz"], False),
        ("Okoro, Ngozi, Li, Wei, Ruiz, Inés", ["Ngozi Okoro", "Wei Li", "Inés Ruiz"], False),
        ("Okoro N, Li W, Ruiz I", ["N Okoro", "W Li", "I Ruiz"], False),
        ("Okoro, Ngozi; Li, Wei", ["Ngozi Okoro", "Wei Li"], False),
        ("{Okoro, Ngozi and Li, Wei}", ["Ngozi Okoro", "Wei Li"], False),
        ("Ngozi Okoro, Wei Li", [], True),
        ("{{Kettle and Pan, Inc.}} and {Open AI Team}", ["Kettle and Pan, Inc.", "Open AI Team"], False),
        ("Perlin, Jr., Ken and King, Martin Luther, Jr.", ["Ken Perlin Jr.", "Martin Luther King Jr."], False),
        ("Van Durme, B. and Coello Coello, C. A.", [("B. Van Durme", "Van Durme"), ("C. A. Coello Coello", "Coello Coello")], False),
        ("Carlos {Coello Coello} and van Gogh, V.", [("Carlos Coello Coello", "Coello Coello"), "V. van Gogh"], False),
        ("林, 秀贞 and 王小明 and 김, 민수", [("林秀贞", "林"), "王小明", ("김민수", "김")], False),
        ("family=Heuvel, given=Karel, prefix=van den, useprefix=true and given=Hans, family=Harman", ["Karel van den Heuvel", "Hans Harman"], False),
    ],
)  # fmt: skip
def test_authors_are_as_the_source_names_them(source: str, authors: list[object], incomplete: bool) -> None:
    fields = _bib(f"author = {{{source}}}").papers[0].fields
    imported = fields.get("authors", [])
    assert isinstance(imported, list)
    assert [_named(author) for author in imported] == [a if isinstance(a, tuple) else (a, "") for a in authors]
    assert ("authors_incomplete" in fields) == incomplete


def test_an_orcid_in_a_name_becomes_that_of_the_author() -> None:
    (paper,) = _bib("author = {Okoro, Ngozi (0000-0002-1825-0097)}").papers
    assert paper.fields["authors"] == [{"name": "Ngozi Okoro", "orcid": "0000-0002-1825-0097"}]


def test_every_field_is_imported_or_reported() -> None:
    parsed = bibtex.read(
        "@article{a,\n title = {A},\n issn = {1234-5678},\n year = {in press},\n journal = {J},\n}", OPTIONS
    )
    assert unread(parsed) == {(3, "field issn"), (4, "field year")}


@pytest.mark.parametrize(
    ("series", "short"),
    [
        ("KDD '24", "KDD '24"),
        ("{SIGIR} 2023", "SIGIR 2023"),
        ("Proceedings of Machine Learning Research", ""),
        ("Lecture Notes in Computer Science", ""),
    ],
)
def test_a_book_series_is_not_a_conference(series: str, short: str) -> None:
    text = f"@inproceedings{{x, title={{A}}, booktitle={{Some Meeting}}, year=2024, series={{{series}}}}}"
    venue = bibtex.read(text, Options(origin="x")).papers[0].venue
    assert venue is not None
    assert venue.short == short


@pytest.mark.parametrize(
    ("journal", "name"),
    [
        ("Online Information Review", "Online Information Review"),
        ("Manuscript Studies", "Manuscript Studies"),
        ("Online", ""),
        ("online demo", ""),
        ("Online Available at https://a.example/", ""),
        ("Manuscript", ""),
        ("Manuscript Submitted for Publication", ""),
        ("Submitted to Online Information Review", ""),
    ],
)
def test_a_placeholder_is_not_a_venue(journal: str, name: str) -> None:
    venue = bibtex.read(f"@article{{x, title={{A}}, journal={{{journal}}}, year=2024}}", OPTIONS).papers[0].venue
    assert venue is not None
    assert venue.name == name


def test_a_venue_is_plain_text() -> None:
    text = "@article{x, title={A}, journal={A \u202e B &amp; <i>C</i>}, year=2024}"
    venue = bibtex.read(text, Options(origin="x")).papers[0].venue
    assert venue is not None
    assert venue.name == "A B & C"
