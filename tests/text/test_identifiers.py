"""Which texts are identifiers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text import identifiers
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests/cases/text.json").read_text("utf-8"))["identifiers"]


@pytest.mark.parametrize(("kind", "value", "good"), CASES)
def test_an_identifier_is_accepted_only_in_its_bare_form(kind: str, value: str, good: bool) -> None:
    assert getattr(identifiers, f"is_{kind}")(value) is good


@given(st.from_regex(identifiers._PLAIN_ADDRESS, fullmatch=True))
def test_the_fast_path_accepts_only_valid_addresses(address: str) -> None:
    assert identifiers._is_whole_address(address)
