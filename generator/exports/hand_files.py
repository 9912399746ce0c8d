"""The files beside pages that are written by hand, such as images: published as they are."""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.build.task import File, Task, plain_task
from generator.model.content import HandFile


def hand_file_tasks(files: Mapping[str, HandFile]) -> Iterator[Task]:
    """A task for each file."""
    for path in files:
        yield plain_task(f"file {path}", partial(_file, files, path))


def _file(files: Mapping[str, HandFile], path: str) -> list[File]:
    return [File(path, files[path].data)]
