"""Extract the text of built pages, to compare two builds."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_BLOCKS = frozenset(
    "article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li nav ol p pre section "
    "summary table td th tr ul".split()
)
_INVISIBLE = frozenset(("script", "style", "template", "svg"))  # elements without visible text


def page_paths(site: Path) -> Iterator[str]:
    """Yield the addresses of a site's pages, relative to its root: ``papers/lee2024cats/``, '' for the home page."""
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix()
        yield "" if folder == "." else f"{folder}/"


def page_lines(html: str) -> list[str]:
    """The text of a page's article, one block per line. Text outside it belongs to the theme and is ignored."""
    parser = _ArticleParser()
    parser.feed(html)
    parser.close()
    return [line for text in "".join(parser.parts).split("\n") if (line := " ".join(text.split()))]


class _ArticleParser(HTMLParser):
    """Collects the text inside ``<article>`` in ``parts``, with line breaks around each block."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._in_article = False
        self._invisible_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an opened element; collect the address of a link or image."""
        if tag == "article":
            self._in_article = True
        if tag in _INVISIBLE:
            self._invisible_depth += 1
        if self._in_article and tag in _BLOCKS:
            self.parts.append("\n")
        if self._in_article and tag in ("a", "img"):
            self.parts.extend(_external_target(dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note a closed element."""
        if tag in _INVISIBLE and self._invisible_depth:  # a stray end tag must not make the depth negative
            self._invisible_depth -= 1
        if self._in_article and tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "article":
            self._in_article = False

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if self._in_article and not self._invisible_depth:
            self.parts.append(data)


def _external_target(attributes: dict[str, str | None]) -> Iterator[str]:
    """The address of an external link or image as text, so that a comparison shows a changed address."""
    for name in ("href", "src"):
        if (address := attributes.get(name)) and address.startswith(("https://", "http://")):
            yield f" <{address}> "
