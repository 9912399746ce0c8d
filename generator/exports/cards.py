"""Social cards: the image that other sites show when somebody shares the URL of a paper's page.

Sites that show such cards ask for 1200 by 630 pixels (https://ogp.me/#structured). The cards are drawn with Pillow and
the site's own fonts. Three shades of ink and one accent color need only two bits per pixel, which keeps most cards
below 10 KB.
"""

from collections.abc import Iterator
from functools import lru_cache, partial
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

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_PAPER, _INK = (253, 252, 249), (31, 29, 26)
_LEVELS = 2  # shades beside ink, which is 0; the fourth color is the accent
_TITLE_SIZES = (52, 46, 42)  # pixels; a long title is drawn smaller
_TITLE_HEIGHT = 330
_LINE = 1.16  # line height, relative to the size of letters
# files of a font, by subset of characters, as Google Fonts divides them
_PARTS = ("latin", "latin-1", "latin-ext", "vietnamese", "greek")
_MAX_NAMES = 4  # authors on a card
_LOGO_SIZE = 44  # pixels; the size of the logo before the name of the digest


class Card(NamedTuple):
    """The lines of a card, encoded as plain text. Empty ones are left out.

    ``color`` (``#rrggbb``) is the color of its edge.
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
    """The fonts in ``folder``. Each has several files; a letter comes from the first one that contains it.

    ``logo`` is an image of the digest's logo. Letters are drawn once and placed side by side, without kerning.
    """

    def __init__(self, folder: Path, logo: Path | None = None) -> None:
        self._folder = folder
        self.logo = logo if logo and logo.is_file() else None
        self._font = lru_cache(maxsize=None)(self._loaded)
        self._part = lru_cache(maxsize=None)(self._first_that_has)
        self._glyph = lru_cache(maxsize=1 << 13)(self._drawn)
        self._word_width = lru_cache(maxsize=1 << 16)(self._measured)

    @property
    def files(self) -> list[Path]:
        """The files of all fonts, and that of the logo."""
        return [*sorted(self._folder.glob("*.woff2")), *([self.logo] if self.logo else [])]

    def has(self, text: str, face: str) -> bool:
        """Whether the font's files contain every letter of ``text``."""
        return all(self._part(face, char) for char in text)

    def glyphs(self, text: str, face: str, size: int) -> list[Glyph]:
        """The letters of ``text``; the font must contain all of them."""
        return [self._glyph(char, face, size) for char in text]

    def width(self, text: str, face: str, size: int) -> float:
        """The width of a line in pixels. Each word is measured once per run of the program."""
        words = text.split(" ")
        return sum(self._word_width(word, face, size) for word in (*words, *" " * (len(words) - 1)))

    def _measured(self, word: str, face: str, size: int) -> float:
        return sum(glyph.advance for glyph in self.glyphs(word, face, size)) if self.has(word, face) else 0

    def _drawn(self, char: str, face: str, size: int) -> Glyph:
        font = self._font(face, size, self._part(face, char) or _PARTS[0])
        left, top, right, bottom = (int(side) for side in font.getbbox(char))
        ink = Image.new("L", (right - left, bottom - top)) if right > left and bottom > top else None
        if ink:
            ImageDraw.Draw(ink).text((-left, -top), char, fill=255, font=font)
        return Glyph(ink, left, top, font.getlength(char))

    def _loaded(self, face: str, size: int, part: str) -> ImageFont.FreeTypeFont:
        name = self._folder / f"digest-{face}-{part}-normal.woff2"
        # Not Raqm, the layout engine that only some builds of Pillow have: cards are the same everywhere.
        font = ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([600 if face == "serif" else 400])  # the weights of headings and text on pages
        return font

    def _first_that_has(self, face: str, char: str) -> str | None:
        """The first file with a letter. These files draw nothing for a missing letter."""
        if char == " ":  # it draws nothing, so the test below would find no file
            return _PARTS[0]
        drawn = (part for part in _PARTS if self._font(face, 32, part).getmask(char).getbbox())
        return next(drawn, None)


def draw(card: Card, fonts: Fonts) -> bytes:
    """Draw the card as PNG. A line with a missing letter is left out, because a part of a name would be wrong."""
    image = Image.new("L", SIZE, _LEVELS)
    pen = ImageDraw.Draw(image)
    logo = _logo(fonts.logo, card.color)
    if logo:
        image.paste(logo, (_MARGIN, 60))
    _write(pen, fonts, card.site, (_MARGIN + (_LOGO_SIZE + 16 if logo else 0), 66), "sans", 32)
    size, lines = _fitted(card.title, fonts)
    top = 138.0
    for line in lines:
        _write(pen, fonts, line, (_MARGIN, top), "serif", size)
        top += size * _LINE
    _write(pen, fonts, card.authors, (_MARGIN, 486), "sans", 32)
    _write(pen, fonts, card.venue, (_MARGIN, 536), "sans", 32)
    pen.rectangle((0, 0, 18, SIZE[1]), fill=_LEVELS + 1)
    image.putpalette(_palette(card.color))
    out = BytesIO()
    image.save(out, "PNG", bits=2, compress_type=3)  # run lengths (Z_RLE): half the time of the default
    return out.getvalue()


def shortened(names: tuple[str, ...], fonts: Fonts, words: Words = ENGLISH) -> str:
    """The names that fit on a card's line, and the number of others."""
    for shown in range(min(len(names), _MAX_NAMES), 0, -1):
        rest = len(names) - shown
        line = ", ".join(names[:shown]) + (" " + words.say("and {n} more", n=rest) if rest else "")
        if fonts.width(line, "sans", 32) <= _WIDTH:
            return line
    return ""


def _write(
    pen: ImageDraw.ImageDraw, fonts: Fonts, text: str, position: tuple[float, float], face: str, size: int
) -> None:
    if not fonts.has(text, face):
        return
    left, top = position
    for glyph in fonts.glyphs(text, face, size):
        if glyph.ink:
            pen.bitmap((round(left) + glyph.left, round(top) + glyph.top), glyph.ink, fill=0)
        left += glyph.advance


def _fitted(title: str, fonts: Fonts) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines. At the smallest size it is cut with an ellipsis."""
    if not fonts.has(title, "serif"):
        return _TITLE_SIZES[0], []
    for size in _TITLE_SIZES:
        lines = _wrapped(title, fonts, size)
        max_lines = int(_TITLE_HEIGHT / (size * _LINE))
        if len(lines) <= max_lines and all(fonts.width(line, "serif", size) <= _WIDTH for line in lines):
            return size, lines
    return size, [_cut(line, fonts, size) for line in [*lines[: max_lines - 1], " ".join(lines[max_lines - 1 :])]]


def _wrapped(title: str, fonts: Fonts, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and fonts.width(f"{lines[-1]} {word}", "serif", size) <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, fonts: Fonts, size: int) -> str:
    if fonts.width(line, "serif", size) <= _WIDTH:
        return line
    while line and fonts.width(f"{line}…", "serif", size) > _WIDTH:
        line = line[:-1].rstrip()
    return f"{line}…"


@lru_cache(maxsize=1)
def _logo(path: Path | None, color: str) -> Image.Image | None:
    """The digest's logo in the colors of a card: each pixel in the nearest of them."""
    if path is None:
        return None
    picture = Image.open(path).convert("RGBA").resize((_LOGO_SIZE, _LOGO_SIZE))
    background = Image.new("RGBA", picture.size, _PAPER)
    background.alpha_composite(picture)
    palette = Image.new("P", (1, 1))
    palette.putpalette(_palette(color))
    nearest = background.convert("RGB").quantize(4, palette=palette, dither=Image.Dither.NONE)
    return Image.frombytes("L", picture.size, nearest.tobytes())


@lru_cache(maxsize=1)
def _palette(color: str) -> list[int]:
    ramp = [
        tuple(ink + (paper - ink) * level // _LEVELS for ink, paper in zip(_INK, _PAPER, strict=True))
        for level in range(_LEVELS + 1)
    ]
    return [value for color in (*ramp, ImageColor.getrgb(color)) for value in color]


class Cards:
    """The cards of one catalog."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        assets = theme / "overrides" / "assets"
        self._faces = Fonts(assets / "fonts", assets / "images" / "icon-192.png")
        inputs.register(self)
        inputs.add("fonts", lambda: {path.name: hash_of(path.read_bytes()) for path in self._faces.files})

    def tasks(self) -> Iterator[Task]:
        """A task for each paper; none if the settings switch cards off."""
        if self._settings.social_cards:
            for paper_id in self._catalog.papers:
                yield plain_task(f"card {paper_id}", partial(self._file, paper_id))

    @query
    def lines(self, paper_id: str) -> Card:
        """The lines of a card. Lists of names are shortened to fit."""
        self.inputs.note("fonts")
        return _card(self._catalog, self._settings, self._catalog.papers[paper_id], self._faces)

    def _file(self, paper_id: str) -> Iterator[File]:
        self.inputs.note("fonts")
        yield File(site_paths.card(paper_id), draw(self.lines(paper_id), self._faces))


def _card(catalog: Catalog, settings: Settings, paper: Paper, fonts: Fonts) -> Card:
    venue = for_card(catalog.editions[paper.venue].name)
    status = for_card(settings.words.say(STATUS_NAMES.get(paper.status, "")).upper())
    return Card(
        site=for_card(settings.name),
        title=for_card(to_plain(paper.title)),
        authors=shortened(tuple(for_card(name) for name in paper.author_names), fonts, settings.words),
        venue=" · ".join(part for part in (venue, for_card(paper.track or ""), status) if part),
        color=readable(palette_color(settings.palette or "") or DEFAULT, LIGHT),
    )
