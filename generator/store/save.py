"""Write entries: canonical text, and a file is either the old or the new one, never half."""

from pathlib import Path

from generator.codec.decode import encode
from generator.model.paper import Paper
from generator.model.person import Institution, Person
from generator.model.topic import Topic
from generator.model.venue import Series
from generator.store import yaml_file
from generator.store.layout import paper_path, record_path, schema_reference


def entry_text(record: Paper | Series | Topic | Person | Institution) -> tuple[str, str]:
    """The path of a record's own file, relative to the content folder, and its canonical text."""
    raw = encode(record)
    del raw["id"]
    if isinstance(record, Paper):
        path = paper_path(record.id, record.venue)
    else:
        path = record_path(type(record), record.id)
    return path, yaml_file.write(raw, schema_reference(path))


def write_file(path: Path, text: str) -> bool:
    """Write a text file whole, by a rename. Returns False, and leaves the file alone, if it holds the text already."""
    return write_data(path, text.encode("utf-8"))


def write_data(path: Path, data: bytes) -> bool:
    """The same for a file of any kind."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")  # one name, so what a killed run left is written over
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return True
