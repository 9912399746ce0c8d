"""Author lists of BibTeX records as names."""

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from generator.text.bibtex_names import read_people

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
