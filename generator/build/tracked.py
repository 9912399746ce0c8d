"""Whether git tracks a folder. Files of a repository are input, never a cache of this program."""

import subprocess
from pathlib import Path


def is_tracked(folder: Path) -> bool:
    """Return whether git tracks ``folder`` or a file below it, as after a pull request that adds a cache by force.

    Returns False outside a repository, and if git is missing or refuses to read the repository.
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
