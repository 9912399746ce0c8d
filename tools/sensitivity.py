"""Disable each encoder in turn: the tests that are named for it have to fail.

``python -m tools.sensitivity [NAME…]``, as part of ``make hostile``. ``sensitivity.json`` lists encoders by module, and
the tests of each. ``DIGEST_WITHOUT`` names the one that ``tests/conftest.py`` replaces before a module imports it.
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

WITHOUT = "DIGEST_WITHOUT"
TABLE = Path(__file__).with_suffix(".json")


class Encoder(NamedTuple):
    """Where an encoder is defined, and the tests that must notice its absence: its own, and one of a destination."""

    module: str
    noticed_by: tuple[str, ...]


def encoders() -> dict[str, Encoder]:
    """Each encoder of the table by its name."""
    modules = json.loads(TABLE.read_text("utf-8"))
    return {name: Encoder(module, tuple(tests)) for module, rows in modules.items() for name, tests in rows.items()}


def disable(name: str) -> None:
    """Replace an encoder by one that changes nothing."""

    def unchanged(value: Any, *_: Any, **__: Any) -> str:
        return str(value)

    # Before any other module imports the encoder: ``from … import`` would keep the original.
    setattr(import_module(encoders()[name].module), name, unchanged)


def stop_at_the_first_failure() -> None:
    """Let property tests stop at the first failing example instead of searching for a smaller one."""
    # Without the phase that shrinks a failing example, which can take minutes.
    settings.register_profile("first failure", phases=(Phase.explicit, Phase.generate))
    settings.load_profile("first failure")


def passing_without(name: str) -> list[str]:
    """The tests named for an encoder that pass although it is disabled."""
    tests = encoders()[name].noticed_by
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", *tests]
    run = subprocess.run(command, env={**os.environ, WITHOUT: name}, capture_output=True, text=True, check=False)
    if run.returncode not in {0, 1}:  # 1: tests failed, which is expected; others: pytest did not run them
        raise RuntimeError(f"pytest could not run the tests of {name}:\n{run.stdout}{run.stderr}")
    # A parametrized test notices the encoder if it fails for any parameter.
    failed = {test.partition("[")[0] for test in re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", run.stdout)}
    return [test for test in tests if not any(entry.startswith(test) for entry in failed)]


def main(names: Sequence[str]) -> int:
    """Print for each encoder which tests notice its absence. Return 1 if a named test does not."""
    table = encoders()
    if unknown := set(names) - table.keys():
        print(f"No encoder is named {', '.join(sorted(unknown))}. Encoders: {', '.join(table)}", file=sys.stderr)
        return 2
    is_complete = True
    for name in names or table:
        passing = passing_without(name)
        is_complete &= not passing
        for test in table[name].noticed_by:
            print(f"{name:<24} {'NOT NOTICED' if test in passing else 'noticed':<12} {test}", flush=True)
    return 0 if is_complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
