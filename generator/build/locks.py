"""A lock on an open file, by which processes take turns; the system frees it when the file is closed."""


def lock_file(file: int, *, wait: bool = True) -> None:
    """Lock the open ``file``. Raises BlockingIOError if another process has it and this one does not ``wait``.

    Where the system has no such locks, processes do not wait for each other.
    """
    try:
        import fcntl
    except ModuleNotFoundError:
        _lock_on_windows(file, wait=wait)
    else:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _lock_on_windows(file: int, *, wait: bool) -> None:
    try:
        import msvcrt
    except ModuleNotFoundError:
        return
    mode, locking = ("LK_LOCK" if wait else "LK_NBLCK"), getattr(msvcrt, "locking")  # noqa: B009 - absent elsewhere
    try:
        locking(file, getattr(msvcrt, mode), 1)
    except OSError as error:
        raise BlockingIOError(*error.args) from error
