"""The command line. Exit codes: 0 success, 1 failure, such as errors in the content, 2 wrong usage, 130 Ctrl+C."""

import argparse
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module, metadata
from typing import Any, NoReturn, Protocol, cast

from generator import __version__
from generator.commands.destination import guard_output, printable
from generator.commands.verbosity import configure_logging
from generator.completion import SHELLS, completion


class Command(Protocol):
    """The interface of a module in ``generator.commands`` that is a command."""

    ABOUT: str
    """What the command does: a phrase in lower case, without a full stop, for the help texts."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def command(self, arguments: argparse.Namespace) -> int:
        """Run the command and return the exit code."""


GROUPS = {
    "Add papers": {
        "add": "add", "import": "import_papers", "parse": "parse", "new": "new", "from-issue": "from_issue",
        "topics": "topics",
    },
    "Write texts": {"draft": "draft", "review": "review"},
    "Maintain the content": {
        "check": "check", "fix-facts": "fix_facts", "links": "links", "watch": "watch", "schema": "schema"},
    "Build the site": {
        "build": "build", "serve": "serve", "generate": "generate", "rollback": "rollback", "compare": "compare"},
    "Send mail": {"mail": "mail"},
    "Share the data": {"mcp": "mcp", "bundle": "bundle"},
    "Manage a digest": {"init": "init", "icons": "icons", "upgrade": "upgrade", "doctor": "doctor"},
}  # fmt: skip
"""For each heading of ``digest --help``, its commands: the name that a user types, and the module's name."""
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}
"""The module's name for each command. Modules are imported on demand: importing all of them takes half a second."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that ``arguments`` (default: those of the process) name, and exit with its code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # Guarded before parsing: argparse prints wrong arguments, and a workflow may pass untrusted text as an argument.
    guard_output()
    try:
        code = _run(arguments)
        sys.stdout.flush()  # so that an error of a full disk or a closed pipe is raised here and not at exit
        sys.exit(code)
    except BrokenPipeError:
        # The program that reads the output, such as ``head``, has ended. That is no failure.
        _drop_output()
        sys.exit(0)
    except MemoryError:
        print("digest: there is not enough memory", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        sys.exit(130)  # 128 + SIGINT, as shells report it
    except OSError as error:
        print(f"digest: {printable(error.filename or 'system')}: {error.strerror or error}", file=sys.stderr)
        sys.exit(1)


def _run(arguments: Sequence[str]) -> int:
    # For a known command, only its module is imported, which is faster. Help and suggestions need all modules.
    parsed = make_parser(arguments[0] if arguments and arguments[0] in COMMANDS else "").parse_args(arguments)
    configure_logging(parsed)
    return _import_command(parsed.command).command(parsed)


class _Parser(argparse.ArgumentParser):
    """A parser that suggests a known word for a misspelled one."""

    def error(self, message: str) -> NoReturn:
        """Print usage, message and suggestion, and exit with 2."""
        # argparse writes ``invalid choice: 'biuld' (…)`` or ``unrecognized arguments: --fromat=json``.
        match = re.search(r"(?:invalid choice: '|unrecognized arguments: )([^' =]+)", message)
        unknown = match[1] if match else ""
        suggestions = get_close_matches(unknown, [*COMMANDS, *_options(self)], 1)
        # The message of argparse for an unknown command lists all commands, which ``digest --help`` shows better.
        if unknown and unknown not in COMMANDS and message.startswith("argument COMMAND"):
            message = f"there is no command {unknown!r}"
        super().error(f"{message}. Did you mean {suggestions[0]}?" if suggestions else message)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the options of a parser and of its commands: ``--help``, ``-h``."""
    # argparse has no public way to list the options of a parser.
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _options(command)


class _Version(argparse.Action):
    """Prints the versions of the programs that make a site."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the versions in one line and exit."""
        versions = [f"digest {__version__}", f"Python {platform.python_version()}"]
        for name in ("mkdocs", "mkdocs-material", "pagefind"):
            with suppress(metadata.PackageNotFoundError):
                versions.append(f"{name} {metadata.version(name)}")
        print(", ".join(versions))
        parser.exit()


class _Completion(argparse.Action):
    """Prints the completion script of a shell."""

    def __call__(self, _parser: argparse.ArgumentParser, _namespace: object, shell: Any, *_: object) -> None:
        """Print the script and exit."""
        parser = make_parser()
        print(completion(str(shell), parser), end="")
        parser.exit()


def _drop_output() -> None:
    """Discard further output, because nobody reads it. Otherwise Python reports a broken pipe at exit."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(devnull, stream.fileno())


def make_parser(only: str = "") -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands or with the command ``only``."""
    parser = _Parser(
        prog="digest",
        description="Build a curated paper digest as a static site.",
        usage="digest [--help] [--version] COMMAND ...",
        epilog=_commands_by_purpose() if not only else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="show the versions of digest, Python, MkDocs and Pagefind"
    )
    parser.add_argument(
        "--completion", action=_Completion, choices=SHELLS, metavar="SHELL",
        help="print the completion script for bash, zsh or fish",
    )  # fmt: skip
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command", help=argparse.SUPPRESS)
    for name in [only] if only else COMMANDS:
        module = _import_command(name)
        module.add_arguments(commands.add_parser(name, description=_as_sentence(module.ABOUT)))
    return parser


def _as_sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:]}."


def _commands_by_purpose() -> str:
    """Return the end of the help text: the commands with their descriptions, below the headings of ``GROUPS``."""
    lines: list[str] = []
    for title, group in GROUPS.items():
        lines += [f"{title}:", *(f"  {name:<12}{_import_command(name).ABOUT}" for name in group), ""]
    return "\n".join([*lines, "Run `digest COMMAND --help` for the options of a command."])


def _import_command(name: str) -> Command:
    return cast(Command, import_module(f"generator.commands.{COMMANDS[name]}"))
