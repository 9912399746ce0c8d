"""Arguments that several commands share."""

import pytest

from tests.support.command import digest


@pytest.mark.parametrize("command", ["build", "rollback"])
@pytest.mark.parametrize("folder", [".", "/", "a/.."])
def test_the_folder_of_a_site_must_have_a_name(command: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(command, "--site-dir", folder) == 2
    assert "has no name" in capsys.readouterr().err
