"""Where what a command prints is read: at a terminal, in the log of a GitHub workflow, or in that of a GitLab job.

Names of files and quoted texts are a stranger's. Whoever prints one passes it through ``named``. ``guard`` is the
second line: whatever is printed, no line moves the cursor or is a command of the workflow.
"""

import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, cast

from generator.text.escape import for_github_log, for_gitlab_log, for_terminal


def encoder() -> Callable[[str], str]:
    """The encoder of the place where the output is read; the hosts of workflows tell that they are one."""
    if os.environ.get("GITHUB_ACTIONS"):
        return for_github_log
    return for_gitlab_log if os.environ.get("GITLAB_CI") else for_terminal


def named(name: object) -> str:
    """A path or another stranger's text in a line that is printed."""
    return encoder()(str(name))


class _Guarded:
    """A stream whose lines pass the encoder. All but ``write`` is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._encode = encoder()
        self._begins = True

    def write(self, text: str) -> int:
        """Write ``text``, of which line feeds and tabs stay what they are."""
        lines = text.split("\n")
        out = [self._line(line, begins=self._begins or number > 0) for number, line in enumerate(lines)]
        self._begins = not lines[-1]
        self.stream.write("\n".join(out))
        return len(text)

    def _line(self, line: str, *, begins: bool) -> str:
        if not begins:  # a character before it keeps the encoder from what only counts at the start of a line
            return self._line(f".{line}", begins=True)[1:]
        return "\t".join(map(self._encode, line.split("\t")))

    def writelines(self, lines: list[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def guarded(stream: TextIO) -> TextIO:
    """``stream``, guarded."""
    return cast(TextIO, _Guarded(stream))


def unguarded(stream: TextIO) -> TextIO:
    """What ``guarded`` was given, for progress bars and for the commands of a workflow that we mean."""
    return stream.stream if isinstance(stream, _Guarded) else stream


def guard() -> None:
    """Guard both streams of the process. What is piped from stdout into a file or a program is data, and stays."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.stderr = guarded(unguarded(sys.stderr))
    if sys.stdout.isatty() or encoder() is not for_terminal:
        sys.stdout = guarded(unguarded(sys.stdout))
