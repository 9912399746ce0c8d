"""Typing and encoding errors."""

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from generator.text.data_entry import is_others, is_placeholder, normalize_value, repair_mojibake, without_others

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


@pytest.mark.parametrize(
    ("text", "better"),
    [("MÃ¤ntylÃ¤", "Mäntylä"), ("donâ€™t", "don’t"), ("Ã…sa", "Åsa"), ("Mäntylä", "Mäntylä"), ("São", "São")],
)
def test_mojibake_is_repaired_and_other_text_stays(text: str, better: str) -> None:
    assert repair_mojibake(text) == better
    notes = [note.message for note in _bib(f"author = {{Okoro, {text}}}").notes]
    assert notes == (
        [] if text == better else [f"text in a wrong encoding: '{text} Okoro'; it may read '{better} Okoro'"]
    )


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("title", "  A\u00a0 title\n", "A title"),
        ("tldr", "\ufeffOne\tsentence", "One sentence"),
        ("doi", "https://doi.org/10.1145/12345.678", "10.1145/12345.678"),
        ("arxiv", "arXiv:2501.12345v2", "2501.12345"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097/", "0000-0002-1825-0097"),
        ("ror", "https://ror.org/02njgxr09", "02njgxr09"),
        ("added", "2026/4/3", "2026-04-03"),
        ("added", "3.4.2026", "3.4.2026"),
        ("links", "https://a.example/  b", "https://a.example/  b"),
        ("summary", "Two\n\nparagraphs  here", "Two\n\nparagraphs  here"),
    ],
)
def test_a_value_is_normalized_only_if_its_meaning_is_certain(field: str, text: str, expected: str) -> None:
    assert normalize_value(field, text) == expected


@pytest.mark.parametrize("name", ["et al.", "and 45 more authors", "others", "等", "u. a."])
def test_words_for_further_authors_are_no_name(name: str) -> None:
    assert is_others(name)


def test_names_are_neither_others_nor_placeholders() -> None:
    for name in ("He Others-Smith", "Alan More", "Ana Etal", "Anon Sukumaran", "Al Gore"):
        assert not is_others(name)
        assert not is_placeholder(name)
    assert all(map(is_placeholder, ("Anonymous", "First Author", "N.N.", "[Unknown]")))


def test_a_name_loses_its_et_al() -> None:
    assert without_others("Ada Byron et al.") == "Ada Byron"
    assert without_others("Ada Byron, u. a.") == "Ada Byron"
    assert without_others("Et Al") == "Et Al"
