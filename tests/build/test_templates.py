"""Template environments: which templates a reader depends on, and where a fault in a template is."""

import re
from functools import partial
from pathlib import Path

import pytest
from jinja2 import (
    DictLoader,
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)

from generator.build.inputs import SEPARATOR, Inputs, add_files
from generator.build.templates import CompiledTemplates, TracedEnvironment, report_faults, template_fault


def _environment(theme: Path, **templates: str) -> tuple[TracedEnvironment, Inputs]:
    """An environment for the templates by name, in the folder ``pages`` of a theme."""
    (theme / "pages").mkdir()
    for name, text in templates.items():
        (theme / "pages" / f"{name}.j2").write_text(text, "utf-8")
    inputs = Inputs()
    add_files(inputs, theme)
    return TracedEnvironment(theme, "pages", inputs), inputs


def test_a_template_depends_on_its_file_and_on_all_parts(tmp_path: Path) -> None:
    environment, inputs = _environment(
        tmp_path,
        paper="{% extends 'frame.j2' %}{% block body %}{% include 'card.j2' %}{% endblock %}",
        frame='{%- from "macros.j2" import m %}<{% block body %}{% endblock %}>',
        card="card",
        macros="{% macro m() %}{% endmacro %}",
        other="",
    )
    for _ in range(2):  # from Jinja's cache, too
        text, reads = inputs.recorded(lambda: environment.get_template("paper.j2").render())
        assert text == "<card>"
        assert sorted(reads) == [f"file{SEPARATOR}pages/{name}.j2" for name in ("card", "frame", "macros", "paper")]
    before = inputs.evaluate(reads[0])
    (tmp_path / reads[0].partition(SEPARATOR)[2]).write_text("changed", "utf-8")
    assert inputs.evaluate(reads[0]) != before


def test_a_missing_part_is_an_error_when_the_template_is_loaded(tmp_path: Path) -> None:
    environment, _ = _environment(tmp_path, paper="{% if false %}{% include 'none.j2' %}{% endif %}")
    with pytest.raises(TemplateNotFound):
        environment.get_template("paper.j2")


def test_a_failing_expression_is_named_with_its_line(tmp_path: Path) -> None:
    environment, _ = _environment(tmp_path, paper="a\n{% include 'card.j2' %}", card="b\n\n{{ 1 / 0 }}")
    with pytest.raises(TemplateRuntimeError, match=r"card\.j2:3: ZeroDivisionError: division by zero"):
        environment.get_template("paper.j2").render()


def test_an_error_of_a_function_is_a_bug_and_stays_as_it_is(tmp_path: Path) -> None:
    environment, _ = _environment(tmp_path, paper="{{ number('x') }}")
    environment.globals["number"] = lambda text: int(text)
    with pytest.raises(ValueError, match="invalid literal"):
        environment.get_template("paper.j2").render()


@pytest.mark.parametrize("value", ["misspelled", "none", "5"])
def test_a_filter_that_fails_is_a_fault_of_the_template(tmp_path: Path, value: str) -> None:
    environment, _ = _environment(tmp_path, paper=f"a\n{{{{ {value} | upper }}}}")
    environment.filters["upper"] = partial(lambda text, _other: re.sub("a", "A", text), _other="")
    with pytest.raises(TemplateRuntimeError, match=r"paper\.j2:2: TypeError: expected string"):
        environment.get_template("paper.j2").render()


def test_a_function_that_gets_an_undefined_value_is_a_fault_of_the_template(tmp_path: Path) -> None:
    environment, _ = _environment(tmp_path, paper="{{ number(misspelled) }}")
    environment.globals["number"] = lambda text: re.sub("a", "A", text)
    with pytest.raises(TemplateRuntimeError, match=r"paper\.j2:1: TypeError: expected string"):
        environment.get_template("paper.j2").render()


def test_an_environment_of_another_program_reports_faults_too(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("\n{{ 'x' + 1 }}", "utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
    report_faults(environment)
    with pytest.raises(TemplateRuntimeError, match=r"a\.html:2: TypeError"):
        environment.get_template("a.html").render()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (TemplateSyntaxError("unexpected '}'", 3, "a.j2", "theme/pages/a.j2"), "theme/pages/a.j2:3: unexpected '}'"),
        (TemplateSyntaxError("unexpected '}'", 3, "a.j2"), "a.j2:3: unexpected '}'"),
        (TemplateNotFound("b.j2"), "b.j2"),
    ],
)
def test_a_fault_is_described_with_its_position_as_far_as_known(error: TemplateError, message: str) -> None:
    assert template_fault(error) == f"a template of the theme is wrong: {message}"


def test_only_a_changed_template_is_compiled_again() -> None:
    compiled = CompiledTemplates()
    templates = []
    for source in ("old", "new", "new"):
        environment = Environment(loader=DictLoader({"a": source}), bytecode_cache=compiled, autoescape=True)
        templates.append(environment.get_template("a"))
    assert [template.render() for template in templates] == ["old", "new", "new"]
    old, new, again = [template.root_render_func.__code__ for template in templates]
    assert old is not new
    assert new is again
