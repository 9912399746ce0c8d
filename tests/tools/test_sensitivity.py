"""The table of encoders is complete, and its tests exist."""

import inspect

from generator.text import bibtex, escape
from tests.conftest import ROOT
from tools.sensitivity import encoders, still_passing


def test_every_encoder_is_in_the_table() -> None:
    names = {name for module in (escape, bibtex) for name, _ in inspect.getmembers(module, callable)}
    assert {name for name in names if name.startswith("for_")} <= encoders().keys()


def test_every_test_of_the_table_exists() -> None:
    for name, encoder in encoders().items():
        assert encoder.noticed_by, name
        for test in encoder.noticed_by:
            path, _, function = test.partition("::")
            assert f"\ndef {function}(" in (ROOT / path).read_text("utf-8"), test


def test_a_test_notices_the_encoder_only_if_it_fails_itself() -> None:
    tests = ["tests/a.py::test_link", "tests/a.py::test_text", "tests/a.py::test_links"]
    summary = f"FAILED {tests[0]}[1] - AssertionError\nERROR {tests[1]}\nFAILED {tests[2]}\n"
    assert still_passing(tests, summary) == []
    assert still_passing(tests, "FAILED tests/a.py::test_links\n") == tests[:2]
