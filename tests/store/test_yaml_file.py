"""YAML files as strings, with positions."""

from functools import partial

import pytest

from generator.codec.decode import decode
from generator.model.paper import Paper
from generator.model.problem import Problem
from generator.store.yaml_file import MAX_BYTES, decode_bytes, read, read_fast
from tests.conftest import SOURCES, needs_sources
from tests.growth.steps import steps_of


def test_a_file_over_the_limit_is_refused() -> None:
    assert isinstance(decode_bytes(b"a" * MAX_BYTES), str)
    assert not isinstance(decode_bytes(b"a" * (MAX_BYTES + 1)), str)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf8_is_located(mark: bytes) -> None:
    problem = decode_bytes(mark + b"title: x\nvenue: \xe9\n")
    assert isinstance(problem, Problem)
    assert (problem.message, problem.line, problem.column) == ("byte 0xe9 is not UTF-8", 2, 8)


def test_values_stay_the_text_of_the_file() -> None:
    text = "a: no\nb: 1.10\nc: 2401.10000\nd: 12:30\ne: Null\nf: 0012\ng: ~\nh: 2025-01-01\n"
    document = read(text)
    assert document.raw == {
        "a": "no", "b": "1.10", "c": "2401.10000", "d": "12:30", "e": "Null", "f": "0012", "g": "~", "h": "2025-01-01"
    }  # fmt: skip


@needs_sources
def test_hostile_files_are_refused_or_read_as_text() -> None:
    """Each file of the collection: a problem with a code, or plain text; never an exception, never long."""
    for path in sorted((SOURCES / "hostile/yaml").iterdir()):
        text = decode_bytes(path.read_bytes())
        document = read(text) if isinstance(text, str) else None
        assert not isinstance(text, str) or steps_of(partial(read, text)) < 20_000, path.name
        if document is not None and document.raw is not None:
            paper, faults = decode(Paper, {"id": "a", **{k: v for k, v in document.raw.items() if k != "id"}})
            assert paper is None, path.name
            assert faults, path.name


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("tldr: Dogs: they fetch.", 'Put quotes around the text: tldr: "Dogs: they fetch."'),
        ('tldr: Dogs: they "fetch".', "Put quotes around the text: tldr: 'Dogs: they \"fetch\".'"),
        (r'tldr: "The sum \sum falls."', r"In double quotes, \ begins an escape: use single quotes, '\alpha', or"),
        ("keywords: [a", "Check indentation and quotes"),
    ],
)
def test_the_hint_of_a_syntax_error_is_the_corrected_line(line: str, hint: str) -> None:
    problem = read(f"title: X\n{line}\n").problems[0]
    assert problem.code == "E101"
    assert problem.hint.startswith(hint)


def test_the_corrected_line_has_the_intended_value() -> None:
    for value in ('Dogs: they "fetch".', "Cats: it's one", "Cats: C:\\temp", "Dogs: they fetch"):
        problem = read(f"title: {value}\n").problems[0]
        fixed = problem.hint.removeprefix("Put quotes around the text: ")
        assert read(f"{fixed}\n").raw == {"title": value}


@pytest.mark.parametrize(
    "text",
    ["a: x\na: y\n", "a: &b x\n", "a: !!int 1\n", "<<: x\n", "a: *b\n", "- a\n", "---\na: x\n---\n", "", "a: 'x\n"],
)
def test_the_fast_reader_leaves_everything_unusual_to_the_other(text: str) -> None:
    assert read_fast(text) is None
    assert read(text).problems


def test_both_readers_give_the_same_values() -> None:
    text = "a: no\nb: [1, {c: d}]\ne: >-\n  two\n  lines\n"
    assert read_fast(text) == read(text).raw == {"a": "no", "b": ["1", {"c": "d"}], "e": "two lines"}
