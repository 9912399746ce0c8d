"""A dump of a search page: banner, the first title glued to ``Subscribe``, then title and abstract in turn."""

from generator.importers.lines import NumberedLine, clean_lines, is_banner
from generator.importers.listing import read_listing
from generator.importers.raw_paper import Options, Parsed

NAME = "search-page"

_GLUE = "Subscribe"


def recognises(text: str) -> bool:
    """The banner stands at the top, or the first title is glued to its last word; no page heading follows."""
    head = text.removeprefix("\ufeff")[:2000]
    return "Get trending papers" in head or any(_glued(line.strip()) for line in head.splitlines()[:8])


def read(text: str, options: Options) -> Parsed:
    """Read the page."""
    parsed = Parsed()
    body = []
    for line in clean_lines(text, parsed.repairs):
        title = line.text.removeprefix(_GLUE).strip() if _glued(line.text) else line.text
        if not is_banner(line.text):
            body.append(NumberedLine(line.number, title))
    listing = read_listing(body, options, NAME, {})
    listing.repairs.update(parsed.repairs)
    return listing


def _glued(line: str) -> bool:
    return line.startswith(_GLUE) and len(line) > len(_GLUE) and not line[len(_GLUE)].islower()
