"""Print how much of each script of the site ran in the browser tests: ``make coverage``.

    python -m tools.script_coverage FOLDER

FOLDER holds what the tests wrote with ``DIGEST_SCRIPT_COVERAGE=FOLDER``. Counted are the characters that are neither
blank nor part of a comment.
"""

import json
import re
import sys
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


def shares(folder: Path) -> dict[str, tuple[int, int]]:
    """For each script the characters that ran and all of them. A script of two languages counts as its better half."""
    ran: dict[tuple[str, str], bytes] = {}
    for file in sorted(folder.glob("*.json")):
        for row in json.loads(file.read_text("utf-8")):
            key, ranges = (row["path"], row["text"]), row["ran"].encode()
            before = ran.get(key, ranges)
            ran[key] = bytes(max(pair) for pair in zip(before, ranges, strict=True))
    counts: dict[str, tuple[int, int]] = {}
    for (path, text), ranges in ran.items():
        code = _COMMENT.sub(lambda match: " " * len(match[0]), text)
        counted = [mark == ord("1") for character, mark in zip(code, ranges, strict=True) if not character.isspace()]
        counts[path] = max(counts.get(path, (0, 0)), (sum(counted), len(counted)))
    return counts


def main() -> None:
    """Print a line a script, those that ran least first, and the sum."""
    rows = shares(Path(sys.argv[1]))
    for path, (ran, whole) in sorted(rows.items(), key=lambda row: row[1][0] / max(1, row[1][1])):
        print(f"{ran / max(1, whole):7.1%} of {whole:>6,}  {path}")
    ran, whole = (sum(numbers) for numbers in zip(*rows.values(), strict=True))
    print(f"{ran / whole:7.1%} of {whole:>6,}  all scripts that a page loads")


if __name__ == "__main__":
    main()
