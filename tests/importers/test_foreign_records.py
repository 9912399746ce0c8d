"""What bibliographies of other people hold: every year, name, venue, identifier and link arrives or is reported."""

# ruff: noqa: E501  # venues and lists of names stand on one line, as registers write them

import json
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest

from generator.codec.venue_names import VenueBook
from generator.importers import bibtex, csl_json, daily_papers_json, ris
from generator.importers.kinds import recognize
from generator.importers.raw_paper import Options, Parsed
from generator.model.entities import VenueName
from generator.text.bibtex_names import read_people
from generator.text.latex_text import read_latex
from tests.support.command import digest

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


def _edition(parsed: Parsed) -> str:
    (paper,) = parsed.papers
    return VenueBook([]).edition_id(paper.venue)


def _unread(parsed: Parsed) -> set[tuple[int, str]]:
    return {(note.line, note.kind) for note in parsed.unread}


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
    assert _edition(parsed) == edition
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


def test_parents_give_what_their_children_lack() -> None:
    parsed = bibtex.read(
        """@inproceedings{a, title = {A}, author = {Okoro, Ngozi}, crossref = {Keel2020}}
@inproceedings{b, title = {B}, xref = {keel2020}}
@article{c, title = {C}, xdata = {jok, none}}
@inproceedings{d, title = {D}, crossref = {d}}
@xdata{jok, journaltitle = {Journal of Kettles}, date = {2014}}
@proceedings{keel2020, title = {Proceedings of the Third Conference on Keels}, year = 2020, editor = {Li, Wei}}
""",
        OPTIONS,
    )
    book = VenueBook([])
    editions = [book.edition_id(paper.venue) for paper in parsed.papers]
    assert editions == ["conference-on-keels-2020", "conference-on-keels-2020", "journal-of-kettles-2014", "unrecorded"]
    assert (3, "reference to a missing entry") in _unread(parsed)


def test_a_macro_without_a_definition_is_no_text() -> None:
    parsed = bibtex.read(
        '@string{tides = "Journal of Tides"}\n'
        "@article{a, title = {A}, author = okoro # and # li, journal = IEEE_J_PAMI, year = 2020}\n"
        "@article{b, title = {B}, journal = TIDES, year = 2020}\n",
        OPTIONS,
    )
    assert _edition(Parsed(parsed.papers[:1])) == "unrecorded-2020"
    assert parsed.papers[0].fields.get("authors") is None
    assert parsed.papers[0].fields["authors_incomplete"] == "true"
    assert _edition(Parsed(parsed.papers[1:])) == "journal-of-tides-2020"
    assert [note.text for note in parsed.unread if note.line == 2] == ["okoro", "and", "li", "IEEE_J_PAMI"]


ODD = """%% a remark
Text before the first record.
@comment{jabref-meta: grouping:0 AllEntriesGroup:;}
@preamble{"x"}
@set{s, entryset = {a, b}}
@collection{c, year = 2020}
@article{a, title = {One}, year = 2020, note = {first}, note = {second}}
@article{a, title = {Two}, year = 2020}
@article{, title = {Three}, year = 2020}
@article{, title = {Four}, year = 2020}
@article{long, title = {%s}, year = 2020}
@article{none, author = {Okoro, Ngozi}, year = 2020}
@inproceedings{
  five,
  title = {Five} year = 2020
}
@article(six,
  title = "Six", year = 2020
)
@article{broken, title = {Not {closed, year = 2020}
@misc{seven, title = {Seven}, year = 2020, !!, doi = {10.5555/seven}}
@misc{eight, title = {Eight}, year = 2020
@misc{nine, title = {Nine}}
""" % ("k" * 400)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_one_odd_record_costs_no_other(
    encoding: str, content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "odd.bib"
    source.write_text(ODD, encoding)
    assert digest("import", source, "--content", content, "--strict") == 1
    assert digest("import", source, "--content", content, "-v") == 0
    out = capsys.readouterr()
    titles = {path.read_text("utf-8").split("\n")[1] for path in (content / "papers").glob("unrecorded*/*.yaml")}
    numbers = "One Two Three Four Five Six Seven Eight Nine".split()
    assert titles == {f"title: {number}" for number in numbers}
    for line, reason in [
        (5, "'s' is not a paper"),
        (6, "'c' is not a paper"),
        (8, "the key 'a' is already used in the file"),
        (11, "E212"),
        (12, "has no title"),
        (20, "a brace is not closed"),
        (2, "not imported: text outside of entries"),
        (3, "not imported: @comment"),
        (7, "not imported: repeated field note"),
    ]:
        assert any(f"{source}:{line}: " in row and reason in row for row in out.err.splitlines()), (line, reason)
    assert all(row.strip(": ") for row in out.err.splitlines())


def test_a_file_in_windows_1252_keeps_its_letters(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "old.bib"
    source.write_bytes("@article{a, title = {Käse}, author = {Müller, Jörg}, year = 2020}".encode("cp1252"))
    assert digest("import", source, "--content", content) == 0
    assert "title: Käse" in (content / "papers/unrecorded-2020/muller2020kase.yaml").read_text("utf-8")


def test_a_command_that_is_not_known_is_reported_with_its_line() -> None:
    parsed = bibtex.read("\n@article{a,\n title = {{\\KettleNet} of R{\\&}Amp;D}, subtitle = {A Study}}", OPTIONS)
    assert parsed.papers[0].fields["title"] == "KettleNet of R&D: A Study"
    assert (2, "LaTeX command") in _unread(parsed)


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


def test_an_orcid_in_a_name_is_the_authors() -> None:
    (paper,) = _bib("author = {Okoro, Ngozi (0000-0002-1825-0097)}").papers
    assert paper.fields["authors"] == [{"name": "Ngozi Okoro", "orcid": "0000-0002-1825-0097"}]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {{10.5555/kettles.wos}}", {"doi": "10.5555/kettles.wos"}),
        ("doi = {https://doi.org/10.5555%2Fa\\_b}", {"doi": "10.5555/a_b"}),
        ("doi = {doi: 10.5555/a{\\_}b}", {"doi": "10.5555/a_b"}),
        ("url = {https://openreview.net/forum?id=kEtTlEs012}", {"openreview": "kEtTlEs012"}),
        ("url = {https://a.example/x\\_y\\%20z}", {"links": {"page": "https://a.example/x_y%20z"}}),
        ("howpublished = {\\url{https://a.example/~x}}", {"links": {"page": "https://a.example/~x"}}),
        ("pdf = {https://a.example/x.pdf}, code = {https://b.example}",
         {"links": {"pdf": "https://a.example/x.pdf", "code": "https://b.example"}}),
        ("note = {arXiv:2301.00017v2}", {"arxiv": "2301.00017"}),
        ("arxivid = {2301.00017}", {"arxiv": "2301.00017"}),
        ("eprint = {http://arxiv.org/abs/2301.00017}", {"arxiv": "2301.00017"}),
        ("number = {arXiv:2301.00017}, publisher = {arXiv}", {"arxiv": "2301.00017"}),
    ],
)  # fmt: skip
def test_identifiers_and_addresses_are_found_where_people_write_them(fields: str, expected: dict[str, object]) -> None:
    paper = _bib(fields, "misc").papers[0].fields
    assert {name: paper.get(name) for name in expected} == expected


@pytest.mark.parametrize("name", ["url", "pdf", "howpublished"])
def test_the_second_address_of_a_field_is_reported(name: str) -> None:
    parsed = _bib(f"{name} = {{https://a.example/1 https://a.example/2}}")
    assert [(note.kind, note.text) for note in parsed.unread] == [(f"address in {name}", "https://a.example/2")]


def test_every_field_is_imported_or_reported() -> None:
    parsed = bibtex.read(
        "@article{a,\n title = {A},\n issn = {1234-5678},\n year = {in press},\n journal = {J},\n}", OPTIONS
    )
    assert _unread(parsed) == {(3, "field issn"), (4, "field year")}


@pytest.mark.parametrize(
    "name", ["ICLR 2026", "iclr 2026", "International Conference on Learning Representations 2026"]
)
def test_a_new_digest_knows_its_venues(name: str, tmp_path: Path) -> None:
    assert digest("init", tmp_path / "d", "--venue", name, "--bare", "--name", "D") == 0
    text = (tmp_path / "d/content/venues/iclr.yaml").read_text("utf-8")
    assert "full_name: International Conference on Learning Representations" in text
    assert "kind: conference" in text
    assert "iclr-2026" in text


def test_the_year_of_an_id_is_the_papers(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.bib"
    source.write_text(
        "@article{a, title = {Pots}, author = {Okoro, N.}, journal = {Kettles 2301}, year = 2023}\n"
        "@article{b, title = {Pans}, author = {Okoro, N.}, journal = {Kettles}}\n",
        "utf-8",
    )
    assert digest("import", source, "--content", content, "--added", "2026-05-02") == 0
    names = {path.stem for path in (content / "papers").rglob("okoro*.yaml")}
    assert names == {"okoro2023pots", "okoropans"}


RIS = "TY  - {kind}\n{lines}\nTI  - Kettles\nER  - \n"


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("JOUR", "A1  - Okoro, Ngozi\nAU  - Li, Wei", {"authors": ["Ngozi Okoro", "Wei Li"]}),
        ("JOUR", "A1  - Okoro, Ngozi\nAU  - Okoro, Ngozi", {"authors": ["Ngozi Okoro"]}),
        ("JOUR", "DO  - https://dx.doi.org/10.5555%2Fk.3", {"doi": "10.5555/k.3"}),
        ("JOUR", "DO  - 10.3115/v1/d14-1162", {"acl": "D14-1162"}),
        ("JOUR", "DA  - 2024-02-01\nPY  - 2024", {"published": "2024-02-01"}),
        ("JOUR", "PY  - 2007/09/09/", {"published": "2007-09-09"}),
        ("JOUR", "Y1  - 2005/03/01\nY2  - 2019/03/27", {"published": "2005-03-01"}),
        ("JOUR", "L3  - 10.5555/k", {"doi": "10.5555/k"}),
        ("JOUR", "M3  - doi: 10.5555/k", {"doi": "10.5555/k"}),
        ("JOUR", "N1  - doi: 10.5555/k", {"doi": "10.5555/k"}),
        ("JOUR", "UR  - https://a.example/4\nL1  - https://a.example/4.pdf",
         {"links": {"page": "https://a.example/4", "pdf": "https://a.example/4.pdf"}}),
        ("JOUR", "UR  - https://arxiv.org/abs/2301.00017", {"arxiv": "2301.00017", "links": None}),
        ("JOUR", "AU  - Van Durme, B.", {"authors": [{"name": "B. Van Durme", "family": "Van Durme"}]}),
        ("CONF", "C3  - Proceedings of the 2024 Conference on Kettles\nPY  - 2024", {"venue": "conference-on-kettles-2024"}),
        ("CHAP", "BT  - Handbook of Kettles\nPY  - 2024", {"venue": "handbook-of-kettles-2024"}),
        ("JOUR", "J2  - J. Mach. Learn. Res.\nPY  - 2024", {"venue": "jmlr-2024"}),
        ("THES", "PY  - 2015\nPB  - Univ", {"venue": "unrecorded-2015"}),
    ],
)  # fmt: skip
def test_references_in_ris(kind: str, lines: str, expected: dict[str, object]) -> None:
    text = "2.\n" + RIS.format(kind=kind, lines=lines) + "\n7. \n" + RIS.format(kind=kind, lines=lines)
    assert recognize(text) is ris
    first, second = ris.read(text, OPTIONS).papers
    assert {**first.fields, "source": ""} == {**second.fields, "source": ""}
    paper = {**first.fields, "venue": VenueBook([]).edition_id(first.venue)}
    assert {name: paper.get(name) for name in expected} == expected


def test_what_a_reference_in_ris_tells_besides_is_reported() -> None:
    parsed = ris.read("stray\nTY  - JOUR\nzz\nTI  - A\n  b\nIS  - 3\nER  - \n", OPTIONS)
    assert parsed.papers[0].fields["title"] == "A b"
    assert _unread(parsed) == {(1, "text outside of references"), (3, "line without a tag"), (6, "field IS")}


@pytest.mark.parametrize(
    ("issued", "year", "day"),
    [
        ({"raw": "2024-02-21"}, 2024, "2024-02-21"),
        ({"literal": "21 February 2024"}, 2024, "2024-02-21"),
        ("2024-02-21", 2024, "2024-02-21"),
        ("2024~", 2024, None),
        ([{"date-parts": [2018, 2, 1]}, {"date-parts": [2018, 2, 2]}], 2018, "2018-02-01"),
        ({"date-parts": [["2018"]], "season": 2}, 2018, None),
        ({"date-parts": [[2015]]}, 2015, None),
    ],
)
def test_dates_of_csl_items(issued: object, year: int, day: str | None) -> None:
    item = {"id": "a", "type": "thesis", "title": "A", "publisher": "Univ", "issued": issued}
    parsed = csl_json.read(json.dumps([item]), OPTIONS)
    assert _edition(parsed) == f"unrecorded-{year}"
    assert parsed.papers[0].fields.get("published") == day
    assert _unread(parsed) == {(1, "variable publisher")}


def test_items_may_stand_in_an_object_and_a_daily_paper_by_itself() -> None:
    item = {"id": "x", "type": "article", "title": "Cats that sleep"}
    paper = {"id": "2501.01234", "title": "Cats that sleep", "authors": [{"name": "Ann Berg"}], "upvotes": 3}
    for text, kind in (
        (json.dumps({"items": [item]}), csl_json),
        (json.dumps({**paper, "publishedAt": "2025-01-03T00:00:00.000Z"}), daily_papers_json),
    ):
        assert kind.recognizes(text)
        assert [paper.fields["title"] for paper in kind.read(text, OPTIONS).papers] == ["Cats that sleep"]


def test_names_of_csl_items() -> None:
    authors = [
        {"family": "Okoro", "given": "Ngozi", "literal": "Okoro, Ngozi"},
        {"literal": "Kettle Consortium"},
        {"family": "Durme", "given": "Benedict", "non-dropping-particle": "Van"},
    ]
    item = {"id": "a", "type": "article-journal", "title": "A", "author": authors}
    imported = csl_json.read(json.dumps([item]), OPTIONS).papers[0].fields["authors"]
    assert imported == ["Ngozi Okoro", "Kettle Consortium", {"name": "Benedict Van Durme", "family": "Van Durme"}]


def _steps(work: Callable[[], object]) -> int:
    """How many calls a work takes, of Python's functions and the library's."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


WORST = {
    "latex formulas": lambda n: read_latex("\\(" * n),
    "latex groups": lambda n: read_latex("{" * n + "x" * n + "}" * n),
    "latex accents": lambda n: read_latex("\\'{" * n),
    "latex dollars": lambda n: read_latex("$$$" * n + "\\frac{" * n + "\\\\[" * n),
    "entries on one line": lambda n: bibtex.read("@article{a," * n, OPTIONS),
    "entries that are not closed": lambda n: bibtex.read("\n@article{a, b={" * n, OPTIONS),
    "text in an entry": lambda n: bibtex.read("@a{b," + "c d,=" * n, OPTIONS),
    "spaces before a key": lambda n: bibtex.read("@a{" + " " * n + "x " * n, OPTIONS),
    "joined pieces": lambda n: bibtex.read("@a{b, title = " + '"x" # ' * n, OPTIONS),
    "names": lambda n: read_people("A, B and " * n + "; C, D" * n + "{" * n),
    "et al.": lambda n: read_people("A " + "et al. " * n),
    "lines of a reference": lambda n: ris.read("TY  - JOUR\nTI  - x\n" + "cont\n" * n + "ER  - \n", OPTIONS),
    "tags of a reference": lambda n: ris.read("TY  - JOUR\n" + "AU  - x, y\n" * n + "ER  - \n", OPTIONS),
    "parents": lambda n: bibtex.read("".join(f"@a{{k{i}, title={{T}}, crossref={{k{i + 1}}}}}\n" for i in range(n)), OPTIONS),
    "a venue's name": lambda n: VenueBook([]).edition_id(VenueName(name="A, (B " * n, year=2020)),
}  # fmt: skip


@pytest.mark.parametrize("name", WORST)
def test_work_grows_with_the_text(name: str) -> None:
    work = WORST[name]
    work(50)  # what is kept for later is made now
    steps = [_steps(lambda size=size: work(size)) for size in (200, 400, 800, 1600)]  # type: ignore[misc]
    for smaller, larger in pairwise(steps):
        assert larger < 2.3 * smaller + 100, steps


def test_a_text_with_zero_bytes_that_is_not_certainly_utf_16_is_refused(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "zeros.bib"
    source.write_bytes(b"@misc{a, title = {A\0\0 kettle}, year = 2020}")
    assert digest("import", source, "--content", content) == 1
    assert "save it as UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("junk", ["@url = {http://a.example/x},", "url: {http://a.example/{x}},", "{note},"])
def test_braces_of_what_is_no_field_do_not_end_the_entry(junk: str) -> None:
    parsed = bibtex.read(f"@misc{{k, title = {{Kettles}},\n {junk}\n year = 2015\n}}\n", OPTIONS)
    assert _edition(parsed) == "unrecorded-2015"
    assert (2, "text outside of fields") in _unread(parsed)


def test_keywords_of_which_endnote_writes_each_on_a_line() -> None:
    parsed = ris.read("TY  - JOUR\nTI  - Kettles\nKW  - tea\nhot water\n  and milk\nKW  - steam\nER  - \n", OPTIONS)
    assert parsed.papers[0].fields["keywords"] == ["tea", "hot water and milk", "steam"]


def test_every_variable_of_a_csl_item_is_imported_or_reported() -> None:
    item = {"type": "report", "title": "Kettles", "DOI": "n/a", "URL": "kettle", "number": "TR 7", "note": "Draft",
            "custom": "x", "archive": "Shelf", "status": "in press", "abstract": "They boil."}  # fmt: skip
    parsed = csl_json.read(json.dumps([item]), OPTIONS)
    names = {unread.kind.removeprefix("variable ") for unread in parsed.unread}
    assert names == item.keys() - {"type", "title"}
