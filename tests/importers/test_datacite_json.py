"""Records of DataCite: creators, titles, related works and venues."""

import json

import pytest

from generator.importers import datacite_json
from generator.importers.raw_paper import Options, Parsed

OPTIONS = Options(origin="o")


def _read(**attributes: object) -> Parsed:
    record = {"doi": "10.5281/zenodo.1", "titles": [{"title": "Ropes"}], "publicationYear": 2024, **attributes}
    return datacite_json.read(json.dumps({"data": {"type": "dois", "attributes": record}}), OPTIONS)


@pytest.mark.parametrize(
    ("creator", "author"),
    [
        ({"name": "Van Reef, Ada", "givenName": "Ada", "familyName": "Van Reef"},
         {"name": "Ada Van Reef", "family": "Van Reef"}),
        ({"name": "Öst, Bo"}, "Bo Öst"),
        ({"name": "Öst, Bo", "familyName": "Öst"}, "Bo Öst"),
        ({"name": "Öst, Bo", "givenName": "Bo"}, "Bo Öst"),
        ({"familyName": "Öst"}, "Öst"),
        ({"name": "Ropes, Inc.", "nameType": "Organizational"}, "Ropes, Inc."),
        ({"name": "Ak, Cem", "affiliation": ["Pier U"]}, {"name": "Cem Ak", "affiliation": "Pier U"}),
        ({"name": "Ak, Cem", "affiliation": [{"name": "Pier U"}]}, {"name": "Cem Ak", "affiliation": "Pier U"}),
    ],
)  # fmt: skip
def test_creators_are_people_or_groups(creator: dict[str, object], author: object) -> None:
    assert _read(creators=[creator]).papers[0].fields["authors"] == [author]


def test_titles_have_types() -> None:
    titles = [
        {"title": "Ropes"},
        {"title": "A Study", "titleType": "Subtitle"},
        {"title": "Taue", "titleType": "TranslatedTitle"},
        {"title": "R", "titleType": "Other"},
        {"title": "A Second Study", "titleType": "Subtitle"},
    ]
    parsed = _read(titles=titles)
    assert parsed.papers[0].fields["title"] == "Ropes: A Study"
    assert parsed.papers[0].fields["other_titles"] == ["Taue"]
    unread_titles = [(unread.kind, unread.text) for unread in parsed.unread]
    assert unread_titles == [("title of type Subtitle", "A Second Study"), ("title of type Other", "R")]


def test_a_title_of_another_type_is_used_without_a_main_title_and_then_not_reported() -> None:
    parsed = _read(titles=[{"title": "R", "titleType": "Other"}, {"title": "S", "titleType": "Other"}])
    assert parsed.papers[0].fields["title"] == "R"
    assert {unread.text for unread in parsed.unread if unread.kind == "title of type Other"} == {"S"}


def test_the_arxiv_id_of_the_same_work_is_used_and_that_of_a_cited_one_is_not() -> None:
    same = {"relationType": "IsVersionOf", "relatedIdentifierType": "arXiv", "relatedIdentifier": "2501.00001"}
    assert _read(relatedIdentifiers=[same]).papers[0].fields["arxiv"] == "2501.00001"
    assert "arxiv" not in _read(relatedIdentifiers=[{**same, "relationType": "Cites"}]).papers[0].fields


def test_without_a_container_the_publisher_is_the_venue() -> None:
    for attributes, name in (({"publisher": "Zenodo"}, "Zenodo"), ({"container": {"title": "Knots"}}, "Knots")):
        venue = _read(**attributes).papers[0].venue
        assert venue is not None
        assert (venue.name, venue.year) == (name, 2024)
