"""A Dask cluster builds the same bytes as one machine, even if a worker is lost."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from distributed import Client

from generator.build.engine import Shard
from generator.build.executors import WorkerLost, cluster_executor
from generator.commands.build_options import BuildOptions
from generator.commands.cluster import Job
from tests.conftest import ROOT, TOY

CONTENT = ROOT / "content" if os.environ.get("DIGEST_CLUSTER") else TOY
"""``make torture`` builds the real digest."""

_PATIENCE = 120  # seconds for what takes two on an idle machine


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with settings, theme and content."""
    folder = tmp_path_factory.mktemp("cluster") / "project"
    shutil.copytree(CONTENT, folder / "content")
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@contextmanager
def _started(*command: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the command ``dask``, as it is started on any machine."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command], cwd=folder, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def cluster(project: Path) -> Iterator[tuple[str, dict[str, subprocess.Popen[bytes]]]]:
    """The address of a scheduler on this machine, and its two workers by name."""
    folder = project.parent
    scheduler_file = str(folder / "scheduler.json")
    with ExitStack() as stack:
        stack.enter_context(
            _started("scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0",
                     "--scheduler-file", scheduler_file, folder=folder)
        )  # fmt: skip
        workers = {
            name: stack.enter_context(
                _started("worker", "--scheduler-file", scheduler_file, "--nthreads", "1", "--no-nanny", "--name", name,
                         "--host", "127.0.0.1", "--no-dashboard", "--local-directory", str(folder), folder=project)
            )
            for name in ("first", "second")
        }  # fmt: skip
        with Client(scheduler_file=scheduler_file, timeout=_PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=_PATIENCE)
            yield str(client.scheduler.address), workers


def _digest(*arguments: str, folder: Path, cache: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DIGEST_CACHE": str(cache)}
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def _files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def _busy_worker(address: str) -> str:
    """The name of a worker that has work, as soon as one has."""
    with Client(address, set_as_default=False) as client:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            for worker in client.scheduler_info()["workers"].values():
                if worker["metrics"].get("executing") or worker["metrics"].get("task_counts", {}).get("executing"):
                    return str(worker["name"])
            time.sleep(0.02)
    raise AssertionError("no worker got any work")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nonsense", "is not the address of a scheduler"),
        ("tcp://host:port", "is not the address of a scheduler"),
        ("http://127.0.0.1:8786", "is not the address of a scheduler"),
        ("tls://127.0.0.1:1", "needs certificates"),
    ],
)
def test_an_invalid_address_of_a_scheduler_is_reported(address: str, message: str) -> None:
    with pytest.raises(WorkerLost, match=message), cluster_executor(address):
        pass


def test_a_worker_with_other_content_is_refused(
    project: Path, tmp_path: Path, cluster: tuple[str, dict[str, subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The build uses the entries at its start. A worker that reads an edited entry refuses to work."""
    address, _ = cluster
    other = tmp_path / "other"
    shutil.copytree(project, other)
    with (other / "content/topics/cats.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# Edited meanwhile.\n")
    options = BuildOptions(Path("content"), Path("site"))
    monkeypatch.chdir(other)
    job = Job(str(project), options, options.input_hash())
    with Client(address, set_as_default=False) as client:
        future = client.get_executor(pure=False).submit(job, Shard((), {}))
        with pytest.raises(Exception, match="differs from the project that is built"):
            future.result(timeout=_PATIENCE)


def test_a_worker_may_use_its_own_checkout(
    project: Path, tmp_path: Path, cluster: tuple[str, dict[str, subprocess.Popen[bytes]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Where the folder of the build does not exist, a worker reads the one in which it was started."""
    address, _ = cluster
    other = tmp_path / "other"
    shutil.copytree(project, other)
    options = BuildOptions(Path("content"), Path("site"))
    monkeypatch.chdir(other)
    job = Job(str(tmp_path / "nowhere"), options, options.input_hash())
    with Client(address, set_as_default=False) as client:
        future = client.get_executor(pure=False).submit(job, Shard((), {}))
        assert future.result(timeout=_PATIENCE).results == ()


def test_a_lost_worker_changes_no_byte(
    project: Path, tmp_path: Path, cluster: tuple[str, dict[str, subprocess.Popen[bytes]]]
) -> None:
    """The last test of the cluster: one of its workers is gone afterwards."""
    address, workers = cluster
    local = _digest("build", "--site-dir", str(tmp_path / "local"), folder=project, cache=tmp_path / "cache 1")
    output = local.communicate(timeout=_PATIENCE * 5)[1]
    assert local.returncode == 0, output
    shared = ("--site-dir", str(tmp_path / "shared"), "--scheduler", address)
    build = _digest("build", *shared, folder=project, cache=tmp_path / "cache 2")
    workers[_busy_worker(address)].kill()
    output = build.communicate(timeout=_PATIENCE * 5)[1]
    assert build.returncode == 0, output
    assert _files(tmp_path / "shared") == _files(tmp_path / "local")
