"""Where work runs: forked processes on this machine, one process where forking is not possible, or a Dask cluster.

All of them are a ``concurrent.futures.Executor``, the standard library's interface.
"""

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

_MUCH = 100_000  # objects
_COLLECTED_AFTER = 50_000  # new objects; collecting after 700, as Python does, takes 6 % of a worker's time
_PATIENCE = 10.0  # seconds until a cluster without workers is given up
_POLL = 0.05  # seconds between two looks whether the parent is still there


class WorkerLost(Exception):
    """A worker process ended before it returned its result."""


class InlineExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Call ``fn``. The future is done when this method returns."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future raises it where the result is asked for
            future.set_exception(error)
        return future


def cores() -> int:
    """How many worker processes are of use: 1 where processes cannot share what this one holds."""
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return 1  # forking a process that uses system libraries of macOS may crash it
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """Forked processes that share what this process holds now; with one worker everything runs in this process.

    Workers end by themselves if this process is killed. Raises WorkerLost if a worker is killed.
    """
    if workers < 2:
        yield InlineExecutor()
        return
    gc.freeze()  # a collection would touch, and so copy, what the processes share
    pool = ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("fork"), initializer=_start_worker, initargs=(os.getpid(),)
    )
    try:
        yield pool
    except BrokenProcessPool as error:
        raise WorkerLost("a worker process was killed") from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def cluster_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of a Dask scheduler at ``address``, e.g. ``tcp://127.0.0.1:8786``, and how many there are.

    A call is repeated on another worker if its worker dies. Raises WorkerLost if that happens too often, if there is no
    scheduler or worker, and without the extra ``cluster``.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError as error:
        raise WorkerLost('several machines need Dask: pip install "curated-paper-digest[cluster]"') from error
    try:
        reached = Client(address, set_as_default=False, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise WorkerLost(f"no scheduler answers at {address}: start one with `dask scheduler`") from error
    with reached as client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise WorkerLost(f"{address} has no worker: start some with `dask worker {address}`") from error
        try:
            yield client.get_executor(pure=False), len(client.scheduler_info()["workers"])
        except KilledWorker as error:
            raise WorkerLost(f"workers of {address} were lost several times with the same work") from error


def run_parallel(functions: Sequence[Callable[[], Result]], workers: int) -> list[Result]:
    """The results of ``functions``, in their order, computed by so many processes. Raises what they raise."""
    if workers < 2 or len(functions) < 2:
        return [function() for function in functions]
    with _inherited(functions), local_executor(min(workers, len(functions))) as executor:
        futures = [executor.submit(_call_inherited, number) for number in range(len(functions))]
        return [future.result() for future in futures]


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection; what was made meanwhile is never looked through again if it is much.

    Where many objects are made and all stay, looking through them takes as long as making them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MUCH:
            gc.freeze()
        if was_enabled:
            gc.enable()


_INHERITED: list[Sequence[Callable[[], Any]]] = []


@contextmanager
def _inherited(functions: Sequence[Callable[[], Any]]) -> Iterator[None]:
    """Let forked processes find ``functions``, which need not be picklable."""
    _INHERITED.append(functions)
    try:
        yield
    finally:
        _INHERITED.pop()


def _call_inherited(number: int) -> Any:
    return _INHERITED[-1][number]()


def _start_worker(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all: the parent reacts, and ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.enable()
    gc.set_threshold(_COLLECTED_AFTER)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    """What is written after a build was killed would be in the way of the next one."""
    while os.getppid() == parent:
        time.sleep(_POLL)
    os._exit(1)
