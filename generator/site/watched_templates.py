"""Render templates with placeholders in place of a page's values.

In a copy of the theme's environment, everything by which Jinja2 converts a value to a string is replaced: filters and
tests, the function that joins the pieces of a template, and a few names in the compiled code. These names are a private
interface of Jinja2, so ``check_jinja`` tests them before use.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from importlib.metadata import version
from types import CodeType, SimpleNamespace
from typing import Any, cast

import jinja2
from jinja2.environment import Template
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, markup_join
from markupsafe import Markup, escape

from generator.site.placeholders import (
    EDGE,
    MARK,
    Inspected,
    Opaque,
    PartialObject,
    Placeholder,
    Slots,
    TableOfContents,
)

_KNOWN_FILTERS: dict[str, Callable[..., Any]] = {
    "e": Placeholder.escape, "escape": Placeholder.escape, "striptags": Placeholder.striptags,
    "replace": Placeholder.replace, "safe": Placeholder.safe, "string": lambda value: value,
}  # fmt: skip
"""Filters whose result is known for any value."""

_DEFAULT_FILTERS = frozenset({"default", "d"})
"""Filters that replace an undefined or empty value. A placeholder is defined; a test whether it is empty is allowed."""

_TESTS_OF_TEXT = {
    "defined": True, "undefined": False, "none": False, "string": True, "mapping": False, "number": False,
    "integer": False, "float": False, "boolean": False, "sequence": True, "iterable": True, "callable": False,
}  # fmt: skip
"""The tests whose results are equal for all texts, and these results."""

_TESTS_OF_ANY_VALUE = ("defined", "undefined", "none")
"""Those whose results are also equal for all other values of a page, such as lists."""

_slots_stack: list[Slots] = []
"""A stack: the slots of the current rendering are last. ``joined`` reads them here, since it only gets values."""


def watched_copy(environment: jinja2.Environment) -> jinja2.Environment:
    """Return a copy of the environment for rendering with placeholders."""
    # An overlay shares loader and globals with the original, but not what is set below.
    copy = environment.overlay()
    copy.template_class = _WatchedTemplate
    copy.concat = joined  # type: ignore[method-assign]
    copy.filters = {name: _wrap_filter(name, function) for name, function in environment.filters.items()}
    copy.tests = {
        name: _wrap_test(name, cast(Callable[..., Any], function)) for name, function in environment.tests.items()
    }
    return copy


def render_watched(template: Template, context: Mapping[str, Any], slots: Slots) -> str:
    """Render a template of an environment that ``watched_copy`` returned to text with marks for values.

    Raises Inspected, and any error of code that cannot handle a placeholder.
    """
    _slots_stack.append(slots)
    try:
        return _text_of(template.render(context))
    finally:
        _slots_stack.pop()


def check_jinja() -> str:
    """Return why the installed Jinja2 cannot render placeholders, or '' if a small template succeeds."""
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - as in MkDocs
    # One use of each function that is replaced: concatenation, a macro, a filter and a block.
    sample = (
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ a ~ 'b' }}{{ m(a) | e }}{% set c %}{{ a }}{% endset %}{{ c | e }}"
    )
    slots = Slots({"a": "x"})
    try:
        text = render_watched(watched_copy(environment).from_string(sample), {"a": slots.placeholder("a")}, slots)
        values = [slots[int(number)] for number in MARK.findall(text)]
        # Each of these must raise Inspected.
        misses_inspection = _misses_inspection(
            environment, "{{ (a ~ '') | length }}", "{{ '%s' % a }}", "{{ (a ~ 'b') == 'x' }}", "{{ m | length }}"
        )
    except Exception as error:  # noqa: BLE001 - a changed private interface can raise anything
        return f"jinja2 {version('jinja2')} does not support placeholders: {error!r}"
    # The sample outputs ``a`` once without a filter (joined with 'b'), then twice escaped.
    escaped = ("a", (("escape",),))
    if values != [("a", ()), escaped, escaped] or MARK.sub("", text) != "b&lt;&gt;" or misses_inspection:
        return f"jinja2 {version('jinja2')} does not support placeholders: a sample has another output than expected"
    return ""


def _misses_inspection(environment: jinja2.Environment, *templates: str) -> bool:
    """Whether one of the templates, which all inspect a placeholder, is rendered without Inspected."""
    slots = Slots({"a": "x"})
    for source in templates:
        template = watched_copy(environment).from_string("{% set m %}{{ a }}{% endset %}" + source)
        try:
            render_watched(template, {"a": slots.placeholder("a")}, slots)
        except Inspected:
            continue
        return True
    return False


class _WatchedTemplate(Template):
    """A template whose compiled code uses the string functions of this module."""

    @classmethod
    def from_code(cls, environment: Any, code: CodeType, globals: Any, uptodate: Any = None) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        # Loading the code imported these names (``str`` is built in), so they are replaced afterwards.
        template.root_render_func.__globals__.update(
            str=_text_of, str_join=joined, markup_join=_joined_as_markup, escape=_escaped
        )
        return template


def _text_of(value: Any) -> str:
    """The text of a placeholder with its marks, or any other value as a string."""
    return value.text if isinstance(value, Placeholder) else str(value)


def joined(values: Iterable[Any]) -> Any:
    """Join texts and placeholders. The result is a placeholder if any of ``values`` is one, else a text."""
    text = "".join(map(_text_of, values))
    if EDGE not in text:
        return text
    return Placeholder(_slots_stack[-1], text, "text with values of the page", is_non_empty=bool(MARK.sub("", text)))


def _joined_as_markup(values: Iterable[Any]) -> Any:
    pieces = list(values)
    if any(map(_has_placeholder, pieces)):
        raise Inspected("the template joins values of the page as markup")
    return markup_join(pieces)


def _escaped(value: Any) -> Any:
    return Markup(value.escape().text) if isinstance(value, Placeholder) else escape(value)


def _wrap_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that accepts placeholders if its result is known for any value, and else raises Inspected."""

    @wraps(function)  # copies Jinja2's marker attributes for filters that take the context
    def wrapped(*arguments: Any, **keywords: Any) -> Any:
        values = _without_context(arguments)
        if name in ("url", "script_tag"):
            return _apply_address_filter(function, *arguments)
        # Themes link to the first heading; everything else about the table of contents differs between pages.
        if name == "first" and isinstance(values[0], TableOfContents) and values[0]:
            return next(iter(values[0]))
        if isinstance(values[0], Placeholder) and name in _KNOWN_FILTERS and not keywords:
            return _KNOWN_FILTERS[name](*values)
        if name not in _DEFAULT_FILTERS and any(map(_has_placeholder, (*values, *keywords.values()))):
            raise Inspected(f"the template passes a value of the page through the filter `{name}`")
        return function(*arguments, **keywords)

    return wrapped


def _apply_address_filter(function: Callable[..., Any], context: Context, value: Any) -> Any:
    """Apply a filter of MkDocs that makes an address relative to the page.

    The result depends on the leading folders that the addresses of the page and ``value`` share.
    """
    if isinstance(value, Placeholder) and value.text.startswith("#"):
        return value  # an anchor stays as it is
    if _has_placeholder(value):
        raise Inspected("the template passes a value of the page through the filter `url`")
    page = context["page"]
    if not isinstance(page, PartialObject):
        return function(context, value)
    page.url.compare_folders(str(value))
    return function({"page": SimpleNamespace(url=page.url.address), "base_url": context["base_url"]}, value)


def _wrap_test(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a test that accepts placeholders if its result is equal for all values, and else raises Inspected."""

    @wraps(function)
    def wrapped(*arguments: Any, **keywords: Any) -> Any:
        values = _without_context(arguments)
        if len(values) == 1 and isinstance(values[0], Opaque):
            if name in _TESTS_OF_TEXT and (name in _TESTS_OF_ANY_VALUE or isinstance(values[0], Placeholder)):
                return _TESTS_OF_TEXT[name]
            raise Inspected(f"the template tests whether a value of the page is `{name}`")
        if any(map(_has_placeholder, (*values, *keywords.values()))) and name not in _TESTS_OF_ANY_VALUE:
            raise Inspected(f"the template tests whether a value of the page is `{name}`")
        return function(*arguments, **keywords)

    return wrapped


def _without_context(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments written in the template. Jinja2 passes some filters an object of its own as the first argument."""
    has_context = isinstance(arguments[0], jinja2.Environment | EvalContext | Context)
    return arguments[1:] if has_context else arguments


def _has_placeholder(value: object) -> bool:
    """Whether a value is a placeholder, or a collection that contains one."""
    if isinstance(value, dict):
        return any(map(_has_placeholder, (*value, *value.values())))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_has_placeholder, value))
    return isinstance(value, Opaque)
