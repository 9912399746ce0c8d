"""Encodes output for its destination: a terminal, the log of a GitHub workflow, or the log of a GitLab job.

An encoded line cannot move the cursor or act as a workflow command. File names and quoted texts are untrusted, so they
pass through ``printable`` before printing. In case such a call is missing, ``guard_output`` encodes all output for
people.
"""

import os
import sys
from collections.abc import Callable
from typing import Any, TextIO, cast

from generator.text.escape import for_github_log, for_gitlab_log, for_terminal


def encoder() -> Callable[[str], str]:
    """Return the function that encodes a line for the destination, which environment variables identify."""
    if os.environ.get("GITHUB_ACTIONS"):
        return for_github_log
    return for_gitlab_log if os.environ.get("GITLAB_CI") else for_terminal


def printable(text: object) -> str:
    """Return a path or another untrusted text, encoded as a part of a printed line."""
    return encoder()(str(text))


class _Guarded:
    """Encodes each line and writes it to ``stream``. Has all other attributes of the stream."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._encode = encoder()
        self._at_line_start = True

    def write(self, text: str) -> int:
        """Write ``text``, encoded except for line feeds and tabs. Returns the length of ``text``."""
        lines = text.split("\n")
        encoded = [
            self._encode_line(line, at_line_start=self._at_line_start or number > 0)
            for number, line in enumerate(lines)
        ]
        self._at_line_start = not lines[-1]
        self.stream.write("\n".join(encoded))
        return len(text)

    def _encode_line(self, line: str, *, at_line_start: bool) -> str:
        if not at_line_start:
            # The encoder escapes some characters only at the start of a line. With a dot before it, the text is not at
            # the start. The dot is removed again.
            return self._encode_line(f".{line}", at_line_start=True)[1:]
        return "\t".join(map(self._encode, line.split("\t")))

    def writelines(self, lines: list[str]) -> None:
        """Write each of ``lines``."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def guarded(stream: TextIO) -> TextIO:
    """Return a stream that encodes each line and writes it to ``stream``."""
    return cast(TextIO, _Guarded(stream))


def unguarded(stream: TextIO) -> TextIO:
    """Return the original of a guarded stream, for progress bars, colors and the program's own workflow commands."""
    return stream.stream if isinstance(stream, _Guarded) else stream


def guard_output() -> None:
    """Guard stderr, and also stdout if people read it. Output to a file or a program is data and is not encoded."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a locale without Unicode must not make printing fail
    sys.stderr = guarded(unguarded(sys.stderr))
    if sys.stdout.isatty() or encoder() is not for_terminal:
        sys.stdout = guarded(unguarded(sys.stdout))
