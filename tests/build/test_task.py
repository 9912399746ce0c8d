"""A task yields files and values; its result has what it read and hashes of what it yielded."""

from collections.abc import Iterator

import pytest

from generator.build.inputs import SEPARATOR, Inputs, TracedMapping
from generator.build.task import (
    File,
    StoredFile,
    Task,
    TaskResult,
    Value,
    Values,
    hash_of,
    plain_task,
    run_task,
    text_file,
)


def _run(*items: File | Value) -> TaskResult:
    return run_task(Inputs(), plain_task("t", lambda: items), {}, None)


def test_a_result_has_the_reads_and_the_values_that_the_task_got() -> None:
    inputs = Inputs()
    mapping = TracedMapping(inputs, "n", {"a": "x"})

    def run(values: Values) -> Iterator[File | Value]:
        yield text_file("a.txt", mapping["a"] + values["before"].decode())

    result = run_task(inputs, Task("t", run, (), ("before",)), {"before": b"y"}, None)
    assert result.reads == (f"n{SEPARATOR}a",)
    assert result.files == (File("a.txt", b"xy"),)
    assert result.outputs.files == ("a.txt",)


def test_a_store_writes_the_files_and_values_stay_in_the_result() -> None:
    written: list[File] = []

    def store(file: File) -> StoredFile:
        written.append(file)
        return StoredFile(file.path, hash_of(file.data), len(file.data), b"stamp")

    items = (File("a", b"1"), Value("v", b"2"))
    result = run_task(Inputs(), plain_task("t", lambda: items), {}, store)
    assert written == [File("a", b"1")]
    assert (result.files, result.values) == ((), (Value("v", b"2"),))
    assert result.outputs == _run(*items).outputs
    assert result.outputs.values == (("v", hash_of(b"2")),)


@pytest.mark.parametrize("items", [(File("a", b"x"), File("b", b"2")), (File("b", b"2"), File("a", b"1")), ()])
def test_outputs_differ_with_any_content_and_with_the_order(items: tuple[File, ...]) -> None:
    assert _run(*items).outputs != _run(File("a", b"1"), File("b", b"2")).outputs


def test_a_plain_task_gets_no_values() -> None:
    task = plain_task("t", iter, [File("a", b"")], in_parent=True)
    assert (task.name, task.value_names, task.in_parent) == ("t", (), True)
    assert list(task.run({"other": b""})) == [File("a", b"")]


def test_a_task_that_may_need_values_gets_them_even_if_there_are_none() -> None:
    task = Task("t", lambda path, values: [File(path, b"".join(values))], ("a",), ())
    assert list(task.run({})) == [File("a", b"")]


def test_a_text_file_is_utf_8() -> None:
    file = text_file("a.md", "é\n", "page.md.j2")
    assert (file.data, file.text, file.template) == (b"\xc3\xa9\n", "é\n", "page.md.j2")
