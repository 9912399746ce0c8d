"""Arguments that several commands share."""

import pytest

from tests.support.command import digest


@pytest.mark.parametrize("command", ["build", "rollback"])
@pytest.mark.parametrize("folder", [".", "/", "a/.."])
def test_the_folder_of_a_site_must_have_a_name(command: str, folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(command, "--site-dir", folder) == 2
    assert "has no name" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["70000", "-1", "x", "9" * 5000])
@pytest.mark.parametrize("option", ["serve --port", "mcp --http", "review reef2025ropes --by A --port"])
def test_a_port_is_a_number_up_to_65535(option: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest(*f"{option}={port}".split()) == 2
    assert "is not a port" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31", "x"])
def test_the_date_of_an_archive_has_a_range(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("bundle", "--date", day) == 2
    assert "not a date from 1970 to 2105" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--most=-1", "--most=x", "--most-tokens=-1", f"--most={'9' * 5000}"])
def test_a_limit_is_a_whole_number(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("draft", option) == 2
    assert "is not a whole number" in capsys.readouterr().err


@pytest.mark.parametrize("amount", ["nan", "inf", "-1", "x"])
def test_an_amount_is_a_number_that_limits_the_cost(amount: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("draft", f"--most-cost={amount}") == 2
    assert "invalid dollars value" in capsys.readouterr().err
