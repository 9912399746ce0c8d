"""A folder in memory for the files that tests write: on a disk, a site takes longer to write than to build."""

import os

MOUNTED = "/dev/shm"
"""Where Linux mounts a file system in memory (``man 7 shm_overview``)."""
MIN_FREE = 4 << 30
"""Bytes; the tests write less than half of them at a time."""


def memory_folder() -> str:
    """Return a folder in memory with enough space for all tests, or "": there is none, or ``TMPDIR`` is set."""
    if "TMPDIR" in os.environ or not os.access(MOUNTED, os.W_OK | os.X_OK):
        return ""
    status = os.statvfs(MOUNTED)
    runs_programs = not status.f_flag & os.ST_NOEXEC  # some tests write programs and run them
    return MOUNTED if runs_programs and status.f_bavail * status.f_frsize >= MIN_FREE else ""
