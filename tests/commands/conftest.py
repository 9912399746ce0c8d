"""Fixtures of the commands ``draft`` and ``review``."""

from pathlib import Path

import pytest

from generator.commands import draft
from tests.conftest import SETTINGS
from tests.support.drafts import run_draft, write_entry
from tools.model_server import model_server
from tools.toy_model import toy_reply


@pytest.fixture
def kites(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy content with an entry that has an abstract and no text, in a folder of its own."""
    monkeypatch.chdir(content.parent)
    monkeypatch.setattr(draft, "project_settings", lambda: SETTINGS)
    monkeypatch.delenv("CI", raising=False)
    write_entry(content)
    return content


@pytest.fixture
def drafted(kites: Path) -> Path:
    with model_server(toy_reply) as server:
        assert run_draft(server, kites) == 0
    return kites
