"""Runs a command and measures it: wall time, CPU time, and the peak memory of all its processes together."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_TIMEOUT = 7200.0  # seconds


class Measurement(NamedTuple):
    """Elapsed seconds, CPU seconds of all processes, peak memory in MB (shared pages count once), files and bytes."""

    wall: float
    cpu: float
    peak: float
    files: int
    size: int


class CommandFailed(Exception):
    """The command failed; the message is the end of its output."""


def measure(
    command: Sequence[str],
    writes: Path | None,
    environment: Mapping[str, str] | None = None,
    timeout: float = _TIMEOUT,
) -> Measurement:
    """Run ``command``, which makes the folder ``writes`` if one is given. An existing folder is deleted first.

    Python may store compiled modules, as it does by default. Without them each run compiles all modules again, which
    takes longer than a small build. Raises CommandFailed, also if the command takes longer than ``timeout`` seconds.
    """
    if writes:
        shutil.rmtree(writes, ignore_errors=True)
    os.sync()  # otherwise the disk would write data of earlier commands meanwhile
    variables = {**os.environ, **(environment or {})}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env={name: value for name, value in variables.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )  # fmt: skip
    memory_watch = _Watch(process.pid)
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise CommandFailed(f"not done after {timeout:,} s") from None
    finally:
        wall = time.perf_counter() - start
        after = os.times()
        memory_watch.stop()
    if process.returncode:
        raise CommandFailed(output.decode("utf-8", "replace")[-1500:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    files, size = count_files(writes) if writes else (0, 0)
    return Measurement(wall, cpu, memory_watch.peak, files, size)


def count_files(folder: Path) -> tuple[int, int]:
    """How many files a folder holds, and their bytes."""
    files = size = 0
    # os.scandir reads type and size with each entry; a site has tens of thousands of files.
    pending = [os.fspath(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_size
    return files, size


class _Watch(threading.Thread):
    """Samples the memory of a session five times a second, or less often if that takes over 1 % of the time."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._session = session
        self._stopped = threading.Event()
        self.start()

    def run(self) -> None:
        pause = 0.2  # seconds
        while not self._stopped.wait(pause):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(_memory(pid) for pid in _processes(self._session)))
            pause = max(0.2, 100 * (time.perf_counter() - start))

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _processes(session: int) -> list[int]:
    processes = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and os.getsid(int(path.name)) == session:
                processes.append(int(path.name))
        except OSError:
            continue
    return processes


def _memory(pid: int) -> float:
    """Return the memory of a process in MB. Shared pages are divided among their processes (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
