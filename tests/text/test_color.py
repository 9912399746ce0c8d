"""Colors, their contrast, and shades that are readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.color import DARK, DEFAULT, LIGHT, contrast, palette_color, read_color, readable


@pytest.mark.parametrize(
    ("text", "color"),
    [("#0B5FFF", "#0b5fff"), ("0b5fff", "#0b5fff"), ("#abc", "#aabbcc"), ("red", None), ("#12345", None), ("", None)],
)
def test_a_color_is_read_in_the_usual_forms(text: str, color: str | None) -> None:
    assert read_color(text) == color


def test_a_palette_names_a_color_of_material_or_a_value() -> None:
    assert palette_color("Deep Purple") == "#7c4dff"
    assert palette_color("#0b5fff") == "#0b5fff"
    assert palette_color("no-color") is None


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0b5fff", "#0b5fff") == pytest.approx(1)


@pytest.mark.parametrize("background", [LIGHT, DARK])
@pytest.mark.parametrize("color", ["#ffff00", "#000080", "#777777", "#fdfcf9", "#171614", "#ff1a47"])
def test_a_shade_is_readable_on_its_background(color: str, background: str) -> None:
    shade = readable(color, background)
    assert contrast(shade, background) >= 6
    assert readable(shade, background) == shade


def test_a_readable_color_stays() -> None:
    assert readable(DEFAULT, LIGHT) == DEFAULT


@given(st.integers(0, 0xFFFFFF), st.sampled_from([LIGHT, DARK]))
def test_any_color_becomes_readable(color: int, background: str) -> None:
    result = readable(f"#{color:06x}", background)
    assert contrast(result, background) >= 6
    assert readable(result, background) == result
