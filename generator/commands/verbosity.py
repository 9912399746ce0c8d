"""What a command tells of its work, to stderr: bars on a terminal, plain lines elsewhere; ``--quiet``, ``--verbose``.

Faults, refusals and results are no notes: they are printed whatever was asked for.
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
    """Each note as a line of stderr as it is now."""

    def emit(self, record: logging.LogRecord) -> None:
        print(record.getMessage(), file=sys.stderr)


LOG.addHandler(_Lines())
LOG.setLevel(logging.INFO)
LOG.propagate = False


def add_verbosity(parser: argparse.ArgumentParser) -> None:
    """``--quiet`` and ``--verbose``."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="print only errors and results")
    group.add_argument("-v", "--verbose", action="store_true", help="print each step and how long it took")


def configure_logging(arguments: argparse.Namespace) -> None:
    """Hold to what ``--quiet`` and ``--verbose`` asked for, if the command has them."""
    quiet, verbose = getattr(arguments, "quiet", False), getattr(arguments, "verbose", False)
    LOG.setLevel(logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO)


def note(text: str) -> None:
    """Tell a person something that ``--quiet`` spares."""
    LOG.info("%s", text)


def detail(text: str) -> None:
    """Tell a person something that only ``--verbose`` asks for."""
    LOG.debug("%s", text)


class Progress:
    """How far a work of equal parts has come: here told by a line every ten seconds, so that short work tells none."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what, self._done = total, what, 0
        self._start = self._told = time.monotonic()

    def expect(self, parts: int) -> None:
        """Know now of so many more parts."""
        self._total += parts

    def advance(self, parts: int = 1) -> None:
        """So many parts are done; with 0 of them, time has passed."""
        self._done += parts
        now = time.monotonic()
        if now - self._told >= _EVERY and self._done < self._total:
            self._told = now
            note(f"{self._what}: {self._done:,} of {self._total:,} ({now - self._start:.0f} s)")


class _Bar(Progress):
    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def expect(self, parts: int) -> None:
        self._bar.total += parts

    def advance(self, parts: int = 1) -> None:
        self._bar.update(parts)
        if not parts:
            self._bar.refresh()


@contextmanager
def progress(total: int, what: str) -> Iterator[Progress]:
    """Show how far a work has come: on a terminal by a bar, above which everything else is printed."""
    terminal = unguarded(sys.stderr)
    if not terminal.isatty() or not LOG.isEnabledFor(logging.INFO):
        yield Progress(total, what)
        return
    from tqdm import tqdm  # here, since few builds need it and all would wait for it
    from tqdm.contrib import DummyTqdmFile

    with (
        redirect_stderr(guarded(DummyTqdmFile(terminal))),
        tqdm(total=total, desc=what, file=terminal, leave=False, dynamic_ncols=True) as bar,
    ):
        yield _Bar(bar)
