"""Social cards: the image that other sites show when somebody shares the URL of a paper's page.

The recommended size is 1200 by 630 pixels (https://ogp.me/#structured). The cards are drawn with Pillow and the site's
own fonts. They have four colors, which need two bits per pixel, so that most cards are below 10 KB.
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont

from generator.build.inputs import Inputs, query
from generator.build.task import File, Task, hash_of, plain_task
from generator.model import site_paths
from generator.model.catalog import Catalog
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.text.color import DEFAULT, LIGHT, palette_color, readable
from generator.text.escape import for_card
from generator.text.maths import to_plain
from generator.text.words import ENGLISH, Words

# Lengths and positions are in pixels, positions from the top left corner.
SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_BACKGROUND, _INK = (253, 252, 249), (31, 29, 26)
# The value of a pixel: 0 is ink, then come lighter shades up to the background, then the accent color.
_BACKGROUND_LEVEL, _ACCENT_LEVEL = 2, 3
_TITLE_SIZES = (52, 46, 42)  # the first at which the title fits
_TITLE_HEIGHT = 330
_TEXT_SIZE = 32
_LINE_HEIGHT = 1.16  # relative to the size of letters
# Each font has a file for each of these subsets of characters, as Google Fonts divides them.
_SUBSETS = ("latin", "latin-1", "latin-ext", "vietnamese", "greek")
_MAX_NAMES = 4  # authors on a card
_LOGO_SIZE = 44
_LOGO_GAP = 16  # between the logo and the name of the digest
_EDGE_WIDTH = 18  # the edge in the accent color


class Card(NamedTuple):
    """The lines of a card in plain text, and the accent color (``#rrggbb``). Empty lines are not drawn.

    ``site`` is the name of the digest. ``venue`` includes the track and status of the paper.
    """

    site: str
    title: str
    authors: str
    venue: str
    color: str = DEFAULT


class Glyph(NamedTuple):
    """A drawn letter: its pixels if it has any, their offset from its origin, and its advance width."""

    ink: Image.Image | None
    left: int
    top: int
    advance: float


class Fonts:
    """The fonts in ``folder``, and ``logo``, an image of the digest's logo.

    The families are ``serif`` and ``sans``. A letter comes from the first subset of a family that contains it. Letters
    are drawn once and placed side by side, without kerning.
    """

    def __init__(self, folder: Path, logo: Path | None = None) -> None:
        self._folder = folder
        self.logo = logo if logo and logo.is_file() else None
        # Caches of the methods below, for each instance.
        self._font = lru_cache(maxsize=None)(self._load_font)
        self._subset = lru_cache(maxsize=None)(self._find_subset)
        self._glyph = lru_cache(maxsize=1 << 13)(self._draw_glyph)
        self._word_width = lru_cache(maxsize=1 << 16)(self._measure_word)

    @property
    def files(self) -> list[Path]:
        """The files of all fonts, and of the logo if there is one."""
        return [*sorted(self._folder.glob("*.woff2")), *([self.logo] if self.logo else [])]

    def has(self, text: str, family: str) -> bool:
        """Whether a font family contains every letter of ``text``."""
        return all(self._subset(family, char) for char in text)

    def glyphs(self, text: str, family: str, size: int) -> list[Glyph]:
        """The letters of ``text``, all of which the family must contain."""
        return [self._glyph(char, family, size) for char in text]

    def width(self, text: str, family: str, size: int) -> float:
        """The width of a line in pixels. Words with a missing letter do not count."""
        words = text.split(" ")
        spaces = " " * (len(words) - 1)
        return sum(self._word_width(word, family, size) for word in (*words, *spaces))

    def _measure_word(self, word: str, family: str, size: int) -> float:
        return sum(glyph.advance for glyph in self.glyphs(word, family, size)) if self.has(word, family) else 0

    def _draw_glyph(self, char: str, family: str, size: int) -> Glyph:
        font = self._font(family, size, self._subset(family, char) or _SUBSETS[0])
        left, top, right, bottom = (int(side) for side in font.getbbox(char))
        ink = Image.new("L", (right - left, bottom - top)) if right > left and bottom > top else None
        if ink:
            ImageDraw.Draw(ink).text((-left, -top), char, fill=255, font=font)
        return Glyph(ink, left, top, font.getlength(char))

    def _load_font(self, family: str, size: int, subset: str) -> ImageFont.FreeTypeFont:
        path = self._folder / f"digest-{family}-{subset}-normal.woff2"
        # The other layout engine, Raqm, is only in some builds of Pillow. Cards must be the same everywhere.
        font = ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([600 if family == "serif" else 400])  # the weights of headings and text on pages
        return font

    def _find_subset(self, family: str, char: str) -> str | None:
        """The first subset that contains a letter, or None. A font draws nothing for a missing letter."""
        if char == " ":  # a space draws nothing either
            return _SUBSETS[0]
        containing = (subset for subset in _SUBSETS if self._font(family, _TEXT_SIZE, subset).getmask(char).getbbox())
        return next(containing, None)


def draw(card: Card, fonts: Fonts) -> bytes:
    """Draw the card as PNG. A line with a missing letter is left out, because a part of a name would be wrong."""
    image = Image.new("L", SIZE, _BACKGROUND_LEVEL)
    pen = ImageDraw.Draw(image)
    logo = _logo(fonts.logo, card.color)
    if logo:
        image.paste(logo, (_MARGIN, 60))
    _write_line(pen, fonts, card.site, (_MARGIN + (_LOGO_SIZE + _LOGO_GAP if logo else 0), 66), "sans", _TEXT_SIZE)
    size, lines = _fit_title(card.title, fonts)
    top = 138.0
    for line in lines:
        _write_line(pen, fonts, line, (_MARGIN, top), "serif", size)
        top += size * _LINE_HEIGHT
    _write_line(pen, fonts, card.authors, (_MARGIN, 486), "sans", _TEXT_SIZE)
    _write_line(pen, fonts, card.venue, (_MARGIN, 536), "sans", _TEXT_SIZE)
    pen.rectangle((0, 0, _EDGE_WIDTH, SIZE[1]), fill=_ACCENT_LEVEL)
    image.putpalette(_palette(card.color))
    png = BytesIO()
    image.save(png, "PNG", bits=2, compress_type=3)  # run lengths (Z_RLE): half the time of the default
    return png.getvalue()


def author_line(names: tuple[str, ...], fonts: Fonts, words: Words = ENGLISH) -> str:
    """As many names as fit on a line of a card, and the number of the others; '' if not even one fits."""
    for shown in range(min(len(names), _MAX_NAMES), 0, -1):
        others = len(names) - shown
        line = ", ".join(names[:shown]) + (" " + words.say("and {n} more", n=others) if others else "")
        if fonts.width(line, "sans", _TEXT_SIZE) <= _WIDTH:
            return line
    return ""


def _write_line(
    pen: ImageDraw.ImageDraw, fonts: Fonts, text: str, position: tuple[float, float], family: str, size: int
) -> None:
    if not fonts.has(text, family):
        return
    left, top = position
    for glyph in fonts.glyphs(text, family, size):
        if glyph.ink:
            pen.bitmap((round(left) + glyph.left, round(top) + glyph.top), glyph.ink, fill=0)
        left += glyph.advance


def _fit_title(title: str, fonts: Fonts) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines: none if the font lacks one of its letters.

    A title that fits at no size is cut at the smallest.
    """
    if not fonts.has(title, "serif"):
        return _TITLE_SIZES[0], []
    for size in _TITLE_SIZES:
        lines = _wrap(title, fonts, size)
        max_lines = int(_TITLE_HEIGHT / (size * _LINE_HEIGHT))
        if len(lines) <= max_lines and all(fonts.width(line, "serif", size) <= _WIDTH for line in lines):
            return size, lines
    last_line = " ".join(lines[max_lines - 1 :])
    return size, [_cut(line, fonts, size) for line in [*lines[: max_lines - 1], last_line]]


def _wrap(title: str, fonts: Fonts, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and fonts.width(f"{lines[-1]} {word}", "serif", size) <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, fonts: Fonts, size: int) -> str:
    """Shorten a line that is too wide, with an ellipsis."""
    if fonts.width(line, "serif", size) <= _WIDTH:
        return line
    while line and fonts.width(f"{line}…", "serif", size) > _WIDTH:
        line = line[:-1].rstrip()
    return f"{line}…"


@lru_cache(maxsize=1)
def _logo(path: Path | None, color: str) -> Image.Image | None:
    """The digest's logo, with each pixel in the nearest of the four colors; None without a logo."""
    if path is None:
        return None
    logo = Image.open(path).convert("RGBA").resize((_LOGO_SIZE, _LOGO_SIZE))
    background = Image.new("RGBA", logo.size, _BACKGROUND)
    background.alpha_composite(logo)
    palette = Image.new("P", (1, 1))  # ``quantize`` takes the palette of an image
    palette.putpalette(_palette(color))
    levels = background.convert("RGB").quantize(4, palette=palette, dither=Image.Dither.NONE)
    return Image.frombytes("L", logo.size, levels.tobytes())


@lru_cache(maxsize=1)
def _palette(accent: str) -> list[int]:
    """The red, green and blue of each of the four levels, one after the other."""
    shades = [
        tuple(
            ink + (background - ink) * level // _BACKGROUND_LEVEL
            for ink, background in zip(_INK, _BACKGROUND, strict=True)
        )
        for level in range(_BACKGROUND_LEVEL + 1)
    ]
    return [value for color in (*shades, ImageColor.getrgb(accent)) for value in color]


class Cards:
    """The cards of one catalog."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        assets = theme / "overrides" / "assets"
        self._fonts = Fonts(assets / "fonts", assets / "images" / "icon-192.png")
        inputs.register(self)
        inputs.add("fonts", lambda: {path.name: hash_of(path.read_bytes()) for path in self._fonts.files})

    def tasks(self) -> Iterator[Task]:
        """A task for each paper; none if the settings switch cards off."""
        if self._settings.social_cards:
            for paper_id in self._catalog.papers:
                yield plain_task(f"card {paper_id}", self._file, paper_id)

    @query
    def lines(self, paper_id: str) -> Card:
        """The lines of a paper's card, with as many authors as fit."""
        self.inputs.record("fonts")
        return _card(self._catalog, self._settings, self._catalog.papers[paper_id], self._fonts)

    def _file(self, paper_id: str) -> Iterator[File]:
        self.inputs.record("fonts")
        yield File(site_paths.card(paper_id), draw(self.lines(paper_id), self._fonts))


def _card(catalog: Catalog, settings: Settings, paper: Paper, fonts: Fonts) -> Card:
    venue = for_card(catalog.editions[paper.venue].name)
    status = for_card(settings.words.say(STATUS_NAMES.get(paper.status, "")).upper())
    return Card(
        site=for_card(settings.name),
        title=for_card(to_plain(paper.title)),
        authors=author_line(tuple(for_card(name) for name in paper.author_names), fonts, settings.words),
        venue=" · ".join(part for part in (venue, for_card(paper.track or ""), status) if part),
        color=readable(palette_color(settings.palette or "") or DEFAULT, LIGHT),
    )
