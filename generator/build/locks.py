"""Lock an open file, so that processes take turns. The system releases the lock when the file is closed."""


def lock_file(file: int, *, wait: bool = True) -> None:
    """Lock the open ``file``. Without ``wait``, raises BlockingIOError if another process holds the lock.

    On systems without file locks, processes do not wait for each other.
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
