"""The front matter that the generator writes, a field of JSON a line, read without a YAML parser."""

from typing import Any, NamedTuple

import msgspec

_FIELDS = {
    "title": str, "description": str, "kind": str, "feed": str, "data": str, "tags": list, "card": str, "words": dict,
    "twin": bool,
}  # fmt: skip


class Source(NamedTuple):
    """A page's fields and its Markdown."""

    meta: dict[str, Any]
    markdown: str


def read_source(text: str) -> Source | None:
    """What a page holds; None if its front matter has another form or other fields than the generator writes."""
    end = text.find("\n---\n", 4)
    if not text.startswith("---\n") or end < 0:
        return None
    meta = {}
    for line in text[4:end].split("\n"):
        name, _, value = line.partition(": ")
        try:
            meta[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return None
        if not isinstance(meta[name], _FIELDS.get(name, type(None))):
            return None
    if not (meta.get("title") and meta.get("kind")):
        return None
    return Source(meta, text[end + 5 :].lstrip("\n"))
