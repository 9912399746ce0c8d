"""Names of people, institutions, terms and venues, and identifiers, for the search box."""

import json

from generator.model.catalog import Catalog
from generator.search.entities import (
    identifier_files,
    identifier_shards,
    identifiers,
    name_files,
    name_rows,
    name_shards,
    place_rows,
    places_file,
)
from tests.conftest import SETTINGS


def test_venues_topics_tags_and_collections_have_kind_name_path_and_count(toy: Catalog) -> None:
    rows = place_rows(toy, SETTINGS)
    assert {row[0] for row in rows} == {"series", "edition", "topic", "tag", "collection"}
    assert all(str(row[2]).endswith("/") and len(row) == 6 for row in rows)
    topic = next(row for row in rows if row[0] == "topic")
    assert topic[3] == len(toy.papers_by_topic.get(str(topic[2]).split("/")[1], ()))
    assert json.loads(places_file(rows).data) == rows


def test_series_without_papers_are_left_out(toy: Catalog) -> None:
    names = {row[1] for row in place_rows(toy, SETTINGS) if row[0] == "series"}
    assert names == {series.name for series in toy.series.values() if toy.papers_in_series(series.id)}


def test_an_author_is_in_the_file_of_each_word_of_the_name_once(toy: Catalog) -> None:
    shards = name_shards(name_rows(toy, SETTINGS))
    author = next(author for author in toy.authors.values() if len(author.name.split()) > 1 and author.name.isascii())
    rows = [row for file in name_files(shards) for row in json.loads(file.data) if row[:2] == ["a", author.name]]
    assert rows
    assert all(row[2:4] == [author.id, len(author.papers)] for row in rows)
    for file in name_files(shards):
        lines = [json.dumps(row) for row in json.loads(file.data)]
        assert len(set(lines)) == len(lines)


def test_terms_and_institutions_are_found_by_their_aliases(toy: Catalog) -> None:
    rows = name_rows(toy, SETTINGS)
    for institution in toy.institutions.values():
        row = next(row for row in rows if row[0] == "i" and row[2] == institution.id)
        aliases = institution.institution.aliases if institution.institution else ()
        assert set(str(row[4]).split("\n")) >= set(aliases) - {institution.name}
    assert {row[2] for row in rows if row[0] == "t"} == set(toy.glossary)


def test_identifiers_ids_and_aliases_lead_to_the_number_of_the_paper(toy: Catalog) -> None:
    numbers = identifiers(toy)
    for number, paper in enumerate(toy.papers.values()):
        for name in (paper.id, *paper.identifiers.values(), *paper.aliases):
            assert numbers[name.lower()] == number


def test_identifiers_are_in_the_file_of_their_last_letters() -> None:
    numbers = {"10.1/abc": 0, "10.1/xbc": 1, 'a"b': 2, "2501.00023": 3}
    files = {file.path: json.loads(file.data) for file in identifier_files(identifier_shards(numbers))}
    merged = {name: number for data in files.values() for name, number in data.items()}
    assert merged == {"10.1/abc": 0, "10.1/xbc": 1, "2501.00023": 3}
    assert all(path.startswith("search/ids/") for path in files)
