"""The content folder, read with the help of what earlier commands of the same project cached."""

from pathlib import Path

from generator.build.cache import Cache, cache_folder
from generator.build.version import program
from generator.store.load import Loaded, load
from generator.store.settings_file import FILE


def read_content(content: Path) -> Loaded:
    """Read the content folder. Outside a project nothing is cached."""
    if not Path(FILE).is_file():
        return load(content)
    cache = Cache(cache_folder(Path()), program())
    try:
        return load(content, cache)
    finally:
        cache.close()
