"""Tasks of a build, what they yield, and the records of what they read and yielded."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from sys import intern
from typing import Any, NamedTuple, TypeVarTuple

from generator.build.inputs import HASH_LENGTH, Inputs, Key

Arguments = TypeVarTuple("Arguments")


class File(NamedTuple):
    """A file of the output: its path below the output folder, and its content.

    ``template`` is the template that it was rendered from, for messages, or ''.
    """

    path: str
    data: bytes
    template: str = ""

    @property
    def text(self) -> str:
        """The content of a text file."""
        return self.data.decode("utf-8")


def text_file(path: str, text: str, template: str = "") -> File:
    """Return a text file in UTF-8."""
    return File(path, text.encode("utf-8"), template)


class Value(NamedTuple):
    """A result for other tasks, which is cached but not published. The name is unique in the build."""

    name: str
    data: bytes


Values = Mapping[str, bytes]
"""Values of other tasks by their names."""


class Task(NamedTuple):
    """A unit of work: a function and its arguments. The function returns or yields files and values.

    The name is unique in the build and the same from build to build. What the function reads through queries is
    recorded; its arguments are not. So the name must contain all arguments that are plain values, such as an id: a task
    with other values is another task.

    ``needs`` names the values of other tasks that the function gets as its last argument; if it is None, there is no
    such argument. A task ``in_parent`` runs in the process that leads the build, which has all values.
    """

    # The function and its arguments are fields of their own: a large digest has 150,000 tasks, and a closure for each
    # would need twice the memory.
    name: str
    function: Callable[..., Iterable[File | Value]]
    arguments: tuple[Any, ...] = ()
    needs: tuple[str, ...] | None = None
    in_parent: bool = False

    @property
    def value_names(self) -> tuple[str, ...]:
        """The names of the values that the task needs."""
        return self.needs or ()

    def run(self, values: Values) -> Iterable[File | Value]:
        """Call the function. ``values`` are those that the task needs."""
        return self.function(*self.arguments) if self.needs is None else self.function(*self.arguments, values)


class StoredFile(NamedTuple):
    """A written file: its path, hash and size in bytes, and its stamp (``output.py``)."""

    path: str
    hash: bytes
    size: int
    stamp: bytes


class Outputs(NamedTuple):
    """The outputs of a task: the paths of its ``files``, a hash of their hashes, and its values' names and hashes."""

    files: tuple[str, ...]
    files_hash: bytes
    values: tuple[tuple[str, bytes], ...]


class TaskResult(NamedTuple):
    """The keys that a task read, and its outputs.

    New files are in ``stored`` if the worker has written them, else in ``files``. ``values`` are the new values.
    """

    name: str
    reads: tuple[Key, ...]
    outputs: Outputs
    stored: tuple[StoredFile, ...] = ()
    files: tuple[File, ...] = ()
    values: tuple[Value, ...] = ()


Store = Callable[[File], StoredFile]
"""Writes a file of the output, for workers that can access the output folder."""


def run_task(inputs: Inputs, task: Task, values: Values, store: Store | None) -> TaskResult:
    """Run a task with the ``values`` that it needs. Without ``store``, the result contains the files."""
    files: list[File] = []
    stored: list[StoredFile] = []
    yielded: list[Value] = []

    def run() -> None:
        for item in task.run(values):
            if isinstance(item, Value):
                yielded.append(item)
            elif store:
                stored.append(store(item))
            else:
                files.append(item)

    _, reads = inputs.recorded(run)
    paths = (*(item.path for item in stored), *(item.path for item in files))
    # One hash for all files lets a build compare a task with the folder in one step (``Build._reuse_if_up_to_date``).
    files_hash = hash_of(b"".join([*(item.hash for item in stored), *(hash_of(item.data) for item in files)]))
    outputs = Outputs(paths, files_hash, tuple((value.name, hash_of(value.data)) for value in yielded))
    reads = tuple(map(intern, reads))  # equal keys become one object, which is sent once per shard
    return TaskResult(task.name, reads, outputs, tuple(stored), tuple(files), tuple(yielded))


def hash_of(data: bytes) -> bytes:
    """Return the hash of ``data``: ``HASH_LENGTH`` bytes."""
    return blake2b(data, digest_size=HASH_LENGTH).digest()


def plain_task(
    name: str, function: Callable[[*Arguments], Iterable[File | Value]], *arguments: *Arguments, in_parent: bool = False
) -> Task:
    """Return a task that needs no values of other tasks."""
    return Task(name, function, arguments, in_parent=in_parent)
