"""``make picture``: take a picture of the home page of a built site, for the README.

    python -m tools.home_picture SITE FILE

The exit code is 1 if the picture is too large for the README.
"""

import argparse
import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from tools.chromium import chromium
from tools.web_server import serve_site

VIEWPORT = ViewportSize(width=1280, height=860)  # pixels; what a laptop shows without scrolling
MAX_BYTES = 200_000  # so that the README loads fast


def main() -> int:
    """Take the picture and write it, unless it is too large."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.home_picture", description="Take a picture of the home page."
    )
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("file", type=Path, help="the PNG file to write")
    arguments = parser.parse_args()
    with serve_site(arguments.site) as url:
        picture = _picture(url)
    if len(picture) > MAX_BYTES:
        print(f"the picture has {len(picture):,} bytes, more than the limit of {MAX_BYTES:,}", file=sys.stderr)
        return 1
    arguments.file.write_bytes(picture)
    return 0


def _picture(url: str) -> bytes:
    """The home page as PNG. It is reduced to 256 colors, which needs fewer bytes and looks the same."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport=VIEWPORT, color_scheme="light", service_workers="block")
        page = context.new_page()
        for _ in range(2):  # when the page is loaded a second time, the fonts are in the browser's cache
            page.goto(url)
            page.wait_for_load_state("networkidle")
            page.evaluate("localStorage.clear()")  # otherwise the page would list what is new since the last visit
        screenshot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    file = io.BytesIO()
    screenshot.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
