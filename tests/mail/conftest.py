"""Fixtures of the tests of mail."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from tests.support.smtp import Box, free_port


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()
