"""A copy of a search page, with or without its banner, to which copying attaches the first title (``Subscribe…``)."""

from generator.importers.listing import looks_like_listing, read_page
from generator.importers.page_rows import is_glued
from generator.importers.raw_paper import Options, Parsed

NAME = "search-page"


def recognizes(text: str) -> bool:
    """Whether the banner is at the top, the first title is attached to it, or titles and abstracts alternate."""
    head = text.removeprefix("\ufeff")[:2000]
    if "Get trending papers" in head or any(is_glued(line.strip()) for line in head.splitlines()[:8]):
        return True
    return looks_like_listing(text)


def read(text: str, options: Options) -> Parsed:
    """Read the page."""
    return read_page(text, options, NAME)
