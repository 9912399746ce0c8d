"""RIS: authors, dates, venues and identifiers in the tags in which programs write them."""

# ruff: noqa: E501  # lists of names stand on one line, as in bibliographies

import pytest

from generator.codec.venue_names import VenueResolver
from generator.importers import ris
from generator.importers.kinds import recognize
from generator.importers.raw_paper import Options
from tests.support.parsed import unread

OPTIONS = Options(origin="o")


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
        ("JOUR", "SP  - 12-19\nEP  - 19", {"pages": "12-19"}),
        ("JOUR", "SP  - 12-19", {"pages": "12-19"}),
        ("JOUR", "SP  - 2-12\nEP  - 2-19", {"pages": "2-12-2-19"}),
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
    paper = {**first.fields, "venue": VenueResolver([]).edition_id(first.venue)}
    assert {name: paper.get(name) for name in expected} == expected


def test_values_that_are_not_imported_are_reported() -> None:
    parsed = ris.read("stray\nTY  - JOUR\nzz\nTI  - A\n  b\nIS  - 3\nER  - \n", OPTIONS)
    assert parsed.papers[0].fields["title"] == "A b"
    assert unread(parsed) == {(1, "text outside of references"), (3, "line without a tag"), (6, "field IS")}


def test_endnote_writes_each_keyword_on_a_line() -> None:
    parsed = ris.read("TY  - JOUR\nTI  - Kettles\nKW  - tea\nhot water\n  and milk\nKW  - steam\nER  - \n", OPTIONS)
    assert parsed.papers[0].fields["keywords"] == ["tea", "hot water and milk", "steam"]


def test_a_group_stays_one_author() -> None:
    text = "TY  - CONF\nTI  - A\nAU  - Google, Inc.\nAU  - Team, Qwen\nAU  - 't Hooft, Gerard\nER  - \n"
    fields = ris.read(text, Options(origin="x")).papers[0].fields
    assert fields["authors"] == ["Google, Inc.", "Qwen Team", "Gerard 't Hooft"]


def test_a_reference_without_an_end_tag_keeps_its_last_value() -> None:
    parsed = ris.read("TY  - JOUR\nAU  - Li, Wei\nTI  - Kettles\nTY  - JOUR\nTI  - Pots\nER  - \n", OPTIONS)
    assert [paper.fields["title"] for paper in parsed.papers] == ["Kettles", "Pots"]
    assert [note.message for note in parsed.notes] == ["the reference has no ER line"]
