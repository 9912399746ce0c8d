"""Identifiers and URLs in BibTeX entries, in whatever field they are."""

# venues and lists of names stand on one line, as registries write them

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


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
def test_identifiers_and_addresses_are_found_in_any_field(fields: str, expected: dict[str, object]) -> None:
    paper = _bib(fields, "misc").papers[0].fields
    assert {name: paper.get(name) for name in expected} == expected


@pytest.mark.parametrize("name", ["url", "pdf", "howpublished"])
def test_the_second_address_of_a_field_is_reported(name: str) -> None:
    parsed = _bib(f"{name} = {{https://a.example/1 https://a.example/2}}")
    assert [(note.kind, note.text) for note in parsed.unread] == [(f"address in {name}", "https://a.example/2")]
