"""Write entries in canonical form. A file is replaced whole: it is the old or the new one, never half."""

from pathlib import Path

from generator.build.safe_files import write_whole
from generator.codec.decode import AnyRecord, encode
from generator.model.paper import Paper
from generator.store import yaml_write
from generator.store.layout import paper_path, record_path, schema_reference


def entry_text(record: AnyRecord) -> tuple[str, str]:
    """The path of a record's own file, relative to the content folder, and its canonical text."""
    raw = encode(record)
    del raw["id"]
    if isinstance(record, Paper):
        path = paper_path(record.id, record.venue)
    else:
        path = record_path(type(record), record.id)
    return path, yaml_write.write(raw, schema_reference(path))


def write_file(path: Path, text: str, inside: Path) -> bool:
    """Write a text file below the folder ``inside``, whole and through no link (``generator.build.safe_files``).

    Returns False, and does not touch the file, if it has this text already.
    """
    return write_whole(path, text.encode("utf-8"), inside)
