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
_LINE_INTERVAL = 10.0  # seconds between two plain lines


class _StderrHandler(logging.Handler):
    """Prints each message as a line."""

    def emit(self, record: logging.LogRecord) -> None:
        # ``logging.StreamHandler`` would keep the first sys.stderr, but ``progress`` replaces it during a progress bar.
        print(record.getMessage(), file=sys.stderr)


LOG.addHandler(_StderrHandler())
LOG.setLevel(logging.INFO)
LOG.propagate = False


def add_verbosity_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--quiet`` and ``--verbose``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="print only errors and results")
    group.add_argument("-v", "--verbose", action="store_true", help="print each step and how long it took")


def configure_logging(arguments: argparse.Namespace) -> None:
    """Set the log level from ``--quiet`` and ``--verbose``, if the command has them."""
    quiet, verbose = getattr(arguments, "quiet", False), getattr(arguments, "verbose", False)
    LOG.setLevel(logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO)


def print_note(text: str) -> None:
    """Print a message, unless ``--quiet`` is given."""
    LOG.info("%s", text)


def print_detail(text: str) -> None:
    """Print a message, if ``--verbose`` is given."""
    LOG.debug("%s", text)


class Progress:
    """The progress of a task that consists of ``total`` parts, printed as a line every ten seconds.

    A task of less than ten seconds prints nothing.
    """

    def __init__(self, total: int, label: str) -> None:
        self._total, self._label, self._done = total, label, 0
        self._start = self._last_line = time.monotonic()

    def expect(self, parts: int) -> None:
        """Add ``parts`` to the total number."""
        self._total += parts

    def advance(self, parts: int = 1) -> None:
        """Add ``parts`` to the number of finished parts. With 0, only refresh the display."""
        self._done += parts
        now = time.monotonic()
        if now - self._last_line >= _LINE_INTERVAL and self._done < self._total:
            self._last_line = now
            print_note(f"{self._label}: {self._done:,} of {self._total:,} ({now - self._start:.0f} s)")


class _Bar(Progress):
    """The progress of a task, shown by a bar of ``tqdm``."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar  # tqdm counts the parts, so the attributes of Progress are not needed

    def expect(self, parts: int) -> None:
        self._bar.total += parts

    def advance(self, parts: int = 1) -> None:
        self._bar.update(parts)
        if not parts:
            self._bar.refresh()


@contextmanager
def progress(total: int, label: str) -> Iterator[Progress]:
    """Show the progress of a task with ``total`` parts. On a terminal, a bar shows it below all other output."""
    terminal = unguarded(sys.stderr)
    if not terminal.isatty() or not LOG.isEnabledFor(logging.INFO):
        yield Progress(total, label)
        return
    from tqdm import tqdm  # imported here, because the import takes long and most runs have no terminal
    from tqdm.contrib import DummyTqdmFile

    with (
        # A DummyTqdmFile prints each line above the bar.
        redirect_stderr(guarded(DummyTqdmFile(terminal))),
        tqdm(total=total, desc=label, file=terminal, leave=False, dynamic_ncols=True) as bar,
    ):
        yield _Bar(bar)
