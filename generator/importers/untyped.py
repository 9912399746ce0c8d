"""Untyped values of strangers, from JSON and from other readers: asked for text or mappings, whatever they are."""

import json
from typing import Any


def document(text: str, *marks: str) -> Any:
    """The value that ``text`` holds, or None if it is not JSON or lacks one of ``marks`` (which saves the parsing)."""
    if text[:200].lstrip("\ufeff \t\r\n")[:1] not in ("{", "[") or not all(mark in text for mark in marks):
        return None
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list; none if it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: Any) -> list[str]:
    """The texts of a list, or the text itself; none if it is neither."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def first(value: Any) -> str:
    """The first text of a list, or the text itself, or ''."""
    return next(iter(texts(value)), "")
