"""The command line: arguments to one command, and its exit code. 0 done, 1 the content has faults, 2 wrong use."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Protocol, cast

from generator import __version__
from generator.commands.destination import guard, named
from generator.commands.telling import tell_as


class Command(Protocol):
    """The interface of a module in ``generator.commands`` that is a command."""

    ABOUT: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def command(self, arguments: argparse.Namespace) -> int:
        """Run it and return the exit code."""


COMMANDS = {
    "parse": "parse",
    "import": "import_papers",
    "add": "add",
    "new": "new",
    "from-issue": "from_issue",
    "topics": "topics",
    "check": "check",
    "generate": "generate",
    "build": "build",
    "serve": "serve",
    "mail": "mail",
    "rollback": "rollback",
    "schema": "schema",
    "links": "links",
    "watch": "watch",
    "doctor": "doctor",
    "init": "init",
    "upgrade": "upgrade",
}
"""Each command and its module. It is loaded when it is asked for: loading all of them takes half a second."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    guard()
    try:
        code = _run(given)
        sys.stdout.flush()
        sys.exit(code)
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except MemoryError:
        print("digest: there is not enough memory", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        print(f"digest: {named(error.filename or 'system')}: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)


def _run(given: Sequence[str]) -> int:
    parsed = parser(given[0] if given and given[0] in COMMANDS else "").parse_args(given)
    tell_as(parsed)
    return _loaded(parsed.command).command(parsed)


def _drop_output() -> None:
    """Whoever read the output has gone, as ``head`` does: what is still to be flushed at the end goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())


def parser(only: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line, or of one command."""
    parser = argparse.ArgumentParser(prog="digest", description="A curated paper digest as a static site.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for name in [only] if only else COMMANDS:
        module = _loaded(name)
        module.add_arguments(commands.add_parser(name, help=module.ABOUT, description=module.ABOUT))
    return parser


def _loaded(name: str) -> Command:
    return cast(Command, import_module(f"generator.commands.{COMMANDS[name]}"))
