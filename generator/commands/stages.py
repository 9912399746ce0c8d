"""Measures the stages of a build: duration, processor time and peak memory."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.build.safe_files import write_whole
from generator.commands.verbosity import LOG, Progress


class Stage(NamedTuple):
    """One stage: wall-clock seconds, processor seconds, and the peak memory of a single process so far in MB."""

    name: str
    wall: float
    cpu: float
    peak: float


class Stages:
    """The finished stages of a build, in order. Stages may overlap."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._start = time.perf_counter()
        self.progress = progress or Progress(0, "")
        self.done: list[Stage] = []

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time a block, including its child processes."""
        start, before = time.perf_counter(), _cpu()
        yield
        # Not in ``finally``: a stage that fails has no duration worth reporting.
        stage = Stage(name, time.perf_counter() - start, _cpu() - before, _peak())
        self.done.append(stage)
        self.progress.advance(0)
        LOG.debug("%s: %.2f s", name, stage.wall)

    def table(self) -> str:
        """Return the stages as lines of text, with the total time."""
        rows = [f"{stage.name:<16}{stage.wall:8.2f} s  {_megabytes(stage.peak)}" for stage in self.done]
        return "\n".join([*rows, f"{'all':<16}{time.perf_counter() - self._start:8.2f} s"])

    def write(self, path: Path) -> None:
        """Write the stages as JSON."""
        text = json.dumps([stage._asdict() for stage in self.done], indent=1) + "\n"
        write_whole(path, text.encode(), path.parent)


def _peak() -> float:
    """Return the peak memory of a single process so far in MB, or 0 on systems without this figure."""
    try:
        import resource
    except ModuleNotFoundError:
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # macOS counts bytes
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit


def _megabytes(peak: float) -> str:
    return f"{peak:6.0f} MB" if peak else ""


def _cpu() -> float:
    times = os.times()
    # The system counts child processes once they have ended.
    return times.user + times.system + times.children_user + times.children_system
