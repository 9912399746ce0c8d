"""Encodes output for its destination: a terminal, the log of a GitHub workflow, or that of a GitLab job.

File names and quoted texts are untrusted: pass them through ``printable`` before printing. ``guard`` is the second line
of defense: no printed line can move the cursor or act as a workflow command.
"""

import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, cast

from generator.text.escape import for_github_log, for_gitlab_log, for_terminal


def encoder() -> Callable[[str], str]:
    """Return the encoder for the destination. Workflow hosts identify themselves by an environment variable."""
    if os.environ.get("GITHUB_ACTIONS"):
        return for_github_log
    return for_gitlab_log if os.environ.get("GITLAB_CI") else for_terminal


def printable(name: object) -> str:
    """Encode a path or another untrusted text for a printed line."""
    return encoder()(str(name))


class _Guarded:
    """A stream that encodes each line. All other attributes are those of the stream."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._encode = encoder()
        self._at_line_start = True

    def write(self, text: str) -> int:
        """Write ``text``. Line feeds and tabs are kept."""
        lines = text.split("\n")
        out = [self._line(line, at_line_start=self._at_line_start or number > 0) for number, line in enumerate(lines)]
        self._at_line_start = not lines[-1]
        self.stream.write("\n".join(out))
        return len(text)

    def _line(self, line: str, *, at_line_start: bool) -> str:
        if (
            not at_line_start
        ):  # the added character stops the encoder from escaping what only matters at the start of a line
            return self._line(f".{line}", at_line_start=True)[1:]
        return "\t".join(map(self._encode, line.split("\t")))

    def writelines(self, lines: list[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def guarded(stream: TextIO) -> TextIO:
    """Return ``stream`` with a guard."""
    return cast(TextIO, _Guarded(stream))


def unguarded(stream: TextIO) -> TextIO:
    """Return the stream below the guard, for progress bars and for workflow commands of our own."""
    return stream.stream if isinstance(stream, _Guarded) else stream


def guard() -> None:
    """Guard both output streams. Standard output that goes to a file or a program is data and stays unchanged."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a locale without Unicode must not make printing fail
    sys.stderr = guarded(unguarded(sys.stderr))
    if sys.stdout.isatty() or encoder() is not for_terminal:
        sys.stdout = guarded(unguarded(sys.stdout))
