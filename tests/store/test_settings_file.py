"""``mkdocs.yml`` is read as MkDocs reads it, with file and line for what is wrong or has no effect."""

from pathlib import Path

import pytest

from generator.commands import check
from generator.model.problem import Problem
from generator.store.mkdocs_file import MkDocsFile, read_mkdocs
from generator.store.settings_file import nav_advice, read_settings, settings_advice
from tests.conftest import ROOT, TOY

LEAST = "site_name: Toy\n"


def _advice(project: Path, text: str) -> list[str]:
    (project / "mkdocs.yml").write_text(text, "utf-8")
    file = read_mkdocs(project)
    assert isinstance(file, MkDocsFile)
    return [f"{p.path}:{p.line}: {p.message} | {p.hint}" for p in settings_advice(file)]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("extra:\n  social_cards: nope\n", 3, "social_cards is 'nope'"),
        ("extra:\n  feeds_from: three\n", 3, "feeds_from is 'three'"),
        ("extra:\n  founded: soon\n", 3, "founded is 'soon'"),
        ("extra: {\n", 3, "expected"),
        ("site_url: http://[a/\n", 2, "site_url is 'http://[a/'"),
        ("repo_url: https://a.example:x/\n", 2, "repo_url is 'https://a.example:x/'"),
        ("extra:\n  mail_form: https://[a\n", 3, "mail_form is 'https://[a'"),
        ("theme:\n  language: de\n", 3, "the theme's language is 'de'"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, place: int, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(LEAST + text, "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line) == ("mkdocs.yml", place)
    assert problem.message.startswith(message) or message in problem.message


def test_a_key_without_effect_is_reported_with_the_alternative(tmp_path: Path) -> None:
    messages = _advice(
        tmp_path,
        LEAST + "plugins:\n- search\n- material/tags:\n    x: y\n- acme\nmarkdown_extensions: [admonition, acme.ext]\n"
        "theme:\n  features: [navigation.tabs]\nextra:\n  offline_megabyte: 5\n  analytics: x\n  mine: y\n",
    )
    assert [line.partition(" |")[0] for line in messages] == [
        "mkdocs.yml:11: extra.offline_megabyte is not a setting of the digest",
        "mkdocs.yml:12: extra.analytics has no effect",
        "mkdocs.yml:13: extra.mine is not a setting of the digest",
        "mkdocs.yml:3: the plugin search has no effect",
        "mkdocs.yml:4: the plugin material/tags has no effect",
        "mkdocs.yml:6: with the plugin acme MkDocs builds all pages, slowly",
        "mkdocs.yml:7: the extension acme.ext has no effect",
        "mkdocs.yml:9: theme.features has no effect",
    ]
    assert "Did you mean offline_megabytes?" in messages[0]


def test_an_entry_of_the_navigation_leads_to_its_page(tmp_path: Path) -> None:
    pages = ["", "x", "reindex", "x/reindex"]
    nav = "nav:\n- a: index.md\n- b: x/index.md\n- c: reindex.md\n- d: x/reindex.md\n- e: nothing.md\n"
    (tmp_path / "mkdocs.yml").write_text(LEAST + nav, "utf-8")
    file = read_mkdocs(tmp_path)
    assert isinstance(file, MkDocsFile)
    assert [(problem.code, problem.line) for problem in nav_advice(file, pages.__contains__, [])] == [("W396", 7)]


def test_the_settings_of_this_project_all_have_an_effect() -> None:
    file = read_mkdocs(ROOT)
    assert isinstance(file, MkDocsFile)
    assert list(settings_advice(file)) == []


def test_check_reports_on_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(LEAST + "extra:\n  socal_cards: true\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert check.run(TOY, [], "text") == 0
    assert "mkdocs.yml:3:3: W117 extra.socal_cards is not a setting" in capsys.readouterr().out
