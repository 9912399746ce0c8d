"""MkDocs' warnings are collected within a block, and kept as values of tasks."""

import logging

import pytest

from generator.site.mkdocs_warnings import Warnings, captured_warnings, decoded_warnings, warnings_name
from generator.site.site_pages import AnchorLink


def test_warnings_within_the_block_are_collected() -> None:
    logger = logging.getLogger("mkdocs.structure")
    with captured_warnings() as messages:
        logger.warning("page %s", "a.md")
        logger.info("not a warning")
    logger.warning("after the block")
    assert messages == ["page a.md"]


def test_collecting_ends_with_an_exception() -> None:
    handlers = list(logging.getLogger("mkdocs").handlers)
    with pytest.raises(ZeroDivisionError), captured_warnings():
        1 / 0  # noqa: B018
    assert logging.getLogger("mkdocs").handlers == handlers


def test_blocks_nest() -> None:
    with captured_warnings() as outer, captured_warnings() as inner:
        logging.getLogger("mkdocs").warning("x")
    assert outer == inner == ["x"]


def test_warnings_are_decoded_as_they_were() -> None:
    warnings = Warnings(("a", "b"), (AnchorLink("a.md", "b.md", "x"),))
    assert decoded_warnings(warnings.encoded()) == warnings
    assert decoded_warnings(Warnings(()).encoded()) == Warnings((), ())
    assert warnings_name("a.md") != warnings_name("b.md")
