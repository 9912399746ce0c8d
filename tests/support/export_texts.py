"""The exports of a catalog that are text, and settings with a license."""

from dataclasses import replace

from generator.exports.all import all_exports
from generator.exports.root_files import sitemap_files
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.pages.all import all_pages
from tests.conftest import ROOT, SETTINGS

LICENSED = replace(SETTINGS, license="CC-BY-4.0", license_url="https://creativecommons.org/licenses/by/4.0/")


def export_texts(catalog: Catalog, settings: Settings) -> dict[str, str]:
    """Return the text of each export, by path. There are no social cards, the only files that are not text."""
    theme = ROOT / "theme"
    pages = [page.path for page in all_pages(catalog, settings, theme)]
    bare = replace(settings, social_cards=False)
    exports = all_exports(catalog, bare, theme), sitemap_files(catalog, settings, theme, pages)
    return {file.path: file.text for files in exports for file in files}
