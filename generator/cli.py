"""The command line: run one command, and exit with its code: 0 done, 1 the content has faults, 2 wrong use."""

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
from generator.commands.destination import guard, printable
from generator.commands.verbosity import configure_logging
from generator.completion import SHELLS, completion


class Command(Protocol):
    """The interface of a module in ``generator.commands`` that is a command."""

    ABOUT: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def command(self, arguments: argparse.Namespace) -> int:
        """Run it and return the exit code."""


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
COMMANDS = {name: module for group in GROUPS.values() for name, module in group.items()}
"""Each command and its module. Modules are loaded on demand: loading all of them takes half a second."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command, and exit with its code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # First of all: argparse prints the arguments, which a workflow may take from a stranger's text.
    guard()
    try:
        code = _run(arguments)
        sys.stdout.flush()  # here, so that the error of a full disk or a closed pipe is caught below
        sys.exit(code)
    except BrokenPipeError:
        # The reader, such as ``head``, has what it wants.
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
    # Only the module of the command is imported, unless the name is wrong or the help lists all commands.
    parsed = make_parser(arguments[0] if arguments and arguments[0] in COMMANDS else "").parse_args(arguments)
    configure_logging(parsed)
    return _load(parsed.command).command(parsed)


class _Parser(argparse.ArgumentParser):
    """A parser that suggests a known word for a misspelled one."""

    def error(self, message: str) -> NoReturn:
        """Print usage, message and suggestion, and exit with 2."""
        wrong = re.search(r"(?:invalid choice: '|unrecognized arguments: )([^' =]+)", message)
        known = [*COMMANDS, *_options(self)]
        near = get_close_matches(wrong[1], known, 1) if wrong else []
        # argparse lists every choice in this message. ``digest --help`` lists them by purpose.
        if wrong and wrong[1] not in COMMANDS and message.startswith("argument COMMAND"):
            message = f"there is no command {wrong[1]!r}"
        super().error(f"{message}. Did you mean {near[0]}?" if near else message)


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The options of a parser and of its commands."""
    # argparse has no public way to list the options of a parser.
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _options(command)


class _Version(argparse.Action):
    """Prints the versions of the programs that make a site."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print them and leave."""
        parts = [f"digest {__version__}", f"Python {platform.python_version()}"]
        for name in ("mkdocs", "mkdocs-material", "pagefind"):
            with suppress(metadata.PackageNotFoundError):
                parts.append(f"{name} {metadata.version(name)}")
        print(", ".join(parts))
        parser.exit()


class _Completion(argparse.Action):
    """Prints the completion script of a shell."""

    def __call__(self, _parser: argparse.ArgumentParser, _namespace: object, shell: Any, *_: object) -> None:
        """Print it and leave."""
        parser = make_parser()
        print(completion(str(shell), parser), end="")
        parser.exit()


def _drop_output() -> None:
    """Discard further output. The program that read it, such as ``head``, has ended."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(devnull, stream.fileno())


def make_parser(only: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line, or of one command."""
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
        module = _load(name)
        module.add_arguments(commands.add_parser(name, description=_as_sentence(module.ABOUT)))
    return parser


def _as_sentence(about: str) -> str:
    return f"{about[0].upper()}{about[1:]}."


def _commands_by_purpose() -> str:
    """The commands by purpose, for the help text."""
    lines: list[str] = []
    for title, group in GROUPS.items():
        lines += [f"{title}:", *(f"  {name:<12}{_load(name).ABOUT}" for name in group), ""]
    return "\n".join([*lines, "Run `digest COMMAND --help` for the options of a command."])


def _load(name: str) -> Command:
    return cast(Command, import_module(f"generator.commands.{COMMANDS[name]}"))
