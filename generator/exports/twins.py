"""Markdown twins of the pages that are not a paper's: their source without what only the theme understands.

All of that is our own markup: in the source of a page, text of an entry holds neither `<` nor `{`, which are encoded.
"""

import re

from generator.build.task import File, text_file
from generator.model import places
from generator.text.lines import at_most_one_empty

_COUNT = re.compile(r'<span class="count">([^<]*)</span>')
_PICTURE = re.compile(
    r"<(svg|form|button)\b.*?</\1>|<nav class=.page-links.*?</nav>|<details class=.facets-all.*?</details>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTES = re.compile(r"\{ [.#:a-z][^}]*\}")
_MARK = "\0"  # which no text holds


def has_twin(path: str) -> bool:
    """Whether the page at ``path`` has one that is made of its source; the twins of papers are of their own kind."""
    place = path.removesuffix("index.md").rstrip("/")
    return places.has_markdown(place) and not place.startswith("papers/")


def twin(path: str, source: str) -> File:
    """``index.md`` beside the page at ``path``, whose own Markdown is ``source``."""
    text = source.partition("\n---\n")[2]
    text = _COUNT.sub(lambda match: f"({match[1]})" if match[1] else "", text)
    text = _ATTRIBUTES.sub(_MARK, _TAG.sub("", _PICTURE.sub("", text)))
    text = text.replace(f" {_MARK}", "").replace(_MARK, "")  # a pattern that begins with a space is slow
    return text_file(path, at_most_one_empty(text))
