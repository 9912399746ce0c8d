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
    """A stage: wall-clock seconds, processor seconds, and the peak memory of a single process until its end, in MB."""

    name: str
    wall: float
    cpu: float
    peak: float


class Stages:
    """Measures the stages of a build, which may overlap. ``done`` lists the finished stages in order of their ends."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._start = time.perf_counter()
        self.progress = progress or Progress(0, "")
        self.done: list[Stage] = []

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Measure a block, with its child processes, as the stage ``name``. A block that raises is not recorded."""
        start, cpu_before = time.perf_counter(), _cpu_seconds()
        yield
        stage = Stage(name, time.perf_counter() - start, _cpu_seconds() - cpu_before, _peak_megabytes())
        self.done.append(stage)
        self.progress.advance(0)  # refreshes the display
        LOG.debug("%s: %.2f s", name, stage.wall)

    def table(self) -> str:
        """Return a line for each stage with its name, duration and memory, and a line with the total duration."""
        rows = [f"{stage.name:<16}{stage.wall:8.2f} s  {_megabytes(stage.peak)}" for stage in self.done]
        return "\n".join([*rows, f"{'all':<16}{time.perf_counter() - self._start:8.2f} s"])

    def write(self, path: Path) -> None:
        """Write a list of the stages to ``path``, as JSON."""
        text = json.dumps([stage._asdict() for stage in self.done], indent=1) + "\n"
        write_whole(path, text.encode(), path.parent)


def _peak_megabytes() -> float:
    """Return the peak memory of a single process so far in MB, or 0 on systems without this figure."""
    try:
        import resource
    except ModuleNotFoundError:
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS, else in kilobytes
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit


def _megabytes(peak: float) -> str:
    return f"{peak:6.0f} MB" if peak else ""


def _cpu_seconds() -> float:
    """Return the processor time of this process and of its child processes that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
