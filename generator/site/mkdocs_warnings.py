"""Collect the warnings of MkDocs. They are values of tasks, so a page that is not rebuilt keeps its warnings."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from generator.site.site_pages import AnchorLink


class Warnings(NamedTuple):
    """The warnings of MkDocs for a page that it built, and the anchors on other pages that the page links to."""

    messages: tuple[str, ...]
    anchor_links: tuple[AnchorLink, ...] = ()

    def encoded(self) -> bytes:
        """Return the value named by ``warnings_name``."""
        return msgspec.msgpack.encode(self)


def warnings_name(path: str) -> str:
    """The name of the value with MkDocs' warnings about a page."""
    return f"warnings of {path}"


def decoded_warnings(data: bytes) -> Warnings:
    """Decode a value named by ``warnings_name``."""
    return msgspec.msgpack.decode(data, type=Warnings)


# MkDocs reports faults of pages through its logger only.
class _Messages(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


@contextmanager
def captured() -> Iterator[list[str]]:
    """Collect MkDocs' warnings within the block."""
    messages: list[str] = []
    handler, logger = _Messages(messages), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
