"""The content folder, read with the help of what earlier commands of the same project kept of it."""

from pathlib import Path

from generator.build.version import program
from generator.store.kept_records import KeptRecords
from generator.store.load import Loaded, load
from generator.store.settings_file import FILE

KEPT = Path("build/records")


def read_content(content: Path) -> Loaded:
    """Read the content folder. Outside a project, where nobody expects a folder ``build``, nothing is kept."""
    return load(content, KeptRecords(KEPT, content, program()) if Path(FILE).is_file() else None)
