"""``mkdocs.yml`` is read as MkDocs reads it, with file and line for what is wrong or has no effect."""

from pathlib import Path

import pytest

from generator.commands import check
from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.mkdocs_file import MkDocsFile, read_mkdocs
from generator.store.settings_file import read_settings, settings_advice
from tests.conftest import ROOT, TOY

LEAST = "site_name: Toy\n"


def _advice(project: Path, text: str) -> list[str]:
    (project / "mkdocs.yml").write_text(text, "utf-8")
    file = read_mkdocs(project)
    assert isinstance(file, MkDocsFile)
    return [f"{p.path}:{p.line}: {p.message} | {p.hint}" for p in settings_advice(file)]


def _settings(project: Path, text: str) -> Settings:
    (project / "mkdocs.yml").write_text(text, "utf-8")
    settings = read_settings(project)
    assert isinstance(settings, Settings), settings
    return settings


def test_tags_environment_and_inheritance_are_read_as_mkdocs_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "base.yml").write_text(
        "site_url: https://a.example/\nextra:\n  license: MIT\n  feeds_from: 7\n", "utf-8"
    )
    monkeypatch.setenv("DIGEST_TEST_NAME", "Ours")
    settings = _settings(
        tmp_path,
        "INHERIT: base.yml\nsite_name: !ENV DIGEST_TEST_NAME\nrepo_url: !ENV [NO_SUCH_ONE, https://r.example/x]\n"
        "markdown_extensions:\n- pymdownx.superfences:\n    custom_fences:\n    - name: mermaid\n"
        "      format: !!python/name:pymdownx.superfences.fence_code_format\n"
        "extra: &own\n  feeds_from: 5\ntheme:\n  <<: *own\n  name: material\n",
    )
    assert (settings.name, settings.site_url, settings.repository) == (
        "Ours",
        "https://a.example/",
        "https://r.example/x",
    )
    assert (settings.license, settings.feeds_from) == ("MIT", 5)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("extra:\n  social_cards: nope\n", 3, "social_cards is 'nope'"),
        ("extra:\n  feeds_from: three\n", 3, "feeds_from is 'three'"),
        ("extra:\n  founded: soon\n", 3, "founded is 'soon'"),
        ("extra: {\n", 3, "expected"),
        ("theme:\n  language: de\n", 3, "the theme's language is 'de'"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, place: int, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(LEAST + text, "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line) == ("mkdocs.yml", place)
    assert problem.message.startswith(message) or message in problem.message


def test_a_wrong_value_of_an_inherited_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("extra:\n  social_cards: flase\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.hint) == ("base.yml", 2, "Did you mean false? Write true or false.")


def test_files_that_inherit_in_a_circle_or_grow_by_aliases_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: mkdocs.yml\n", "utf-8")
    assert isinstance(read_settings(tmp_path), Problem)
    rows = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    (tmp_path / "mkdocs.yml").write_text(f"a0: &a0 x\n{rows}", "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.message == "the file expands to too many values"


DEEP = {
    "unclosed lists": "[" * 100_000,
    "lists": "a: " + "[" * 5000 + "]" * 5000,
    "mappings": "a: " + "{a: " * 900 + "1" + "}" * 900,
    "an alias in its own anchor": "a: &a [*a]\n",
    "a merge of itself": "a: &a\n  <<: *a\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_values_that_nest_too_deeply_are_refused(tmp_path: Path, text: str) -> None:
    """libyaml composes them by recursion, which ends the process without a word."""
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.code == "E109"


@pytest.mark.parametrize(
    "text",
    [
        "site_name: !!python/object/apply:os.system [touch pwned]\n",
        "? !!python/object/apply:os.system [touch pwned]\n: x\n",
        "extra:\n  x: !!python/object/new:os.system [touch pwned]\n",
        "%TAG ! tag:yaml.org,2002:python/\n---\nx: !module:antigravity ''\n",
        "x: !<tag:yaml.org,2002:python/module:antigravity> ''\n",
    ],
)
def test_a_tag_that_runs_code_is_refused(tmp_path: Path, text: str) -> None:
    """MkDocs would run it. ``!!python/name:`` names a function, as Material's emoji need."""
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.code == "E109"
    assert "runs code" in problem.message
    (tmp_path / "mkdocs.yml").write_text(f"{LEAST}x: !!python/name:material.extensions.emoji.twemoji\n", "utf-8")
    assert isinstance(read_settings(tmp_path), Settings)


def test_what_has_no_effect_is_named_with_what_does_it(tmp_path: Path) -> None:
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
