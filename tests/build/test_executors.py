"""Executors: results keep their order, a lost worker is an error, and garbage collection resumes after a pause."""

import gc
import multiprocessing
import os
import signal
from concurrent.futures import Executor
from contextlib import suppress
from functools import partial

import pytest

from generator.build import executors
from generator.build.executors import (
    InlineExecutor,
    WorkerLost,
    cores,
    gc_paused,
    local_executor,
    run_in_child,
    run_parallel,
)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_of_parallel_functions_keep_their_order(workers: int) -> None:
    assert run_parallel([partial(int, str(number)) for number in range(20)], workers) == list(range(20))


def test_a_call_in_this_process_is_done_at_once_and_keeps_its_error() -> None:
    executor = InlineExecutor()
    assert executor.submit(divmod, 7, 2).result(timeout=0) == (3, 1)
    failed = executor.submit(divmod, 7, 0)
    assert failed.done()
    with pytest.raises(ZeroDivisionError):
        failed.result()


@pytest.mark.parametrize(("workers", "is_other"), [(1, False), (2, True)])
def test_one_worker_is_this_process_and_several_are_others(workers: int, is_other: bool) -> None:
    with local_executor(workers) as executor:
        assert isinstance(executor, Executor)
        assert (executor.submit(os.getpid).result() != os.getpid()) == is_other


def test_an_exception_of_a_parallel_function_is_raised() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        run_parallel([partial(int, "1"), partial(int, "x")], 2)


def test_a_killed_worker_is_lost() -> None:
    with pytest.raises(WorkerLost, match="killed"):
        run_parallel([lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: None], 2)


def test_parallel_calls_can_be_nested() -> None:
    """A worker that distributes calls itself finds its own functions, not those of its parent."""
    inner = [partial(int, "1"), partial(int, "2")]
    assert run_parallel([lambda: run_parallel(inner, 2), lambda: [3]], 2) == [[1, 2], [3]]


@pytest.mark.parametrize(("number", "is_other"), [(1, False), (2, True)])
def test_a_call_in_a_child_runs_in_another_process_where_there_are_cores(
    number: int, is_other: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "cores", lambda: number)
    assert (run_in_child(os.getpid) != os.getpid()) == is_other


def test_a_killed_child_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "cores", lambda: 2)
    with pytest.raises(WorkerLost, match="killed"):
        run_in_child(lambda: os.kill(os.getpid(), signal.SIGKILL))


@pytest.mark.parametrize("was_enabled", [True, False])
def test_garbage_collection_is_as_before_a_pause(was_enabled: bool) -> None:
    enabled_at_start = gc.isenabled()
    try:
        (gc.enable if was_enabled else gc.disable)()
        with suppress(KeyError), gc_paused():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() == was_enabled
    finally:
        (gc.enable if enabled_at_start else gc.disable)()


def test_a_process_that_may_not_have_processes_has_one_worker() -> None:
    """As workers of Dask, which read a large digest by this number of processes."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(cores) == 1


def test_systems_without_fork_have_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cores() >= 1
    monkeypatch.setattr("multiprocessing.get_all_start_methods", lambda: ["spawn"])
    assert cores() == 1
