"""Markdown twins of the pages that are not a paper's: their source without what only the theme understands.

All of that is our own markup: in the source of a page, text of an entry holds neither `<` nor `{`, which are encoded.
"""

import re
from collections.abc import Iterable, Iterator

from generator.model.page import Page

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COUNT = re.compile(r'<span class="count">([^<]*)</span>')
_PICTURE = re.compile(
    r"<(svg|form|button)\b.*?</\1>|<nav class=.page-links.*?</nav>|<details class=.facets-all.*?</details>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTES = re.compile(r"[ ]?\{ [.#:a-z][^}]*\}")
_EMPTY = re.compile(r"\n{3,}")


def twins(pages: Iterable[Page]) -> Iterator[Page]:
    """``index.md`` beside every page but those of papers, which have a twin of their own kind."""
    for page in pages:
        if not page.path.startswith("papers/"):
            yield Page(path=page.path, text=_plain(page.text))


def _plain(source: str) -> str:
    text = _COUNT.sub(lambda match: f"({match[1]})" if match[1] else "", _FRONT.sub("", source))
    text = _ATTRIBUTES.sub("", _TAG.sub("", _PICTURE.sub("", text)))
    return _EMPTY.sub("\n\n", text).strip("\n") + "\n"
