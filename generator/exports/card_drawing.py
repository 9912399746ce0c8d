"""Lines of text to a picture of 1200 by 630 pixels, with Pillow and the site's own faces.

The size is what the sites that show such cards ask for (https://ogp.me/#structured). 16 colors are enough for two
inks on paper, and keep a card at some 10 KB.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from generator.text.words import ENGLISH, Words

SIZE = (1200, 630)
_MARGIN = 80
_WIDTH = SIZE[0] - 2 * _MARGIN
_PAPER, _INK, _ACCENT = (253, 252, 249), (31, 29, 26), (138, 47, 27)
_LEVELS = 14  # of ink on paper; one more color is the accent's
_SOFT = 90  # gray of the lesser lines, of 255
_TITLE_SIZES = (72, 62, 54, 46)
_TITLE_HEIGHT = 330
_LINE = 1.16  # line height by letter size
_PARTS = ("latin", "latin-1", "latin-ext", "vietnamese", "greek")
_NAMES_MOST = 4


class Card(NamedTuple):
    """The lines of a card; each is plain text, encoded for a picture. An empty one is left out."""

    site: str
    title: str
    authors: str
    venue: str


class Faces:
    """The faces in ``folder``: each in several files, of which every letter takes the first that has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[tuple[str, int], list[ImageFont.FreeTypeFont]] = {}
        self._has = lru_cache(maxsize=None)(self._first_that_has)
        self._word_width = lru_cache(maxsize=1 << 16)(self._measured)

    def runs(self, text: str, face: str, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]] | None:
        """``text`` cut where the file changes; None if a letter is in no file."""
        runs: list[tuple[str, ImageFont.FreeTypeFont]] = []
        fonts = self._fonts(face, size)
        for char in text:
            part = self._has(face, char)
            if part is None:
                return None
            font = fonts[part]
            if runs and runs[-1][1] is font:
                runs[-1] = (runs[-1][0] + char, font)
            else:
                runs.append((char, font))
        return runs

    def width(self, text: str, face: str, size: int) -> float:
        """How wide a line is, in pixels: its words, each measured once a run of the program, and their spaces."""
        words = text.split(" ")
        return sum(self._word_width(word, face, size) for word in (*words, *" " * (len(words) - 1)))

    def _measured(self, word: str, face: str, size: int) -> float:
        return sum(font.getlength(run) for run, font in self.runs(word, face, size) or ())

    def _fonts(self, face: str, size: int) -> list[ImageFont.FreeTypeFont]:
        if (face, size) not in self._loaded:
            names = [self._folder / f"digest-{face}-{part}-normal.woff2" for part in _PARTS]
            fonts = [ImageFont.truetype(name, size, layout_engine=ImageFont.Layout.BASIC) for name in names]
            for font in fonts:
                font.set_variation_by_axes([600 if face == "serif" else 400])
            self._loaded[face, size] = fonts
        return self._loaded[face, size]

    def _first_that_has(self, face: str, char: str) -> int | None:
        """The files' sign for a missing letter is empty, so whatever leaves ink is there."""
        if char == " ":
            return 0
        drawn = (part for part, font in enumerate(self._fonts(face, 32)) if font.getmask(char).getbbox())
        return next(drawn, None)


def draw(card: Card, faces: Faces) -> bytes:
    """The card as PNG. A line with a letter that the faces lack is left out whole: half a name would mislead."""
    image = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(image)
    _write(pen, faces, card.site, (_MARGIN, 66), "sans", 32, _SOFT)
    size, lines = _fitted(card.title, faces)
    top = 138.0
    for line in lines:
        _write(pen, faces, line, (_MARGIN, top), "serif", size, 0)
        top += size * _LINE
    _write(pen, faces, card.authors, (_MARGIN, 486), "sans", 32, _SOFT)
    _write(pen, faces, card.venue, (_MARGIN, 536), "sans", 32, 0)
    indexed = image.point([level * _LEVELS // 255 for level in range(256)])
    ImageDraw.Draw(indexed).rectangle((0, 0, 18, SIZE[1]), fill=_LEVELS + 1)
    indexed.putpalette(_palette())
    out = BytesIO()
    indexed.save(
        out, "PNG", bits=4, compress_type=3
    )  # run lengths (Z_RLE): half the time of the default, a tenth more bytes
    return out.getvalue()


def shortened(names: tuple[str, ...], faces: Faces, words: Words = ENGLISH) -> str:
    """As many names as fit on a card's line, and how many more there are."""
    for shown in range(min(len(names), _NAMES_MOST), 0, -1):
        rest = len(names) - shown
        line = ", ".join(names[:shown]) + (" " + words.say("and {n} more", n=rest) if rest else "")
        if faces.width(line, "sans", 32) <= _WIDTH:
            return line
    return ""


def _write(
    pen: ImageDraw.ImageDraw, faces: Faces, text: str, at: tuple[float, float], face: str, size: int, gray: int
) -> None:
    left, top = at
    for run, font in faces.runs(text, face, size) or ():
        pen.text((left, top), run, fill=gray, font=font)
        left += font.getlength(run)


def _fitted(title: str, faces: Faces) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; at the smallest size it ends in an ellipsis."""
    if faces.runs(title, "serif", _TITLE_SIZES[0]) is None:
        return _TITLE_SIZES[0], []
    for size in _TITLE_SIZES:
        lines = _wrapped(title, faces, size)
        most = int(_TITLE_HEIGHT / (size * _LINE))
        if len(lines) <= most and all(faces.width(line, "serif", size) <= _WIDTH for line in lines):
            return size, lines
    return size, [_cut(line, faces, size) for line in [*lines[: most - 1], " ".join(lines[most - 1 :])]]


def _wrapped(title: str, faces: Faces, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        if lines and faces.width(f"{lines[-1]} {word}", "serif", size) <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, faces: Faces, size: int) -> str:
    if faces.width(line, "serif", size) <= _WIDTH:
        return line
    while line and faces.width(f"{line}…", "serif", size) > _WIDTH:
        line = line[:-1].rstrip()
    return f"{line}…"


@lru_cache(maxsize=1)
def _palette() -> list[int]:
    ramp = [
        tuple(ink + (paper - ink) * level // _LEVELS for ink, paper in zip(_INK, _PAPER, strict=True))
        for level in range(_LEVELS + 1)
    ]
    return [value for color in (*ramp, _ACCENT) for value in color]
