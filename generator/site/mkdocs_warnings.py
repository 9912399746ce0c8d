"""Collect MkDocs' warnings. They are values of tasks: a page that is not rebuilt keeps its warnings in the cache."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from generator.site.site_pages import AnchorLink


class Warnings(NamedTuple):
    """MkDocs' warnings about a page, and the page's links to anchors on other pages or to missing anchors."""

    messages: tuple[str, ...]
    anchor_links: tuple[AnchorLink, ...] = ()

    def encoded(self) -> bytes:
        """Return the content of the value named by ``warnings_name``."""
        return msgspec.msgpack.encode(self)


def warnings_name(path: str) -> str:
    """The name of the value with MkDocs' warnings about the page whose source is at ``path``."""
    return f"warnings of {path}"


def decoded_warnings(data: bytes) -> Warnings:
    """Decode the content of a value named by ``warnings_name``."""
    return msgspec.msgpack.decode(data, type=Warnings)


# MkDocs reports faults of pages through its logger only.
class _MessageCollector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())


@contextmanager
def captured_warnings() -> Iterator[list[str]]:
    """Collect the messages of MkDocs' warnings and errors within the block."""
    messages: list[str] = []
    handler, logger = _MessageCollector(messages), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
