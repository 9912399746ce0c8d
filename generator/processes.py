"""Independent tasks, each in a process of its own, as many at a time as there are cores."""

import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

Result = TypeVar("Result")
Task = Callable[[], Result]

_MUCH = 100_000  # objects
_TICK = 0.5  # seconds between two words on how many tasks have ended
_LOOK = 0.05  # seconds between two looks whether the parent is still there


class Killed(Exception):
    """A process ended before it reported."""


def cores() -> int:
    """How many processes are of use at a time: one where processes cannot share what this one holds."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile, nor ever again among what was made if that is much.

    Where much is made and all of it stays, looking through it takes as long as the making.
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


def together(tasks: Iterable[Task[Result]], most: int, ended: Callable[[int], None] = lambda _: None) -> list[Result]:
    """The results of ``tasks``, in their order; at most ``most`` run at a time, begun in their order.

    A sequence of one task, or ``most`` of 1, runs in this process. What the next task needs may be made while it is
    asked for: that is done here, beside the tasks begun before. Raises what a task raises, and Killed; the other tasks
    are ended before. They end by themselves if this process is killed. ``ended`` is told now and then how many tasks
    have ended since it was told last.
    """
    if most < 2 or (isinstance(tasks, Sequence) and len(tasks) < 2):
        return [_alone(task, ended) for task in tasks]
    results: dict[int, Result] = {}
    running: dict[Connection, tuple[int, BaseProcess]] = {}
    try:
        for number, task in enumerate(tasks):
            if len(running) == most:
                _take(running, results, ended)
            ours, process = _begun(task)
            running[ours] = number, process
        while running:
            _take(running, results, ended)
    finally:
        for _, process in running.values():
            process.terminate()
        for _, process in running.values():
            process.join()
    return [result for _, result in sorted(results.items())]


@contextmanager
def aside(task: Task[Result]) -> Iterator[Task[Result]]:
    """Begin ``task`` in a process of its own, and give a function that waits for its result, to be called once at most.

    That raises what the task raises, and Killed. In the end the task is ended, if it is not. With a single core the
    function does the task.
    """
    if cores() < 2:
        yield task
        return
    ours, process = _begun(task)
    try:
        yield partial(_awaited, ours, process)
    finally:
        process.terminate()
        process.join()
        ours.close()


def _awaited(ours: Connection, process: BaseProcess) -> Any:
    try:
        result, error = ours.recv()
    except EOFError:
        raise Killed("a process that prepared the site was killed") from None
    process.join()
    if error is not None:
        raise error
    return result


def _alone(task: Task[Result], ended: Callable[[int], None]) -> Result:
    result = task()
    ended(1)
    return result


def _begun(task: Task[Result]) -> tuple[Connection, BaseProcess]:
    gc.freeze()  # a collection would touch, and so copy, what the processes share
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_report, args=(theirs, task, os.getpid()))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # in the middle of a fork Ctrl+C would be lost
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    theirs.close()
    return ours, process


def _report(theirs: Connection, task: Task[Result], parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is told to all: the parent says so, and ends this process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        done: tuple[Result | None, Exception | None] = task(), None
    except Exception as error:  # noqa: BLE001 - raised again where somebody can take it
        done = None, error
    theirs.send(done)


def _end_with(parent: int) -> None:
    """What is written after a build was killed would be in the way of the next one."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _take(
    running: dict[Connection, tuple[int, BaseProcess]], results: dict[int, Result], ended: Callable[[int], None]
) -> None:
    """Wait for a task that has ended, and move its result."""
    while not (ready := wait(list(running), _TICK)):
        ended(0)
    for ours in ready:
        assert isinstance(ours, Connection)
        number, process = running.pop(ours)
        try:
            result, error = ours.recv()
        except EOFError:
            raise Killed("a process that built parts of the site was killed") from None
        finally:
            ours.close()
            process.join()
        if error is not None:
            raise error
        results[number] = result
        ended(1)
