"""``python -m tools.sensitivity [NAME…]``: disable encoders and check that tests notice it. Part of ``make hostile``.

An encoder escapes text for a destination such as HTML. ``sensitivity.json`` lists the encoders of each module, and for
each encoder the tests that must fail without it. The program runs these tests once for each encoder. The environment
variable ``DIGEST_WITHOUT`` is then its name, and ``tests/conftest.py`` replaces the encoder before anything imports it.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import Phase, settings

WITHOUT = "DIGEST_WITHOUT"  # the environment variable with the name of the disabled encoder
TABLE = Path(__file__).with_suffix(".json")


class Encoder(NamedTuple):
    """The module that defines an encoder, and the tests that must fail without it.

    The first of them tests the encoder itself, the others test output for which it is needed.
    """

    module: str
    noticed_by: tuple[str, ...]


def encoders() -> dict[str, Encoder]:
    """The encoders of the table by name."""
    modules = json.loads(TABLE.read_text("utf-8"))
    return {
        name: Encoder(module, tuple(tests))
        for module, tests_by_encoder in modules.items()
        for name, tests in tests_by_encoder.items()
    }


def disable(name: str) -> None:
    """Replace an encoder by a function that changes nothing. Call it before any module imports the encoder."""

    def unchanged(value: Any, *_: Any, **__: Any) -> str:
        return str(value)

    # A module that has already imported the encoder with ``from … import`` would keep the original.
    setattr(import_module(encoders()[name].module), name, unchanged)


def stop_at_the_first_failure() -> None:
    """Let property tests stop at the first failing example, as the search for a smaller one can take minutes."""
    settings.register_profile("first failure", phases=(Phase.explicit, Phase.generate))
    settings.load_profile("first failure")


def passing_without(name: str) -> list[str]:
    """The tests that pass although the encoder is disabled, of those that should notice it."""
    tests = encoders()[name].noticed_by
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *tests]
    run = subprocess.run(command, env={**os.environ, WITHOUT: name}, capture_output=True, text=True, check=False)
    if run.returncode not in {0, 1}:  # 0: all tests pass; 1: tests fail, as expected; others: pytest did not run them
        raise RuntimeError(f"pytest could not run the tests of {name}:\n{run.stdout}{run.stderr}")
    return still_passing(tests, run.stdout)


def still_passing(tests: Sequence[str], summary: str) -> list[str]:
    """The tests that the summary of pytest does not list as failed."""
    # A parametrized test notices the encoder if it fails for any parameter, which follows in brackets.
    failed = {test.partition("[")[0] for test in re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", summary)}
    return [test for test in tests if test not in failed]


def main(names: Sequence[str]) -> int:
    """Print which tests notice that an encoder is disabled. Return 1 if one of them does not, 2 for an unknown name."""
    table = encoders()
    if unknown := set(names) - table.keys():
        print(f"unknown encoders: {', '.join(sorted(unknown))} (known: {', '.join(table)})", file=sys.stderr)
        return 2
    all_noticed = True
    for name in names or table:
        passing = passing_without(name)
        all_noticed &= not passing
        for test in table[name].noticed_by:
            print(f"{name:<24} {'NOT NOTICED' if test in passing else 'noticed':<12} {test}", flush=True)
    return 0 if all_noticed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
