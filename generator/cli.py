"""The command line: arguments to one command, and its exit code. 0 done, 1 the content has faults, 2 wrong use."""

import argparse
import sys
from collections.abc import Sequence
from typing import Protocol

from generator import __version__
from generator.commands import (
    add,
    build,
    check,
    doctor,
    from_issue,
    generate,
    import_papers,
    init,
    links,
    mail,
    parse,
    rollback,
    schema,
    serve,
    topics,
    upgrade,
)
from generator.commands.telling import tell_as


class Command(Protocol):
    """The interface of a module in ``generator.commands`` that is a command."""

    ABOUT: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def command(self, arguments: argparse.Namespace) -> int:
        """Run it and return the exit code."""


COMMANDS: dict[str, Command] = {
    "parse": parse,
    "import": import_papers,
    "add": add,
    "from-issue": from_issue,
    "topics": topics,
    "check": check,
    "generate": generate,
    "build": build,
    "serve": serve,
    "mail": mail,
    "rollback": rollback,
    "schema": schema,
    "links": links,
    "doctor": doctor,
    "init": init,
    "upgrade": upgrade,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    parsed = parser().parse_args(arguments)
    tell_as(parsed)
    try:
        sys.exit(COMMANDS[parsed.command].command(parsed))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        print(f"digest: {error.filename or 'system'}: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(prog="digest", description="A curated paper digest as a static site.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for name, module in COMMANDS.items():
        module.add_arguments(commands.add_parser(name, help=module.ABOUT, description=module.ABOUT))
    return parser
