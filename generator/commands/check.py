"""``digest check``: every fault of every file in one run."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.commands.arguments import add_content
from generator.commands.fix import fix
from generator.commands.messages import FORMATS, count, formatted
from generator.commands.reading import read_content
from generator.model.problem import Problem
from generator.rules.all import ADVICE, STYLE, broken_rules
from generator.rules.permalinks import addresses_of
from generator.store.comments import comment_problems
from generator.store.load import Loaded, misplaced
from generator.store.permalinks_file import add_permalinks

ABOUT = "report every fault of every entry"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="report on these files or folders only")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are printed (default: text)")
    parser.add_argument(
        "--fix", action="store_true", help="first mend spaces, identifiers, days, doubles, and touch no other line"
    )
    parser.add_argument(
        "--update-permalinks", action="store_true", help="list new addresses in permalinks.txt, if there is no error"
    )
    add_content(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if arguments.fix:
        wanted = [path.resolve() for path in arguments.paths]
        for path in fix(arguments.content, lambda path: not wanted or _concerns(path.resolve(), wanted)):
            print(f"mended {arguments.content / path}", file=sys.stderr)
    found = run(arguments.content, arguments.paths, arguments.format)
    return found or (update_permalinks(arguments.content) if arguments.update_permalinks else 0)


def problems_of(loaded: Loaded) -> list[Problem]:
    """All problems of a loaded content folder but those of style, each with its path and position."""
    return [*loaded.problems, *loaded.placed((*misplaced(loaded), *broken_rules(loaded.content)))]


def advice_of(loaded: Loaded) -> list[Problem]:
    """What a person should look at in a loaded content folder: likely twins, slips, what pasting left."""
    return [*loaded.placed(broken_rules(loaded.content, ADVICE)), *comment_problems(loaded.folder)]


def style_of(loaded: Loaded) -> list[Problem]:
    """Where the texts of a loaded content folder fall short of the house style, which is only warned about."""
    return loaded.placed(broken_rules(loaded.content, STYLE))


def run(content: Path, paths: Sequence[Path], form: str) -> int:
    """Print the problems, of ``paths`` alone if any are named. Returns 1 for an error, 2 for a missing path."""
    if missing := [str(path) for path in paths if not path.exists()]:
        print(f"there is no {', '.join(missing)}", file=sys.stderr)
        return 2
    loaded = read_content(content)
    problems = [*problems_of(loaded), *advice_of(loaded), *style_of(loaded)]
    if paths:
        wanted = [path.resolve() for path in paths]
        problems = [p for p in problems if _concerns((content / p.path).resolve(), wanted)]
    if problems or form == "json":
        print(formatted(problems, form, prefix=f"{content.as_posix()}/"))
    print(f"{content}: {count(problems)}", file=sys.stderr)
    return 1 if any(problem.is_error for problem in problems) else 0


def update_permalinks(content: Path) -> int:
    """List in permalinks.txt what is published and not listed yet."""
    new = add_permalinks(content, addresses_of(read_content(content).content))
    print(f"{content}/permalinks.txt: {len(new)} added", file=sys.stderr)
    return 0


def _concerns(path: Path, wanted: Sequence[Path]) -> bool:
    return any(path == place or place in path.parents for place in wanted)
