"""``digest compare``: compares the texts of two builds page by page, and writes Markdown for a reviewer."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from generator.build.safe_files import write_whole
from generator.commands.destination import printable
from generator.site.page_text import page_lines, page_paths
from generator.text.escape import for_markdown

ABOUT = "compare two built sites: list new, removed and changed pages with their texts"

_MAX_PAGES = 50
"""The maximum number of changed pages whose texts are shown. For further pages, only the addresses are listed."""
_MAX_LISTED = 500
"""The maximum number of addresses in a list of the report."""
_MAX_LINES = 40
"""The maximum number of changed lines that are shown of a page."""


class Changes(NamedTuple):
    """The paths of pages that differ between two sites. ``changed`` also contains the changed lines of each page."""

    new: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, list[str]]

    @property
    def summary(self) -> str:
        """The number of pages of each kind: ``1 new, 2 changed, 0 gone``."""
        return f"{len(self.new)} new, {len(self.changed)} changed, {len(self.removed)} gone"


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
            print(f"{printable(folder)} contains no built site: run digest build --site-dir", file=sys.stderr)
            return 2
    changes = compare(arguments.before, arguments.after)
    text = report(changes)
    if arguments.report:
        write_whole(arguments.report, text.encode("utf-8"), arguments.report.parent)
    else:
        print(text, end="")
    print(f"pages: {changes.summary}", file=sys.stderr)
    return 0


def compare(before: Path, after: Path) -> Changes:
    """Compare the texts of the pages of two sites. Differences outside a page's text do not count."""
    old, new = set(page_paths(before)), set(page_paths(after))
    lines_by_path = {
        path: _changed_lines(before / path / "index.html", after / path / "index.html") for path in sorted(old & new)
    }
    return Changes(
        new=tuple(sorted(new - old)),
        removed=tuple(sorted(old - new)),
        changed={path: lines for path, lines in lines_by_path.items() if lines},
    )


def _changed_lines(before: Path, after: Path) -> list[str]:
    """Return the lines that differ between two files of a page, in order: removed ``- text``, added ``+ text``."""
    old, new = before.read_bytes(), after.read_bytes()
    # Most pages of two builds are equal, and comparing bytes is much faster than parsing.
    if old == new:
        return []
    old_lines, new_lines = (page_lines(html.decode("utf-8", "replace")) for html in (old, new))
    # With n=0, the rows contain no unchanged lines.
    rows = list(unified_diff(old_lines, new_lines, n=0, lineterm=""))[2:]  # the first two rows name the files
    return [f"{row[0]} {row[1:]}" for row in rows if not row.startswith("@@")]


def report(changes: Changes) -> str:
    """Return the changes as Markdown. Page texts are untrusted, so they are quoted as code blocks."""
    lines = [f"# Pages: {changes.summary}", ""]
    lines += _list_section("New", changes.new)
    lines += _list_section("Gone", changes.removed)
    # The page of a paper shows what was edited. Other pages often repeat the same change, so they follow.
    ordered = sorted(changes.changed, key=lambda path: (not path.startswith("papers/"), path))
    for path in ordered[:_MAX_PAGES]:
        lines += [f"## {for_markdown(_address(path))}", "", *_quoted(changes.changed[path]), ""]
    lines += _list_section("Also changed", ordered[_MAX_PAGES:])
    return "\n".join(lines) + "\n"


def _list_section(title: str, paths: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a heading and a list of addresses, or nothing if there are no paths."""
    if paths:
        yield from (f"## {title}: {len(paths)}", "")
        yield from (f"- {for_markdown(_address(path))}" for path in paths[:_MAX_LISTED])
        yield ""


def _quoted(lines: Sequence[str]) -> Iterator[str]:
    """Yield a code block of Markdown."""
    yield from (f"    {printable(line)}" for line in lines[:_MAX_LINES])
    if len(lines) > _MAX_LINES:
        yield f"    … {len(lines) - _MAX_LINES} more lines"


def _address(path: str) -> str:
    return printable(f"/{path}")  # encoded, because a file name need not be UTF-8
