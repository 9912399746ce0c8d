"""Author lists of BibTeX records as names."""

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from generator.text.bibtex_names import PersonName, read_people, read_person_or_list

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


@pytest.mark.parametrize(
    "source",
    ["Ngozi Okoro, Wei Li", "Ngozi Okoro und Wei Li", "Okoro, Ngozi, Wei Li", "Ngozi Okoro, Wei Li, and Bo Ek"],
)
def test_a_list_that_is_read_in_an_unusual_way_gets_a_remark(source: str) -> None:
    assert read_people(source).remarks
    assert _bib(f"author = {{{source}}}").notes


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("De Prado, Marcos Lopez", ["Marcos Lopez De Prado"]),
        ("Von Holstein, Carl-Axel S Staël", ["Carl-Axel S Staël Von Holstein"]),
        ("Van Jacobson, Sally Floyd", []),
    ],
)
def test_a_word_that_only_begins_family_names_decides(field: str, names: list[str]) -> None:
    assert [person.name for person in read_people(field).names] == names


def test_family_names_are_stated_where_a_comma_or_braces_show_them() -> None:
    people = read_people("van de Ven, Gido M. and Ada Byron and {The ATLAS Collaboration} and Ada {Byron King}")
    assert people.names == [
        PersonName("Gido M. van de Ven", "van de Ven"),
        PersonName("Ada Byron"),
        PersonName("The ATLAS Collaboration"),
        PersonName("Ada Byron King", "Byron King"),
    ]
    assert people.remarks == []


def test_the_extended_form_of_biblatex_is_read() -> None:
    people = read_people("family=Heuvel, given=Karel, prefix=van den, useprefix=true")
    assert people.names == [PersonName("Karel van den Heuvel", "van den Heuvel")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Byron, Ada; Li, Bo", ["Ada Byron", "Bo Li"]),
        ("Ada Byron and Bo Li", ["Ada Byron", "Bo Li"]),
        ("Byron, Ada", ["Ada Byron"]),
        ("Research and Development", ["Research and Development"]),
    ],
)
def test_a_field_for_one_name_is_a_list_only_if_that_is_certain(text: str, names: list[str]) -> None:
    assert [person.name for person in read_person_or_list(text).names] == names
