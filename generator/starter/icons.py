"""Draw the icons of the installed application (PNG) from a digest's mark, its small picture (SVG).

The bytes are the same on every machine. The system can cut a maskable icon to any shape. Its background therefore
reaches the edges, and its picture is within the safe zone, a circle with a diameter of 80 % of the width:
https://www.w3.org/TR/appmanifest/#icon-masks.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from xml.parsers.expat import ExpatError, ParserCreate

from PIL import Image, ImageColor

from generator.text.color import LIGHT

IMAGES = "theme/overrides/assets/images"
MARK = f"{IMAGES}/mark.svg"
"""The path of the mark in a digest's folder."""
ICONS = tuple(f"{IMAGES}/icon-{name}.png" for name in ("192", "512", "maskable-512"))

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# the background of the mark in ``files/mark.svg``
_BACKGROUND = re.compile(r'<rect width="32" height="32"[^>]* fill="(#[0-9a-f]{6})"')
_MAX_DEPTH = 100  # nested elements; tens of thousands overflow the stack of the SVG renderer
_MAX_HEIGHT = 100  # times the width; a taller picture would take gigabytes at the width of an icon
_EMBEDDED_IMAGE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp)[;,]")
_SAFE_WIDTH = 0.56  # of the icon's width; 0.8 / sqrt(2), the side of the square within the circle of the safe zone


class BadImage(Exception):
    """A file is not an SVG or PNG that can be drawn. The message gives the reason."""


def logo_name(logo: bytes) -> str:
    """The name of a logo's file in a digest. Its ending is that of the format, whatever the file was called before."""
    return "logo.png" if logo.startswith(_PNG_SIGNATURE) else "logo.svg"


def mark_from_logo(logo: bytes) -> bytes:
    """Convert a logo to a mark: an SVG is kept, a PNG is embedded in an SVG. Raises BadImage."""
    mark = logo
    if logo.startswith(_PNG_SIGNATURE):
        _check_png(logo)
        encoded_logo = base64.b64encode(logo).decode()
        image = f'<image width="32" height="32" href="data:image/png;base64,{encoded_logo}"/>'
        mark = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{image}</svg>\n'.encode()
    _check_svg(mark)
    _draw(mark, 32)  # raises BadImage
    return mark


def _check_svg(svg: bytes) -> None:
    """Raise BadImage for an SVG that is nested too deeply, or shows a picture in another file of the machine."""
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise BadImage(f"it has more than {_MAX_DEPTH} nested elements")
        addresses = (value for key, value in attributes.items() if key.rpartition(":")[2] == "href")
        if name.rpartition(":")[2] in ("image", "feImage") and not all(map(_EMBEDDED_IMAGE.match, addresses)):
            raise BadImage("it shows another file; embed that picture as PNG")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(ExpatError):  # drawing it reports the position of the error
        parser.Parse(svg, True)


def _check_png(png: bytes) -> None:
    """Raise BadImage for a PNG that cannot be read completely. Embedded in an SVG, it would be invisible."""
    try:
        Image.open(BytesIO(png)).load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BadImage(f"the PNG cannot be read ({error})") from None


def draw_icons(mark: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of each icon. Raises BadImage."""
    for path, size in zip(ICONS, (192, 512, 512), strict=True):
        image = _maskable(mark, size) if "maskable" in path else _draw(mark, size)
        output = BytesIO()
        image.save(output, "PNG", optimize=True)
        yield path, output.getvalue()


def _maskable(mark: bytes, size: int) -> Image.Image:
    """Draw the maskable icon. A mark with its own background fills the icon, any other mark the safe zone."""
    background = _BACKGROUND.search(mark.decode("utf-8", "replace"))
    image = Image.new("RGBA", (size, size), ImageColor.getrgb(background[1] if background else LIGHT))
    mark_size = size if background else round(size * _SAFE_WIDTH)
    image.alpha_composite(_draw(mark, mark_size), ((size - mark_size) // 2,) * 2)
    return image.convert("RGB")


def _draw(mark: bytes, size: int) -> Image.Image:
    """Draw the mark in the middle of a square of ``size`` pixels. Its longer side fills the square. Raises BadImage."""
    from resvg_py import svg_to_bytes  # imported here: builds do not need it

    try:
        text = mark.decode("utf-8")
        data = svg_to_bytes(svg_string=text, width=1, skip_system_fonts=True)
        if Image.open(BytesIO(data)).height > _MAX_HEIGHT:
            raise BadImage(f"it is more than {_MAX_HEIGHT} times as high as wide")
        data = svg_to_bytes(svg_string=text, width=size, skip_system_fonts=True)
        image = Image.open(BytesIO(data)).convert("RGBA")
        if image.height > size:  # an upright picture is too tall at the square's width
            data = svg_to_bytes(svg_string=text, height=size, skip_system_fonts=True)
            image = Image.open(BytesIO(data)).convert("RGBA")
    except (ValueError, OSError) as error:
        raise BadImage(f"it is neither an SVG nor a PNG that can be drawn ({str(error)[:200]})") from None
    square = Image.new("RGBA", (size, size))
    square.paste(image, ((size - image.width) // 2, (size - image.height) // 2))
    return square
