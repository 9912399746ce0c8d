"""Do the tests notice a missing encoder? Each encoder is disabled in turn, and some test has to fail.

``python -m tools.sensitivity [NAME…]``, as part of ``make hostile``. The encoder that ``DIGEST_WITHOUT`` names is
replaced by ``str`` before any other module has taken it.
"""

import inspect
import os
import subprocess
import sys
from collections.abc import Sequence
from types import ModuleType

from hypothesis import Phase, settings

from generator.text import bibtex, escape

WITHOUT = "DIGEST_WITHOUT"
TESTS = (
    "tests/property/test_encoders.py",
    "tests/property/test_citation_encoders.py",
    "tests/property/test_mail_and_style.py",
    "tests/property/test_printed.py",
)


def encoders() -> dict[str, ModuleType]:
    """Each encoder by its name, with its module."""
    found: dict[str, ModuleType] = {}
    for module in (escape, bibtex):
        for name, _ in inspect.getmembers(module, inspect.isroutine):
            if name.startswith("for_"):
                found.setdefault(name, module)
        found.update({name: module for name in vars(module) if name.startswith("for_") and name not in found})
    return found


def disable(name: str) -> None:
    """Replace an encoder by one that changes nothing."""
    setattr(encoders()[name], name, lambda value, *_, **__: str(value))


def shrink_nothing() -> None:
    """Let properties stop at the first failure that they find."""
    settings.register_profile("first failure", phases=(Phase.explicit, Phase.generate))
    settings.load_profile("first failure")


def is_noticed(name: str) -> bool:
    """Whether a test fails without the encoder ``name``."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-x", "-q", "-p", "no:cacheprovider", *TESTS]
    done = subprocess.run(command, env={**os.environ, WITHOUT: name}, capture_output=True, check=False)
    return done.returncode == 1


def main(names: Sequence[str]) -> int:
    """Try the encoders; 1 if the lack of one is not noticed."""
    missed = []
    for name in names or encoders():
        noticed = is_noticed(name)
        print(f"{name:<28} {'noticed' if noticed else 'NOT NOTICED'}", flush=True)
        missed += [] if noticed else [name]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
