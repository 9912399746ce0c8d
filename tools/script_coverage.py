"""``make coverage``: print how much of each script of the site ran in the browser tests.

    python -m tools.script_coverage FOLDER

FOLDER contains the files that the tests write if ``DIGEST_SCRIPT_COVERAGE`` names it. Each file is a list of mappings:
``path`` and ``text`` of a script, and ``ran``, a string with a 1 for each character that ran and a 0 for the others.
Spaces and comments are not counted.
"""

import argparse
import json
import re
from pathlib import Path
from typing import NamedTuple

_COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


class Coverage(NamedTuple):
    """How many characters of a script ran, and how many it has."""

    ran: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 for a script without code."""
        return self.ran / max(1, self.total)


def coverage_by_script(folder: Path) -> dict[str, Coverage]:
    """The coverage of each script. The text of a script can differ by language; the language that ran most counts."""
    flags_by_script: dict[tuple[str, str], bytes] = {}
    for file in sorted(folder.glob("*.json")):
        for script in json.loads(file.read_text("utf-8")):
            key, flags = (script["path"], script["text"]), script["ran"].encode()
            previous_flags = flags_by_script.get(key, flags)
            flags_by_script[key] = bytes(max(pair) for pair in zip(previous_flags, flags, strict=True))
    coverage: dict[str, Coverage] = {}
    for (path, text), flags in flags_by_script.items():
        # Spaces of the same length replace comments, so that each flag still belongs to its character.
        code = _COMMENT.sub(lambda match: " " * len(match[0]), text)
        counted = [flag == ord("1") for character, flag in zip(code, flags, strict=True) if not character.isspace()]
        coverage[path] = max(coverage.get(path, Coverage(0, 0)), Coverage(sum(counted), len(counted)))
    return coverage


def main() -> None:
    """Print the share of each script's characters that ran, in ascending order, then that of all scripts."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.script_coverage", description="Print how much of each script ran."
    )
    parser.add_argument("folder", type=Path, help="the folder that DIGEST_SCRIPT_COVERAGE named when the tests ran")
    coverage = coverage_by_script(parser.parse_args().folder)
    for path, script in sorted(coverage.items(), key=lambda item: item[1].share):
        print(f"{script.share:7.1%} of {script.total:>6,} characters  {path}")
    total = Coverage(sum(script.ran for script in coverage.values()), sum(script.total for script in coverage.values()))
    print(f"{total.share:7.1%} of {total.total:>6,} characters  all scripts that the tests loaded")


if __name__ == "__main__":
    main()
