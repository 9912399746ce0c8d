"""Progress messages on stderr: bars on a terminal, plain lines elsewhere; ``--quiet`` and ``--verbose``.

Errors and results are printed whatever the verbosity.
"""

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from typing import Any

from generator.commands.destination import guarded, unguarded

LOG = logging.getLogger("digest")
_EVERY = 10.0  # seconds between two plain lines


class _Lines(logging.Handler):
    """Prints each note as a line."""

    def emit(self, record: logging.LogRecord) -> None:
        print(record.getMessage(), file=sys.stderr)  # looked up each time: a progress bar replaces sys.stderr


LOG.addHandler(_Lines())
LOG.setLevel(logging.INFO)
LOG.propagate = False


def add_verbosity(parser: argparse.ArgumentParser) -> None:
    """Add ``--quiet`` and ``--verbose``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="print only errors and results")
    group.add_argument("-v", "--verbose", action="store_true", help="print each step and how long it took")


def configure_logging(arguments: argparse.Namespace) -> None:
    """Set the log level from ``--quiet`` and ``--verbose``, if the command has them."""
    quiet, verbose = getattr(arguments, "quiet", False), getattr(arguments, "verbose", False)
    LOG.setLevel(logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO)


def note(text: str) -> None:
    """Print a message, unless ``--quiet`` is given."""
    LOG.info("%s", text)


def detail(text: str) -> None:
    """Print a message, if ``--verbose`` is given."""
    LOG.debug("%s", text)


class Progress:
    """The progress of a task with equal parts, printed as a line every ten seconds. Short tasks print nothing."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what, self._done = total, what, 0
        self._start = self._last_line = time.monotonic()

    def expect(self, parts: int) -> None:
        """Add to the number of expected parts."""
        self._total += parts

    def advance(self, parts: int = 1) -> None:
        """Add to the number of finished parts. 0 parts only refresh the display."""
        self._done += parts
        now = time.monotonic()
        if now - self._last_line >= _EVERY and self._done < self._total:
            self._last_line = now
            note(f"{self._what}: {self._done:,} of {self._total:,} ({now - self._start:.0f} s)")


class _Bar(Progress):
    def __init__(self, bar: Any) -> None:
        self._bar = bar  # it counts by itself, so the state of Progress is not set up

    def expect(self, parts: int) -> None:
        self._bar.total += parts

    def advance(self, parts: int = 1) -> None:
        self._bar.update(parts)
        if not parts:
            self._bar.refresh()


@contextmanager
def progress(total: int, what: str) -> Iterator[Progress]:
    """Show the progress of a task. On a terminal this is a bar, and other output is printed above it."""
    terminal = unguarded(sys.stderr)
    if not terminal.isatty() or not LOG.isEnabledFor(logging.INFO):
        yield Progress(total, what)
        return
    from tqdm import tqdm  # imported here: it takes time, and most runs have no terminal
    from tqdm.contrib import DummyTqdmFile

    with (
        redirect_stderr(guarded(DummyTqdmFile(terminal))),
        tqdm(total=total, desc=what, file=terminal, leave=False, dynamic_ncols=True) as bar,
    ):
        yield _Bar(bar)
