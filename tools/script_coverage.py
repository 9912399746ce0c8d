"""``make coverage``: how much of each script of the site ran in the browser tests.

    python -m tools.script_coverage FOLDER

FOLDER contains what the tests wrote with ``DIGEST_SCRIPT_COVERAGE=FOLDER``. Characters count if they are neither blank
nor part of a comment.
"""

import json
import re
import sys
from pathlib import Path

_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


def shares(folder: Path) -> dict[str, tuple[int, int]]:
    """For each script the characters that ran, and all. Of a script in two languages, the better result counts."""
    ran: dict[tuple[str, str], bytes] = {}
    for file in sorted(folder.glob("*.json")):
        for row in json.loads(file.read_text("utf-8")):
            key, ranges = (row["path"], row["text"]), row["ran"].encode()
            before = ran.get(key, ranges)
            ran[key] = bytes(max(pair) for pair in zip(before, ranges, strict=True))
    counts: dict[str, tuple[int, int]] = {}
    for (path, text), ranges in ran.items():
        # Comments become blanks of the same length, so that positions stay those of the recorded ranges.
        code = _COMMENT.sub(lambda match: " " * len(match[0]), text)
        counted = [flag == ord("1") for character, flag in zip(code, ranges, strict=True) if not character.isspace()]
        counts[path] = max(counts.get(path, (0, 0)), (sum(counted), len(counted)))
    return counts


def main() -> None:
    """Print a line for each script, in ascending order of its share, and the sum."""
    rows = shares(Path(sys.argv[1]))
    for path, (ran, total) in sorted(rows.items(), key=lambda row: row[1][0] / max(1, row[1][1])):
        print(f"{ran / max(1, total):7.1%} of {total:>6,}  {path}")
    ran, total = (sum(numbers) for numbers in zip(*rows.values(), strict=True))
    print(f"{ran / total:7.1%} of {total:>6,}  all scripts that a page loads")


if __name__ == "__main__":
    main()
