"""Extract the text of a built page's article, to compare two builds."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_BLOCKS = frozenset(
    "article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li nav ol p pre section "
    "summary table td th tr ul".split()
)
_SILENT = frozenset(("script", "style", "template", "svg"))  # elements without visible text


def page_paths(site: Path) -> Iterator[str]:
    """The pages of a built site, as paths from its root: ``papers/lee2024cats/``, and '' for the home page."""
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        yield "" if folder == "." else f"{folder}/"


def page_lines(html: str) -> list[str]:
    """The text of a page's article, one block per line. Text outside it belongs to the theme and is ignored."""
    reader = _Article()
    reader.feed(html)
    reader.close()
    return [line for text in "".join(reader.parts).split("\n") if (line := " ".join(text.split()))]


class _Article(HTMLParser):
    """Collects the text inside ``<article>``, with a line break around each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, or the article."""
        self._inside |= tag == "article"
        self._silent += tag in _SILENT
        if self._inside and tag in _BLOCKS:
            self.parts.append("\n")
        if self._inside and tag in ("a", "img"):
            self.parts.extend(_target(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close a block, or the article."""
        # A stray end tag must not make the count negative.
        self._silent -= tag in _SILENT and self._silent > 0
        if self._inside and tag in _BLOCKS:
            self.parts.append("\n")
        self._inside &= tag != "article"

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if self._inside and not self._silent:
            self.parts.append(data)


def _target(attributes: dict[str, str | None]) -> Iterator[str]:
    """The address of an external link or image, so that a change of address shows up in a comparison."""
    for name in ("href", "src"):
        if (address := attributes.get(name)) and address.startswith("https://"):
            yield f" <{address}> "
