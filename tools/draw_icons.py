"""Draw the icons of the installed application from ``mark.svg`` with Chromium: ``make icons``."""

import re
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.chromium import chromium

IMAGES = Path(__file__).parent.parent / "theme" / "overrides" / "assets" / "images"


def main() -> None:
    """Write the three PNG files beside ``mark.svg``."""
    mark = (IMAGES / "mark.svg").read_text("utf-8")
    ground = re.search(r'<rect[^>]* fill="(#[0-9a-f]{6})"', mark)
    assert ground, "the mark has no ground whose colour a maskable icon could continue to its edges"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, size, back in (("192", 192, "none"), ("512", 512, "none"), ("maskable-512", 512, ground[1])):
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"body {{ margin: 0; background: {back} }} svg {{ display: block; width: {size}px }}"
            page.set_content(f"<style>{style}</style>{mark}")
            page.screenshot(path=IMAGES / f"icon-{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
