"""The command writes a message, and reports what is missing."""

import email
import email.policy
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.model.test_faults import GOOD
from tests.support.command import digest
from tests.support.mail import mail_command, mail_project, project_with


def test_a_message_is_written(tmp_path: Path) -> None:
    process = mail_command(mail_project(tmp_path), "--date", "2025-05-02")
    out, err = process.communicate()
    assert process.returncode == 0, err
    message = email.message_from_string(out, policy=email.policy.default)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Subject"].endswith(": 1 paper")


def test_an_error_in_a_template_has_its_line(tmp_path: Path) -> None:
    project = mail_project(tmp_path)
    (project / "theme").unlink()
    shutil.copytree(ROOT / "theme", project / "theme")
    (project / "theme/exports/mail.txt.j2").write_text("\n{% if %}", "utf-8")
    process = mail_command(project, "--date", "2025-05-02")
    _, err = process.communicate()
    assert (process.returncode, "mail.txt.j2:2: " in err, "Traceback" in err) == (1, True, False), err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--send",), 2, "--send needs --to"),
        (("--topic", "nothing"), 2, "the digest has no topic nothing"),
        (("--date", "1999-01-01"), 0, "no papers, so there is no mailing"),
        (("--send", "--to", "nowhere.txt", "--date", "2999-05-02"), 0, "no papers"),
        (("--date", "9999-12-31"), 0, "no papers"),
        (("--send", "--to", "nowhere.txt"), 1, "nowhere.txt: No such file or directory"),
        (("--send", "--to", "bad.txt"), 1, "bad.txt:1:1: E501 the line does not begin with a mail address"),
    ],
)
def test_wrong_use_has_a_message(tmp_path: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    project = mail_project(tmp_path)
    (project / "bad.txt").write_text("x\n", "utf-8")
    process = mail_command(project, *arguments, DIGEST_SMTP_URL="smtp://127.0.0.1:1")
    _, err = process.communicate()
    assert (process.returncode, message in err, "Traceback" in err) == (code, True, False), err


def test_missing_settings_are_named(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("mail", "--content", content) == 1
    assert "mkdocs.yml: mail_from and mail_unsubscribe must be set below extra" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sender", "end", "message"),
    [
        ("Digest <digest@toy.example>", "https://lists.example.org/end?a={address}", "must be an email address"),
        ("digest@toy.example", "https://lists.example.org/end", "must begin with https:// and contain {address}"),
        ("digest@toy.example", "mailto:end@example.org?subject={address}", "must begin with https:// and contain"),
    ],
)
def test_settings_without_a_way_to_unsubscribe_are_refused(sender: str, end: str, message: str, tmp_path: Path) -> None:
    project = project_with(tmp_path, f"  mail_from: {sender}\n  mail_unsubscribe: {end}\n")
    process = mail_command(project, "--date", "2025-05-02")
    _, err = process.communicate()
    assert (process.returncode, message in err) == (1, True), err


def test_an_unfinished_week_is_not_sent(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Papers added on its last days would reach nobody, because each recipient gets a mailing once."""
    monkeypatch.chdir(mail_project(tmp_path))
    monkeypatch.setenv("DIGEST_SMTP_URL", "smtp://127.0.0.1:1")
    text = GOOD.replace("added: 2025-05-02", f"added: {date.today()}")
    (content / "papers/conf-2025/byron2025good.yaml").write_text(text, "utf-8")
    assert digest("mail", "--content", content, "--send", "--to", "a@x.org") == 2
    assert "has not ended" in capsys.readouterr().err
