"""Text as BibTeX. ``tests/property`` and ``tests/citation`` read it back with parsers of other projects."""

import pytest

from generator.text.bibtex import for_bibtex, for_bibtex_name, for_bibtex_title, for_bibtex_verbatim
from generator.text.names import Name


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("50% of cats & dogs", r"50{\%} of cats {\&} dogs"),
        ("Hölder", r"H{\"o}lder"),
        (r"\input{x}", r"{\textbackslash}input{\ensuremath{\lbrace}}x{\ensuremath{\rbrace}}"),
        ("a -- b", "a -{}- b"),
        ("the $x^2$ norm", "the $x^2$ norm"),
        (r"a $\input{x}$", r"a {\$}{\textbackslash}input{\ensuremath{\lbrace}}x{\ensuremath{\rbrace}}{\$}"),
    ],
)
def test_no_character_starts_a_command_and_safe_formulas_stay(text: str, encoded: str) -> None:
    assert for_bibtex(text) == encoded


@pytest.mark.parametrize(
    ("title", "encoded"),
    [
        ("Learning Cats with BERT", "Learning Cats with {BERT}"),
        ("A theory of learning in Paris", "A theory of learning in {Paris}"),
        ("Deep Gaussian Processes", "Deep {Gaussian} Processes"),
    ],
)
def test_titles_protect_only_the_capitals_that_must_stay(title: str, encoded: str) -> None:
    assert for_bibtex_title(title) == encoded


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("Gido M. van de Ven", "van de Ven, Gido M."),
        ("The ATLAS Collaboration", "{The ATLAS Collaboration}"),
        (Name("Ken", "Perlin", "Jr."), "Perlin, Jr., Ken"),
        (Name("Rock and", "Roll"), "Roll, {Rock and}"),
    ],
)
def test_a_name_is_not_split_at_a_comma_or_and(name: str | Name, encoded: str) -> None:
    assert for_bibtex_name(name) == encoded


def test_an_address_cannot_end_its_field() -> None:
    assert for_bibtex_verbatim("https://a.example/{x}\\y?z=1%20") == "https://a.example/%7Bx%7D%5Cy?z=1%20"
