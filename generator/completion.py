"""Completion scripts for bash, zsh and fish, derived from the parser. They complete commands, options and files."""

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

SHELLS = ("bash", "zsh", "fish")


class _Option(NamedTuple):
    """An option and its help text: ``--quiet``, ``print only errors and results``."""

    name: str
    about: str


class _Command(NamedTuple):
    """The description of a command and its options."""

    about: str
    options: Sequence[_Option]


_Commands = Mapping[str, _Command]


def completion(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return the script of a shell in ``SHELLS``. A shell runs it with ``eval "$(digest --completion bash)"``."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](dict(_commands(parser)))


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, _Command]]:
    """Yield the name of each command with its description and options."""
    # argparse has no public list of its actions.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                options = [
                    # The longest form: ``--quiet`` explains itself, ``-q`` does not.
                    _Option(max(option.option_strings, key=len), _plain(option.help or ""))
                    for option in command._actions
                    if option.option_strings
                ]
                yield name, _Command(_plain(command.description or ""), options)


def _plain(text: str) -> str:
    """Return ``text`` without the characters that a shell could interpret, such as quotes and brackets."""
    # Help texts of argparse contain %% for a percent sign.
    return re.sub(r"[^\w ,.;/-]", "", text.replace("%%", "%"))


def _bash(commands: _Commands) -> str:
    cases = "\n".join(
        f"    {name}) words='{' '.join(option.name for option in command.options)}' ;;"
        for name, command in commands.items()
    )
    return f"""\
_digest() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words=''
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
  if [ "$COMP_CWORD" = 1 ]; then words='{" ".join(commands)} --help --version'; fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o default -F _digest digest
"""


def _zsh(commands: _Commands) -> str:
    """Return the script for zsh. It removes ``digest``, so that ``_arguments`` takes the command as the first word."""
    names = "\n".join(f"    '{name}:{command.about}'" for name, command in commands.items())
    cases = "\n".join(
        f"    {name}) _arguments {' '.join(map(_zsh_option, command.options))} '*:file:_files' ;;"
        for name, command in commands.items()
    )
    return f"""\
#compdef digest
_digest() {{
  local -a names=(
{names}
  )
  if (( CURRENT == 2 )); then _describe command names; return; fi
  local name=$words[2]
  shift words; (( CURRENT-- ))
  case $name in
{cases}
  esac
}}
compdef _digest digest
"""


def _zsh_option(option: _Option) -> str:
    return f"'{option.name}[{option.about}]'"


def _fish(commands: _Commands) -> str:
    lines = [
        f"complete -c digest -n __fish_use_subcommand -f -a {name} -d '{command.about}'"
        for name, command in commands.items()
    ]
    for name, command in commands.items():
        condition = f"-n '__fish_seen_subcommand_from {name}'"
        lines += [
            f"complete -c digest {condition} -l {option.name.removeprefix('--')} -d '{option.about}'"
            for option in command.options
            if option.name.startswith("--")
        ]
    return "\n".join(lines) + "\n"
