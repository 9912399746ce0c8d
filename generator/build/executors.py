"""Executors: forked processes on this machine, this process if forking is not possible, or a Dask cluster.

All implement ``concurrent.futures.Executor`` of the standard library.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")

_MIN_FROZEN_OBJECTS = 100_000  # ``gc_paused`` exempts this many new objects, or more, from later collections
_GC_THRESHOLD = 50_000  # new objects before a collection; with Python's 700, collections take 6 % of a worker's time
_CLUSTER_TIMEOUT = 10.0  # seconds to wait for a scheduler and a first worker
_POLL_INTERVAL = 0.05  # seconds between checks that the parent is alive


class WorkerLost(Exception):
    """A worker process ended before it returned its result."""


class InlineExecutor(Executor):
    """Runs each call immediately, in this process."""

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Call ``fn``. The future is done when this method returns."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - ``Future.result`` raises it
            future.set_exception(error)
        return future


def cores() -> int:
    """Return the number of worker processes that use all processors; 1 if processes cannot be forked."""
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return 1  # forking a process that uses system libraries of macOS may crash it
    if multiprocessing.current_process().daemon:
        return 1  # such as a worker of Dask: it may not have processes of its own
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local_executor(workers: int) -> Iterator[Executor]:
    """Provide an executor with forked processes, which share the memory of this process.

    With one worker, calls run in this process. Workers exit if this process is killed. Raises WorkerLost if a worker is
    killed.
    """
    if workers < 2:
        yield InlineExecutor()
        return
    with _forked_executor(workers) as executor:
        yield executor


@contextmanager
def _forked_executor(workers: int) -> Iterator[Executor]:
    gc.freeze()  # a collection would write to, and so copy, the shared memory
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
    """Provide an executor with the workers of a Dask scheduler, and the number of workers.

    ``address`` is that of the scheduler, e.g. ``tcp://127.0.0.1:8786``. If a worker dies, its call is repeated on
    another one. Raises WorkerLost if a call kills several workers, if ``address`` is invalid or needs certificates
    that are missing, if there is no scheduler or worker, and if the extra ``cluster`` is not installed.
    """
    try:
        from distributed import Client, Security
        from distributed.comm.addressing import get_address_host_port
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError as error:
        raise WorkerLost('a cluster needs Dask: pip install "curated-paper-digest[cluster]"') from error
    # Checked first: a client that cannot start blocks the end of the program for 20 seconds.
    try:
        get_address_host_port(address)
    except ValueError as error:
        raise WorkerLost(f"{address!r} is not the address of a scheduler, tcp://HOST:PORT: {error}") from error
    settings = Security().get_connection_args("client")  # type: ignore[no-untyped-call]
    if address.startswith("tls:") and not settings["ssl_context"]:
        raise WorkerLost(f"{address} needs certificates in the configuration of Dask, distributed.comm.tls")
    try:
        connection = Client(address, set_as_default=False, timeout=_CLUSTER_TIMEOUT)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise WorkerLost(f"no scheduler answers at {address}: start one with `dask scheduler`") from error
    with connection as client:
        try:
            client.wait_for_workers(1, timeout=_CLUSTER_TIMEOUT)
        except TimeoutError as error:
            raise WorkerLost(f"{address} has no worker: start some with `dask worker {address}`") from error
        try:
            yield client.get_executor(pure=False), len(client.scheduler_info()["workers"])
        except KilledWorker as error:
            raise WorkerLost(f"several workers of {address} were lost with the same work") from error


def run_parallel(functions: Sequence[Callable[[], Result]], workers: int) -> list[Result]:
    """Call ``functions`` in up to ``workers`` processes. Returns the results in order.

    Raises the exceptions of the functions, and WorkerLost if a process is killed.
    """
    if workers < 2 or len(functions) < 2:
        return [function() for function in functions]
    with _inheriting(functions), local_executor(min(workers, len(functions))) as executor:
        futures = [executor.submit(_call_inherited, number) for number in range(len(functions))]
        return [future.result() for future in futures]


def run_in_child(function: Callable[[], Result]) -> Result:
    """Call ``function`` in a process of its own, so that all memory that it needed is free afterwards.

    With one processor, or where processes cannot be forked, it is called in this one. Raises WorkerLost if the process
    is killed.
    """
    if cores() < 2:
        return function()
    with _inheriting([function]), _forked_executor(1) as executor:
        result: Result = executor.submit(_call_inherited, 0).result()
        return result


def return_memory() -> None:
    """Return freed memory to the system. glibc keeps a third of the memory needed to read 20,000 papers."""
    with suppress(AttributeError, OSError, TypeError):  # C libraries other than glibc have no ``malloc_trim``
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection within the block, which creates many lasting objects.

    Collections would take as long as creating the objects. Later collections skip the objects, if there are many,
    and freed memory is returned.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MIN_FROZEN_OBJECTS:
            gc.freeze()
            return_memory()
        if was_enabled:
            gc.enable()


_inherited_functions: list[Sequence[Callable[[], Any]]] = []


@contextmanager
def _inheriting(functions: Sequence[Callable[[], Any]]) -> Iterator[None]:
    """Let processes that are forked within the block find ``functions``, which may not be picklable."""
    _inherited_functions.append(functions)
    try:
        yield
    finally:
        _inherited_functions.pop()


def _call_inherited(number: int) -> Any:
    return _inherited_functions[-1][number]()


def _start_worker(parent_id: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes, and the parent ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.enable()
    gc.set_threshold(_GC_THRESHOLD)
    Thread(target=_exit_after, args=(parent_id,), daemon=True).start()


def _exit_after(parent_id: int) -> None:
    """Wait until the parent has exited, then exit: the worker must not write into the folder of the next build."""
    while os.getppid() == parent_id:
        time.sleep(_POLL_INTERVAL)
    os._exit(1)
