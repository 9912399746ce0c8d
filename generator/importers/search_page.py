"""Copies of Hugging Face's search page of papers: titles and abstracts, with or without the banner above them."""

from generator.importers.listing import looks_like_listing, read_page
from generator.importers.page_rows import is_attached_to_banner
from generator.importers.raw_paper import Options, Parsed

NAME = "search-page"


def recognizes(text: str) -> bool:
    """Whether the banner is at the top, or titles and abstracts alternate."""
    head = text.removeprefix("\ufeff")[:2000]
    if "Get trending papers" in head or any(is_attached_to_banner(line.strip()) for line in head.splitlines()[:8]):
        return True
    return looks_like_listing(text)


def read(text: str, options: Options) -> Parsed:
    """Read the page."""
    return read_page(text, options, NAME)
