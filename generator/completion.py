"""Completion scripts for bash, zsh and fish, with commands, options and files. They are derived from the parser."""

import argparse
import re
from collections.abc import Iterator

SHELLS = ("bash", "zsh", "fish")


def completion(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return a script for the shell to source, e.g. ``eval "$(digest --completion bash)"``."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](dict(_commands(parser)))


def _commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, tuple[str, list[tuple[str, str]]]]]:
    """Each command with its description, and its options with theirs."""
    # argparse has no public list of its actions.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                options = [
                    # The longest form: ``--quiet`` explains itself, ``-q`` does not.
                    (max(option.option_strings, key=len), _plain(option.help or ""))
                    for option in command._actions
                    if option.option_strings
                ]
                yield name, (_plain(command.description or ""), options)


def _plain(text: str) -> str:
    """Remove characters that need quoting in a shell."""
    # argparse needs a percent sign in a help text to be doubled.
    return re.sub(r"[^\w ,.;/-]", "", text.replace("%%", "%"))


_Commands = dict[str, tuple[str, list[tuple[str, str]]]]


def _bash(commands: _Commands) -> str:
    cases = "\n".join(
        f"    {name}) words='{' '.join(option for option, _ in options)}' ;;" for name, (_, options) in commands.items()
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
    names = "\n".join(f"    '{name}:{about}'" for name, (about, _) in commands.items())
    cases = "\n".join(
        f"    {name}) _arguments {' '.join(map(_zsh_option, options))} '*:file:_files' ;;"
        for name, (_, options) in commands.items()
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


def _zsh_option(option: tuple[str, str]) -> str:
    name, about = option
    return f"'{name}[{about}]'"


def _fish(commands: _Commands) -> str:
    lines = [
        f"complete -c digest -n __fish_use_subcommand -f -a {name} -d '{about}'"
        for name, (about, _) in commands.items()
    ]
    for name, (_, options) in commands.items():
        lines += [
            f"complete -c digest -n '__fish_seen_subcommand_from {name}' -l {option.removeprefix('--')} -d '{about}'"
            for option, about in options
            if option.startswith("--")
        ]
    return "\n".join(lines) + "\n"
