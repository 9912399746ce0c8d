"""``digest compare``: compares the texts of two builds page by page, and writes Markdown for a reviewer."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from generator.build.safe_files import write_whole
from generator.commands.destination import named
from generator.site.page_text import page_lines, page_paths
from generator.text.escape import for_markdown

ABOUT = "compare two built sites: list new, removed and changed pages with their texts"

_PAGES_MOST = 50
"""Pages whose texts are shown. Of the others, only the addresses are listed."""
_LISTED_MOST = 500  # addresses of further pages in a report
_LINES_MOST = 40
"""Changed lines of one page that are shown."""


class Changes(NamedTuple):
    """The pages that differ from those of an earlier build, by path. ``changed`` contains their changed lines."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: dict[str, list[str]]

    @property
    def numbers(self) -> str:
        """The number of pages of each kind, as text."""
        return f"{len(self.new)} new, {len(self.changed)} changed, {len(self.gone)} gone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("before", type=Path, metavar="BEFORE", help="folder of the earlier site")
    parser.add_argument("after", type=Path, metavar="AFTER", help="folder of the later site")
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write the comparison to FILE, as Markdown (default: standard output)",
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 2 if a folder contains no built site."""
    for folder in (arguments.before, arguments.after):
        if not (folder / "index.html").is_file():
            print(f"{named(folder)} contains no built site: run digest build --site-dir", file=sys.stderr)
            return 2
    changes = compare(arguments.before, arguments.after)
    text = report(changes)
    if arguments.report:
        write_whole(arguments.report, text.encode("utf-8"), arguments.report.parent)
    else:
        print(text, end="")
    print(f"pages: {changes.numbers}", file=sys.stderr)
    return 0


def compare(before: Path, after: Path) -> Changes:
    """Compare the texts of the pages of two sites. Differences outside a page's text do not count."""
    old, new = set(page_paths(before)), set(page_paths(after))
    pairs = ((path, before / path / "index.html", after / path / "index.html") for path in sorted(old & new))
    differing = ((path, _changed_lines(*files)) for path, *files in pairs)
    return Changes(
        new=tuple(sorted(new - old)),
        gone=tuple(sorted(old - new)),
        changed={path: lines for path, lines in differing if lines},
    )


def _changed_lines(before: Path, after: Path) -> list[str]:
    """Return the removed (``- ``) and added (``+ ``) lines of a page, in order."""
    old, new = before.read_bytes(), after.read_bytes()
    if old == new:
        return []
    lines = [page_lines(data.decode("utf-8", "replace")) for data in (old, new)]
    rows = list(unified_diff(lines[0], lines[1], n=0, lineterm=""))[2:]  # the first two rows name the files
    return [f"{row[0]} {row[1:]}" for row in rows if not row.startswith("@@")]


def report(changes: Changes) -> str:
    """Return the changes as Markdown. Page texts are untrusted, so they are quoted as code blocks."""
    lines = [f"# Pages: {changes.numbers}", ""]
    lines += _listed("New", changes.new)
    lines += _listed("Gone", changes.gone)
    # A paper's own page shows the edit itself. Pages with lists only repeat it, so they come last.
    ordered = sorted(changes.changed, key=lambda path: (not path.startswith("papers/"), path))
    for path in ordered[:_PAGES_MOST]:
        lines += [f"## {for_markdown(_address(path))}", "", *_shown(changes.changed[path]), ""]
    lines += _listed("Changed too", ordered[_PAGES_MOST:])
    return "\n".join(lines) + "\n"


def _listed(title: str, paths: Sequence[str]) -> Iterator[str]:
    """Yield a heading and a list of addresses, or nothing if there are none."""
    if paths:
        yield from (f"## {title}: {len(paths)}", "")
        yield from (f"- {for_markdown(_address(path))}" for path in paths[:_LISTED_MOST])
        yield ""


def _shown(rows: Sequence[str]) -> Iterator[str]:
    yield from (f"    {named(row)}" for row in rows[:_LINES_MOST])
    if len(rows) > _LINES_MOST:
        yield f"    … {len(rows) - _LINES_MOST} more lines"


def _address(path: str) -> str:
    return named(f"/{path}")  # the name of a file need not be UTF-8
