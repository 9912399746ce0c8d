"""Sites with public records."""

import pytest

from generator.fetch.sites import SITES, pause_of
from generator.importers.kinds import importer_named
from generator.text.identifiers import Identifier


@pytest.mark.parametrize(
    ("host", "pause"),
    [("arxiv.org", 3), ("export.arxiv.org", 3), ("api.crossref.org", 1), ("notarxiv.org", 0), ("", 0)],
)
def test_the_pause_of_a_site_holds_for_its_whole_domain(host: str, pause: float) -> None:
    assert pause_of(host) == pause


@pytest.mark.parametrize(
    ("kind", "value", "address"),
    [
        ("arxiv", "math/0309136", "https://export.arxiv.org/api/query?max_results=1&id_list=math%2F0309136"),
        ("doi", "10.5555/a(b)#c", "https://api.crossref.org/works/10.5555%2Fa%28b%29%23c"),
        ("acl", "2022.acl-long.1", "https://aclanthology.org/2022.acl-long.1.bib"),
        ("pmlr", "v1/a20a", "https://proceedings.mlr.press/v1/a20a.html"),
    ],
)
def test_an_identifier_cannot_leave_its_part_of_the_address(kind: str, value: str, address: str) -> None:
    site = next(site for site in SITES if site.kind == kind)
    assert site.address(Identifier(kind, value)) == address


def test_each_site_has_an_importer() -> None:
    assert [site.name for site in SITES if importer_named(site.importer) is None] == []


def test_crossref_is_asked_for_a_doi_before_datacite() -> None:
    assert [site.name for site in SITES if site.kind == "doi"] == ["Crossref", "DataCite"]
