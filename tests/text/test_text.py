"""The lowest floor: identifiers, names, slugs, characters, LaTeX, maths and markup."""

import json

import pytest

from generator.text import characters, identifiers, latex, maths
from generator.text.markup import line_html, line_markdown, prose_html, prose_plain
from generator.text.names import Name, sort_key, split_name
from generator.text.slug import folded, slugify
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "value", "good"), CASES["identifiers"])
def test_identifiers(kind: str, value: str, good: bool) -> None:
    assert getattr(identifiers, f"is_{kind}")(value) is good


@pytest.mark.parametrize(("written", "given", "family", "suffix"), CASES["names"])
def test_names_are_split(written: str, given: str, family: str, suffix: str) -> None:
    assert split_name(written) == Name(given, family, suffix)


@pytest.mark.parametrize(
    ("written", "given", "family"),
    [
        ("Gerard 't Hooft", "Gerard", "'t Hooft"),
        ("Jacobus van ’t Hoff", "Jacobus", "van ’t Hoff"),
        ("Santiago Ramón y Cajal", "Santiago", "Ramón y Cajal"),
        ("Juan de la Cierva y Codorníu", "Juan", "de la Cierva y Codorníu"),
        ("Ana Gómez y de la Torre", "Ana", "Gómez y de la Torre"),
        ("Pedro y Juan", "Pedro", "y Juan"),
        ("Ana B y", "Ana B", "y"),
        ("Google, Inc.", "", "Google, Inc."),
        ("Gemma Team", "", "Gemma Team"),
        ("The ATLAS Collaboration", "", "The ATLAS Collaboration"),
        ("Team, Gemma", "Gemma", "Team"),
        ("Jane Teamer", "Jane", "Teamer"),
    ],
)
def test_particles_and_groups(written: str, given: str, family: str) -> None:
    assert split_name(written) == Name(given, family)


def test_people_are_ordered_by_family_name_without_particles() -> None:
    names = ["Gido van de Ven", "Ada Byron", "Gerard 't Hooft", "Plato", "Zoë Adler"]
    assert sorted(names, key=sort_key) == ["Zoë Adler", "Ada Byron", "Gerard 't Hooft", "Plato", "Gido van de Ven"]


@pytest.mark.parametrize(("text", "slug"), CASES["slugs"])
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_long_slugs_are_cut_between_words() -> None:
    assert slugify("word " * 40) == "-".join(["word"] * 16)


def test_titles_that_differ_in_marks_only_are_equal_when_folded() -> None:
    assert folded("Señor: a Test!") == folded("SENOR — A TEST")


@pytest.mark.parametrize(("damaged", "mended"), CASES["latex"])
def test_latex_is_mended(damaged: str, mended: str) -> None:
    text, accents = latex.unaccent_commands(damaged)
    text, commands = latex.drop_commands(text)
    assert text == mended
    assert accents + commands > 0


@pytest.mark.parametrize(("damaged", "mended"), CASES["maths"])
def test_lost_maths_is_restored_where_it_is_certain(damaged: str, mended: str) -> None:
    text, count = latex.restore_maths(damaged)
    assert text == mended
    assert (count > 0) == (damaged != mended)


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Ηannah", (0, "Greek and Latin")), ("a pаper", (2, "Latin and Cyrillic")), ("β-VAE by Иван Smith", None),
        ("北京a の", None), ("Zoë Ångström µm", None), ("김 민준", None), ("ＡＢ abc", None),
    ],
)  # fmt: skip
def test_words_of_several_scripts_are_found(text: str, mixed: tuple[int, str] | None) -> None:
    assert characters.find_mixed(text) == mixed


@pytest.mark.parametrize(
    ("host", "disguise"),
    [
        ("gіthub.com", "gіthub"), ("xn--80ak6aa92e.com", "аррӏе"), ("пример.рф", ""), ("münchen.de", ""),
        ("example.org", ""), ("xn--a.org", ""), ("日本.jp", ""),
    ],
)  # fmt: skip
def test_hosts_in_disguise_are_found(host: str, disguise: str) -> None:
    assert characters.disguised_host(f"https://{host}/x") == disguise


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u2066", "\x00", "\x1b", "\U000e0041", "\ufeff", "\xad"])
def test_hidden_characters_are_found_by_name(character: str) -> None:
    position_and_name = characters.find_forbidden(f"ab{character}c")
    assert position_and_name is not None
    assert position_and_name[0] == 2
    assert position_and_name[1].startswith("U+")


@pytest.mark.parametrize("text", ["Ångström", "北京大学", "می‌خواهم", "Владимир", "한국어", "emoji 😀", "क्‍ष"])
def test_every_script_is_welcome(text: str) -> None:
    assert characters.find_forbidden(characters.without_forbidden(text)) is None
    assert characters.without_forbidden(text) == text


def test_a_formula_becomes_mathml() -> None:
    assert "<msub><mi>ℓ</mi><mn>2</mn></msub>" in maths.to_mathml(r"\ell_2")
    assert maths.to_plain(r"the $\ell_2$ norm in $O(n)$") == "the ℓ_2 norm in O(n)"


@pytest.mark.parametrize(
    "tex",
    [r"\mbox{<svg/onload=alert(1)>}", r"\href{javascript:alert(1)}{x}", r"\class{evil}{x}", "{" * 50, r"\frac{1", ""],
)
def test_a_hostile_or_broken_formula_never_carries_markup(tex: str) -> None:
    for rendered in (line_html(f"a ${tex}$ b"), line_markdown(f"a ${tex}$ b"), prose_html(f"a ${tex}$ b")):
        assert "<svg" not in rendered
        assert "<a" not in rendered
        assert 'class="evil' not in rendered


def test_prices_are_not_maths() -> None:
    assert prose_plain("It costs $5 and then $6.") == "It costs $5 and then $6."


@pytest.mark.parametrize(("source", "html"), CASES["markup"])
def test_the_markdown_subset(source: str, html: str) -> None:
    assert prose_html(source) == html
