"""The ten parsers, rules, encoders and regular expressions whose steps grow most when their input doubles.

``python -m tools.steepest [ARGUMENT…]`` runs ``tests/growth``, which measures the ratio of steps; 2 is linear growth.
Arguments are those of pytest: ``-k rule`` ranks only rules. ``make steepest`` ranks all, which takes several minutes.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

FIRST = 10  # cases that are printed
_NAME = re.compile(r"tests/growth/(\w+)\.py::(\w+)(?:\[(.*)\])? \(\w+\)")


def ranked(lines: Iterable[str]) -> list[tuple[float, str]]:
    """The largest ratio of each case, in descending order, from lines with a ratio, a tab and the name of a test.

    Tests without parameters are left out, because they test the measurement itself.
    """
    largest: dict[str, float] = {}
    for line in lines:
        ratio, _, test = line.rstrip("\n").partition("\t")
        # pytest writes the running test as ``tests/growth/test_x.py::test_y[case] (call)``.
        match = _NAME.fullmatch(test)
        if match and match[3]:
            name = f"{match[1].removeprefix('test_')}: {match[3]}"
            largest[name] = max(float(ratio), largest.get(name, 0))
    return sorted(((ratio, name) for name, ratio in largest.items()), reverse=True)


def main(arguments: Sequence[str]) -> int:
    """Run the tests and print the ranking. Return pytest's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth"
        path.touch()  # an empty ranking if the arguments select no tests
        command = [sys.executable, "-m", "pytest", "tests/growth", *arguments]
        code = subprocess.run(command, env={**os.environ, "DIGEST_GROWTH": str(path)}, check=False).returncode
        print("growth  case (2 is linear, 4 quadratic)")
        for ratio, name in ranked(path.read_text("utf-8").splitlines())[:FIRST]:
            print(f"{ratio:6.2f}  {name}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
