"""Colors of a digest: shades of a chosen color that are readable on light and on dark backgrounds.

Contrast is the contrast ratio of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import re
from types import MappingProxyType

LIGHT, DARK = "#fdfcf9", "#171614"
"""The backgrounds of the theme's light and dark schemes. A test compares them with the style sheet."""

DEFAULT = "#8a2f1b"
"""The color of links and badges on a light background, for a digest that sets no color."""

MATERIAL = MappingProxyType(
    {
        "red": "#ff1a47", "pink": "#f50056", "purple": "#df41fb", "deep-purple": "#7c4dff", "indigo": "#526cfe",
        "blue": "#4287ff", "light-blue": "#0091eb", "cyan": "#00bad6", "teal": "#00bda4", "green": "#00c753",
        "light-green": "#63de17", "lime": "#b0eb00", "amber": "#ffaa00", "deep-orange": "#ff6e42",
        "yellow": "#ffec3d", "orange": "#ffa724", "brown": "#795649", "grey": "#757575", "blue-grey": "#546d78",
    }
)  # fmt: skip
"""The colors of Material for MkDocs by their names in ``theme.palette``.

They are its accent colors; yellow, orange, brown and the two greys are its primary colors.
"""

_MIN_CONTRAST = 6.0  # WCAG AA needs 4.5; this leaves a margin
_HEX = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_Rgb = tuple[int, int, int]


def read_color(text: str) -> str | None:
    """Return a color as ``#rrggbb``; ``#rgb`` and a missing ``#`` are accepted. None if it is not a color."""
    if not _HEX.fullmatch(text):
        return None
    digits = text.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def palette_color(name: str) -> str | None:
    """Return the color that a palette names, as ``#rrggbb``: a name of Material or a hex value. Else None."""
    return MATERIAL.get(name.lower().replace(" ", "-")) or read_color(name)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colors, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(_rgb(first)), _luminance(_rgb(second))))
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: str, background: str) -> str:
    """Return the shade nearest to ``color`` that is readable on ``background``, which is ``LIGHT`` or ``DARK``.

    Shades go from ``color`` to black on the light background, and to white on the dark one.
    """
    end = 0 if _luminance(_rgb(background)) > 0.4 else 255  # each channel of black or white
    for percent in range(101):
        red, green, blue = (round(channel + (end - channel) * percent / 100) for channel in _rgb(color))
        shade = f"#{red:02x}{green:02x}{blue:02x}"
        if contrast(shade, background) >= _MIN_CONTRAST:
            return shade
    raise AssertionError("black is readable on LIGHT, and white on DARK")


def _rgb(color: str) -> _Rgb:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: _Rgb) -> float:
    """The relative luminance of WCAG, from 0 (black) to 1 (white)."""
    channels = (channel / 255 for channel in color)
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
