"""Of this project's lock file, the part that a digest needs: no tools for tests. From text to text.

The lock names behind each package what asks for it (``# via``), so the part is found without a network.
"""

import re
from collections.abc import Iterable

_BLOCK = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_VIA = re.compile(r"^    #(?: via)? +([A-Za-z0-9._-]+)$", re.MULTILINE)


def needed(lock: str, wanted: Iterable[str]) -> str:
    """The blocks of ``lock`` for the packages ``wanted`` and all that they ask for, in their order.

    Raises ValueError if one of ``wanted`` is not in the lock.
    """
    blocks = {_normal(_NAME.match(block)[0]): block for block in _BLOCK.split(lock) if block.strip()}  # type: ignore[index]
    keep = {_normal(name) for name in wanted}
    if absent := sorted(keep - blocks.keys()):
        raise ValueError(f"not in the lock: {', '.join(absent)}")
    askers = {name: {_normal(asker) for asker in _VIA.findall(block)} for name, block in blocks.items()}
    while more := {name for name in blocks if name not in keep and askers[name] & keep}:
        keep |= more
    return "".join(block for name, block in blocks.items() if name in keep)


def _normal(name: str) -> str:
    """https://packaging.python.org/specifications/name-normalization/"""
    return re.sub(r"[-_.]+", "-", name).lower()
