"""Does git track a folder? What a repository brings is input, and never a cache that this program wrote."""

import subprocess
from pathlib import Path


def is_tracked(folder: Path) -> bool:
    """Whether git tracks a file below ``folder``, or ``folder`` itself, as when a pull request adds a cache by force.

    False outside a repository, and where git is missing or refuses to read the repository.
    """
    place = folder.absolute()
    if not any((parent / ".git").exists() for parent in place.parents):
        return False
    existing = next(parent for parent in place.parents if parent.is_dir())
    call = ["git", "-C", str(existing), "ls-files", "-z", "--", str(place)]
    try:
        return bool(subprocess.run(call, capture_output=True, check=False).stdout)
    except OSError:
        return False
