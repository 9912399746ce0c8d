"""``digest schema``: writes the JSON Schemas with which editors check files of the content."""

import argparse
import json
from pathlib import Path
from typing import Any

from generator.codec.decode import json_schema
from generator.commands.arguments import add_content_option
from generator.model.paper import Paper
from generator.store.entries import write_file
from generator.store.layout import FOLDERS, PAPERS, SCHEMA

ABOUT = "write the JSON Schemas that text editors use to check entries"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.content)


def schemas() -> dict[str, str]:
    """Return the text of each schema file, by its path in the content folder."""
    kinds = {PAPERS: Paper, **FOLDERS}
    return {f"{SCHEMA}/{folder}.schema.json": _schema_text(json_schema(kind), folder) for folder, kind in kinds.items()}


def run(content: Path) -> int:
    """Write the schemas into the content folder and print the changed files."""
    for path, text in schemas().items():
        if write_file(content / path, text, content):
            print(f"wrote {content / path}")
    return 0


def _schema_text(schema: dict[str, Any], folder: str) -> str:
    """Return the text of the schema for the files in ``folder``. ``schema`` is the schema of their records.

    The text has no field ``id``, because a file does not contain the id of its record: the file's name is the id.
    """
    schema["properties"].pop("id", None)
    schema["required"] = [name for name in schema.get("required", []) if name != "id"]
    header = {"$schema": _DIALECT, "title": f"A file of content/{folder}"}
    return json.dumps({**schema, **header}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
