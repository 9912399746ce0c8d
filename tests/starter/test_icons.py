"""The icons of a digest, drawn from its mark or a logo."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from generator.starter.icons import ICONS, MARK, BadImage, draw_icons, mark_from_logo
from tests.conftest import ROOT


def _image(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGBA")


def test_icons_have_their_sizes_and_the_maskable_one_is_opaque() -> None:
    images = {path: _image(data) for path, data in draw_icons((ROOT / MARK).read_bytes())}
    assert [image.size for image in images.values()] == [(192, 192), (512, 512), (512, 512)]
    corners = [image.getpixel((0, 0)) for image in images.values()]
    assert [corner[3] for corner in corners if isinstance(corner, tuple)] == [0, 0, 255]
    assert corners[2] == images[ICONS[2]].getpixel((256, 4)), "the background reaches the edge"


def test_a_wide_logo_is_centered_within_the_safe_zone() -> None:
    images = {path: _image(data) for path, data in draw_icons(WIDE)}
    assert images[ICONS[1]].getchannel("A").getbbox() == (0, 128, 512, 384)
    blue = images[ICONS[2]].point(lambda value: 255 - value).getchannel("R").point(lambda value: 255 * (value > 128))
    left, top, right, bottom = blue.getbbox() or (0, 0, 0, 0)
    assert ((right - 256) ** 2 + (bottom - 256) ** 2) ** 0.5 <= 0.4 * 512 + 1
    assert abs(left + right - 512) <= 2
    assert abs(top + bottom - 512) <= 2


def test_a_png_becomes_a_mark_that_draws_the_same() -> None:
    out = BytesIO()
    Image.new("RGB", (64, 64), "#ff0000").save(out, "PNG")
    mark = mark_from_logo(out.getvalue())
    assert mark.startswith(b"<svg")
    assert b"http://" not in mark.replace(b"http://www.w3.org/2000/svg", b"")
    assert _image(dict(draw_icons(mark))[ICONS[0]]).getpixel((96, 96)) == (255, 0, 0, 255)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg", b"<html></html>", b"\x89PNG\r\n\x1a\nbroken"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadImage):
        dict(draw_icons(mark_from_logo(data)))


def test_the_icons_of_this_digest_are_drawn_from_its_mark() -> None:
    for path, data in draw_icons((ROOT / MARK).read_bytes()):
        assert (ROOT / path).read_bytes() == data, "run `digest icons`"


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<g>" * 60_000 + "</g>" * 60_000, "more than 100 nested elements"),
        ('<image href="/etc/logo.png"/>', "another file"),
        ('<image xmlns:x="http://www.w3.org/1999/xlink" x:href="logo.png"/>', "another file"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "another file"),
    ],
)
def test_a_deep_or_linked_svg_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(BadImage, match=reason):
        mark_from_logo(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'.encode())


def test_a_picture_that_is_far_too_tall_is_refused() -> None:
    with pytest.raises(BadImage, match="100 times as high"):
        mark_from_logo(
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 5000"><rect width="1" height="9"/></svg>'
        )


def test_an_image_of_billions_of_pixels_is_refused() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0))
    with pytest.raises(BadImage, match="the PNG cannot be read"):
        mark_from_logo(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))


WIDE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#00f"/></svg>'
