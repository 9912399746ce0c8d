"""Selects the part of this project's lock file that a digest needs, without the test tools.

The lock names the dependents of each package (``# via``), so no network is needed.
"""

import re
from collections.abc import Iterable

_BLOCK = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIA = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)


def needed(lock: str, wanted: Iterable[str]) -> str:
    """Return the blocks of ``lock`` for the packages ``wanted`` and their dependencies, in order.

    Raises ValueError if one of ``wanted`` is not in the lock.
    """
    blocks = [(_normal(match[0]), block) for block in _BLOCK.split(lock) if (match := _NAME.match(block))]
    keep = {_normal(name) for name in wanted}
    if absent := sorted(keep - {name for name, _ in blocks}):
        raise ValueError(f"not in the lock: {', '.join(absent)}")
    dependents: dict[str, set[str]] = {}
    for name, block in blocks:  # a package may have a block for each version of Python
        dependents.setdefault(name, set()).update(map(_normal, _VIA.findall(block)))
    while more := {name for name, users in dependents.items() if name not in keep and users & keep}:
        keep |= more
    return "".join(block for name, block in blocks if name in keep)


def _normal(name: str) -> str:
    """Normalize a name: https://packaging.python.org/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", name).lower()
