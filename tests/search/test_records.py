"""The search record of a paper: searched text and the data of its result."""

from dataclasses import replace

import pytest

from generator.model.catalog import Catalog
from generator.model.paper import Paper, Status
from generator.search.parts import FIELDS, SearchRecord
from generator.search.records import institution_names, search_records, typed_name_words, venue_names
from tests.conftest import SETTINGS


def _record(toy: Catalog, **changes: object) -> SearchRecord:
    paper: Paper = replace(toy.papers["zhu2025dogs"], **changes)  # type: ignore[arg-type]
    catalog = replace(toy, papers={**toy.papers, paper.id: paper})
    return next(record for record in search_records(catalog, SETTINGS) if record.url == f"/papers/{paper.id}/")


def test_a_record_has_all_fields_in_the_order_of_the_index(toy: Catalog) -> None:
    assert all(tuple(record.fields) == FIELDS for record in search_records(toy, SETTINGS))
    assert len(search_records(toy, SETTINGS)) == len(toy.papers)


def test_words_that_readers_type_in_another_way_are_added(toy: Catalog) -> None:
    record = _record(toy, title="α-divergence in DenseNet-121 and Straße")
    words = record.fields["title"].split()
    assert {"alphadivergence", "alpha", "densenet", "strasse"} <= set(words)
    assert record.titles[0] == "α-divergence in DenseNet-121 and Straße"


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Jürgen Müller", ["jurgen", "muller", "juergen", "mueller"]), ("Ada Byron", []), ("Søren", ["soren", "soeren"])],
)
def test_names_are_found_without_their_accents(name: str, typed: list[str]) -> None:
    assert list(typed_name_words(name)) == typed


def test_a_result_shows_status_code_and_formulas_and_no_empty_field(toy: Catalog) -> None:
    record = _record(toy, title="The $x^2$ case", status=Status.RETRACTED)
    assert record.meta["status"] == "retracted"
    text, maths, rest = record.meta["rich"].split("\x1f")
    assert (text, rest) == ("The ", " case")
    assert maths.startswith("<math")
    assert all(record.meta.values())
    assert "rich" not in _record(toy, title="No formula").meta


def test_texts_in_other_languages_are_searched_but_not_shown(toy: Catalog) -> None:
    record = _record(toy, summary={"": "Dogs fetch.", "de": "Hunde apportieren."})
    assert "Hunde" in record.fields["more"]
    assert "Hunde" not in record.content
    assert "Dogs fetch." in record.content


def test_a_venue_and_an_institution_have_all_their_names(toy: Catalog) -> None:
    entry = toy.editions[toy.papers["zhu2025dogs"].venue]
    names = venue_names(entry)
    assert names[0] == entry.series.name
    assert str(entry.edition.year) in names
    assert "" not in venue_names(replace(entry, series=replace(entry.series, id="x", full_name=None)))
    institution = next(entry for entry in toy.institutions.values() if entry.institution)
    assert institution.institution is not None
    assert set(institution_names(toy, institution.id)) >= {institution.name, *institution.institution.aliases}
