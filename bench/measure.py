"""Runs a command and measures the elapsed time, the CPU time, and the peak memory of all its processes together."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_TIMEOUT = 7200.0  # seconds; stock MkDocs takes more than 49 minutes for 160,000 papers


class Measurement(NamedTuple):
    """The cost of a command and its processes, and the number of files and bytes in the folder that it wrote."""

    wall: float
    """Elapsed seconds (wall time)."""
    cpu: float
    """CPU seconds of all processes."""
    peak: float
    """The most memory of all processes together, in MB. Memory that processes share counts once."""
    files: int
    size: int


class CommandFailed(Exception):
    """The command failed; the message is the end of its output."""


def measure(
    command: Sequence[str],
    output_folder: Path | None,
    environment: Mapping[str, str] | None = None,
    timeout: float = _TIMEOUT,
) -> Measurement:
    """Run ``command``. If it writes ``output_folder``, this folder is deleted first, and its files are counted.

    The command stores compiled Python modules, also if PYTHONDONTWRITEBYTECODE is set: to compile all modules again in
    each run would take longer than a small build. Raises CommandFailed, also after ``timeout`` seconds.
    """
    if output_folder:
        shutil.rmtree(output_folder, ignore_errors=True)
    os.sync()  # otherwise the system might write files of earlier commands to the disk during the measurement
    variables = {**os.environ, **(environment or {})}
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env={name: value for name, value in variables.items() if name != "PYTHONDONTWRITEBYTECODE"},
    )  # fmt: skip
    memory_watch = _MemoryWatch(process.pid)
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
    files, size = count_files(output_folder) if output_folder else (0, 0)
    return Measurement(wall, cpu, memory_watch.peak, files, size)


def count_files(folder: Path) -> tuple[int, int]:
    """The number of files in a folder, and the sum of their sizes in bytes."""
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


class _MemoryWatch(threading.Thread):
    """Measures the memory of all processes of a session five times a second, and remembers the peak in MB.

    It measures less often if that would take more than 1 % of the time.
    """

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
            self.peak = max(self.peak, sum(_memory_of(pid) for pid in _processes(self._session)))
            pause = max(0.2, 100 * (time.perf_counter() - start))  # at most 1 % of the time

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


def _memory_of(pid: int) -> float:
    """The memory of a process in MB (1,024 KB), as proportional set size: shared memory is divided by its processes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
