"""Simulate Windows: ``python -m tests.support.windows COMMAND …`` runs ``digest`` without what Windows lacks."""

import multiprocessing
import os
import signal
import sys

import platformdirs  # noqa: F401 - it asks sys.platform for what it loads, which is not simulated

for name in ("fcntl", "resource"):
    sys.modules[name] = None  # type: ignore[assignment]
for name in (
    "fork",
    "forkpty",
    "getuid",
    "geteuid",
    "getppid",
    "sched_getaffinity",
    "O_NOFOLLOW",
    "O_DIRECTORY",
    "O_NONBLOCK",
):
    if hasattr(os, name):
        delattr(os, name)
del signal.SIGHUP
os.supports_dir_fd.clear()
multiprocessing.get_all_start_methods = lambda: ["spawn"]

from generator.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
