"""Social cards: pictures of the right size, with the text drawn on them, the same on every run."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from generator.build.inputs import Inputs
from generator.build.task import File
from generator.exports.cards import SIZE, Card, Cards, Fonts, author_line, draw
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.pages.all import all_pages
from tests.conftest import ROOT, SETTINGS
from tests.support.hostile import OWN, hostile_catalog

THEME = ROOT / "theme"
EMPTY = Card(site="", title="", authors="", venue="")
TITLE_AREA, AUTHORS_LINE = (40, 130, 1200, 470), (40, 480, 1200, 532)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(THEME / "overrides/assets/fonts")


def card_files(catalog: Catalog, settings: Settings = SETTINGS) -> list[File]:
    tasks = Cards(catalog, settings, THEME, Inputs()).tasks()
    return [item for task in tasks for item in task.run({}) if isinstance(item, File)]


def ink(card: bytes, area: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box of everything drawn in an area of the picture."""
    picture = Image.open(BytesIO(card)).convert("L").crop(area)
    return picture.point(lambda level: 255 * (level < 128)).getbbox()


def test_each_paper_has_a_card_of_the_recommended_size(toy: Catalog) -> None:
    cards = {card.path: card.data for card in card_files(toy)}
    assert set(cards) == {f"papers/{paper}/card.png" for paper in toy.papers}
    assert {Image.open(BytesIO(data)).size for data in cards.values()} == {SIZE} == {(1200, 630)}
    assert max(map(len, cards.values())) < 60_000


def test_the_page_names_its_card(toy: Catalog) -> None:
    path = "papers/oconnor2025cats/index.md"
    page = next(page for page in all_pages(toy, SETTINGS, THEME) if page.path == path)
    assert "card: " in page.text
    assert "papers/oconnor2025cats/card.png" in page.text
    bare = replace(SETTINGS, social_cards=False)
    assert card_files(toy, bare) == []
    page = next(page for page in all_pages(toy, bare, THEME) if page.path == path)
    assert "card.png" not in page.text


def test_the_same_card_has_the_same_bytes(fonts: Fonts) -> None:
    card = Card(site="Digest", title="Cats that count", authors="Ada Byron", venue="CATS 2025")
    assert draw(card, fonts) == draw(card, Fonts(THEME / "overrides/assets/fonts"))


def test_each_line_is_drawn(fonts: Fonts) -> None:
    """A longer title takes more lines, a mark changes the picture, and no mark of markup is swallowed."""
    one, two = (ink(draw(EMPTY._replace(title=title), fonts), TITLE_AREA) for title in ("Cats", "Cats " * 16))
    assert one
    assert two
    assert two[3] - two[1] > 2 * (one[3] - one[1])
    for plain, marked in (("ab", "a<b"), ("unk", "<unk>"), ("C", "C*"), ("RD", "R&D")):
        assert draw(EMPTY._replace(title=plain), fonts) != draw(EMPTY._replace(title=marked), fonts)


def test_accents_and_greek_are_drawn(fonts: Fonts) -> None:
    for name in ("Łukasz Żółć", "Nguyễn Văn", "α-divergence", "Müller"):
        assert ink(draw(EMPTY._replace(authors=name), fonts), AUTHORS_LINE)


def test_a_line_with_a_missing_letter_is_left_out(fonts: Fonts) -> None:
    blank = draw(EMPTY, fonts)
    assert draw(EMPTY._replace(title="Half of 深層学習"), fonts) == blank


def test_a_title_too_long_for_the_card_ends_inside_it(fonts: Fonts) -> None:
    for title in ("word " * 60, "x" * 300, "Wwwww " * 49):
        box = ink(draw(EMPTY._replace(title=title.strip()), fonts), (0, 0, *SIZE))
        assert box
        assert box[2] <= SIZE[0] - 60
        assert not ink(draw(EMPTY._replace(title=title.strip()), fonts), AUTHORS_LINE)


def test_many_authors_are_counted(fonts: Fonts) -> None:
    names = tuple(f"Author Number{n}" for n in range(3000))
    assert author_line(names[:2], fonts) == "Author Number0, Author Number1"
    assert author_line(names, fonts) == "Author Number0, Author Number1, Author Number2 and 2997 more"


def test_hostile_entries_have_complete_cards() -> None:
    catalog = hostile_catalog(OWN, topic=OWN[0])
    for card in card_files(catalog):
        Image.open(BytesIO(card.data)).load()
