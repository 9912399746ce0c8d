"""Run a command in this process."""

from pathlib import Path

import pytest

from generator import cli


def digest(*arguments: str | Path) -> int:
    """Run a command and return its exit code."""
    with pytest.raises(SystemExit) as left:
        cli.main([str(argument) for argument in arguments])
    assert isinstance(left.value.code, int)
    return left.value.code
