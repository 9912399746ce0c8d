"""``mkdocs.yml`` with tags, environment and inheritance."""

from pathlib import Path

import pytest

from generator.model.problem import Problem
from generator.model.settings import Settings
from generator.store.settings_file import read_settings

LEAST = "site_name: Toy\n"


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


def test_a_wrong_value_of_an_inherited_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("extra:\n  social_cards: flase\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.hint) == ("base.yml", 2, "Did you mean false? Write true or false.")


def test_the_hint_for_a_missing_file_depends_on_whether_it_is_inherited(tmp_path: Path) -> None:
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.hint == "Run in the project's folder."
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\n", "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.message == "there is no base.yml, which mkdocs.yml inherits from"
    assert problem.hint == "Correct the path in INHERIT."


def test_circular_inheritance_and_expanding_aliases_are_refused(tmp_path: Path) -> None:
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


def test_a_value_that_contains_itself_is_refused_where_it_begins(tmp_path: Path) -> None:
    """Following it to Python's recursion limit, which a library may raise, took 2 GB."""
    (tmp_path / "mkdocs.yml").write_text("extra:\n  a: &a [x, *a]\n", "utf-8")
    problem = read_settings(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.column, problem.message) == (2, 6, "a value contains itself")


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
