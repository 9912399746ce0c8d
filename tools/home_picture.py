"""``make picture``: the picture of the home page in the README, taken from a built site.

    python -m tools.home_picture SITE FILE

Exits 1 if the picture is too large for the README.
"""

import argparse
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from tools.chromium import chromium
from tools.web_server import serve_site

SIZE = ViewportSize(width=1280, height=860)  # the first screen of a laptop
MAX_SIZE = 200_000  # bytes; the README shows the picture


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="tools.home_picture")
    parser.add_argument("site", type=Path, help="the built site")
    parser.add_argument("file", type=Path, help="the PNG file to write")
    arguments = parser.parse_args()
    with serve_site(arguments.site) as url:
        picture = _picture(url)
    if len(picture) > MAX_SIZE:
        print(f"the picture has {len(picture):,} bytes, more than {MAX_SIZE:,}", file=sys.stderr)
        return 1
    arguments.file.write_bytes(picture)
    return 0


def _picture(url: str) -> bytes:
    """The home page of a first visit, with its fonts, in 256 colors, which look the same in fewer bytes."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=SIZE, color_scheme="light", service_workers="block")
        page = context.new_page()
        for _ in range(2):  # the fonts may come too late for the first time
            page.goto(url)
            page.wait_for_load_state("networkidle")
            page.evaluate("localStorage.clear()")  # the second visit would show what is new since the first one
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    out = io.BytesIO()
    picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
