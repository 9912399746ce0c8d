"""Templates rendered with placeholders in place of a page's values.

Jinja2 makes strings of values in a few ways, all of which are replaced here in an environment of its own: filters and
tests, what joins the pieces of a template, and three names in the code that it compiles. The last are a private
interface of Jinja2: ``check_jinja`` tries them before they are relied on.
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

from generator.site.placeholders import AT_SLOT, EDGE, Contents, Inspected, Opaque, Slots, StandIn, Value

_KNOWN: dict[str, Callable[..., Any]] = {
    "e": Value.escape, "escape": Value.escape, "striptags": Value.striptags, "replace": Value.replace,
    "safe": Value.safe, "string": lambda value: value,
}  # fmt: skip
"""Filters whose result is known for any value."""

_UNTOUCHED = frozenset({"default", "d"})
"""Filters that ask no more of a value than whether it is empty."""

_OF_ANY_TEXT = {
    "defined": True, "undefined": False, "none": False, "string": True, "mapping": False, "number": False,
    "integer": False, "float": False, "boolean": False, "sequence": True, "iterable": True, "callable": False,
}  # fmt: skip
"""What tests say of any text."""

_OF_ANYTHING = ("defined", "undefined", "none")

_rendered: list[Slots] = []
"""The slots of the rendering that goes on."""


def watched(environment: jinja2.Environment) -> jinja2.Environment:
    """The same environment for templates that are given placeholders."""
    own = environment.overlay()
    own.template_class = _WatchedTemplate
    own.concat = joined  # type: ignore[method-assign]
    own.filters = {name: _filter(name, function) for name, function in environment.filters.items()}
    own.tests = {name: _test(name, cast(Callable[..., Any], function)) for name, function in environment.tests.items()}
    return own


def render_watched(template: Template, context: Mapping[str, Any], slots: Slots) -> str:
    """The text of a template of a ``watched`` environment, with marks for values.

    Raises Inspected, and whatever a placeholder in the wrong place leads to.
    """
    _rendered.append(slots)
    try:
        return _text_of(template.render(context))
    finally:
        _rendered.pop()


def check_jinja() -> str:
    """Why this Jinja2 cannot render placeholders, or '' if it can: a small template is tried."""
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - as that of MkDocs
    tried = (
        "{% macro m(x) %}<{{ x }}>{% endmacro %}{{ a ~ 'b' }}{{ m(a) | e }}{% set c %}{{ a }}{% endset %}{{ c | e }}"
    )
    slots = Slots({"a": "x"})
    try:
        text = render_watched(watched(environment).from_string(tried), {"a": slots.value("a")}, slots)
        values = [slots[int(number)] for number in AT_SLOT.findall(text)]
        leaked = _leaks(
            environment, "{{ (a ~ '') | length }}", "{{ '%s' % a }}", "{{ (a ~ 'b') == 'x' }}", "{{ m | length }}"
        )
    except Exception as error:  # noqa: BLE001 - whatever a private interface that changed leads to
        return f"jinja2 {version('jinja2')} cannot be watched: {error!r}"
    escaped = ("a", (("escape",),))
    if values != [("a", ()), escaped, escaped] or AT_SLOT.sub("", text) != "b&lt;&gt;" or leaked:
        return f"jinja2 {version('jinja2')} cannot be watched: placeholders are not what comes out"
    return ""


def _leaks(environment: jinja2.Environment, *templates: str) -> bool:
    """Whether a template that inspects a placeholder is rendered all the same."""
    slots = Slots({"a": "x"})
    for source in templates:
        template = watched(environment).from_string("{% set m %}{{ a }}{% endset %}" + source)
        try:
            render_watched(template, {"a": slots.value("a")}, slots)
        except Inspected:
            continue
        return True
    return False


class _WatchedTemplate(Template):
    """A template whose code makes strings by the functions of this module."""

    @classmethod
    def from_code(cls, environment: Any, code: CodeType, globals: Any, uptodate: Any = None) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__.update(
            str=_text_of, str_join=joined, markup_join=_joined_as_markup, escape=_escaped
        )
        return template


def _text_of(value: Any) -> str:
    return value.text if isinstance(value, Value) else str(value)


def joined(values: Iterable[Any]) -> Any:
    """Texts and placeholders as one: a placeholder again if any of them is one."""
    text = "".join(map(_text_of, values))
    if EDGE not in text:
        return text
    return Value(_rendered[-1], text, "text with values of the page", is_there=bool(AT_SLOT.sub("", text)))


def _joined_as_markup(values: Iterable[Any]) -> Any:
    joined = list(values)
    if any(map(_holds, joined)):
        raise Inspected("the template joins values of the page as markup")
    return markup_join(joined)


def _escaped(value: Any) -> Any:
    return Markup(value.escape().text) if isinstance(value, Value) else escape(value)


def _filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that takes placeholders if its result is known for any value."""

    @wraps(function)  # also what it says of its first argument
    def guarded(*arguments: Any, **named: Any) -> Any:
        given = _without_context(arguments)
        if name in ("url", "script_tag"):
            return _by_page(function, *arguments)
        if name == "first" and isinstance(given[0], Contents) and given[0]:
            return next(iter(given[0]))
        if isinstance(given[0], Value) and name in _KNOWN and not named:
            return _KNOWN[name](*given)
        if name not in _UNTOUCHED and any(map(_holds, (*given, *named.values()))):
            raise Inspected(f"the template passes a value of the page through the filter `{name}`")
        return function(*arguments, **named)

    return guarded


def _by_page(function: Callable[..., Any], context: Context, value: Any) -> Any:
    """MkDocs' filters of addresses, whose result depends on what the page's address has in common with the value."""
    if isinstance(value, Value) and value.text.startswith("#"):
        return value  # an anchor stays as it is
    if _holds(value):
        raise Inspected("the template passes a value of the page through the filter `url`")
    page = context["page"]
    if not isinstance(page, StandIn):
        return function(context, value)
    page.url.meets(str(value))
    return function({"page": SimpleNamespace(url=page.url.real), "base_url": context["base_url"]}, value)


def _test(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A test that takes placeholders if its answer is the same for any value."""

    @wraps(function)
    def guarded(*arguments: Any, **named: Any) -> Any:
        given = _without_context(arguments)
        if len(given) == 1 and isinstance(given[0], Opaque):
            if name in _OF_ANY_TEXT and (name in _OF_ANYTHING or isinstance(given[0], Value)):
                return _OF_ANY_TEXT[name]
            raise Inspected(f"the template asks whether a value of the page is `{name}`")
        if any(map(_holds, (*given, *named.values()))) and name not in _OF_ANYTHING:
            raise Inspected(f"the template asks whether a value of the page is `{name}`")
        return function(*arguments, **named)

    return guarded


def _without_context(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a template gives to a filter; some are given Jinja2's own objects before."""
    return arguments[isinstance(arguments[0], jinja2.Environment | EvalContext | Context) :]


def _holds(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds, (*value, *value.values())))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_holds, value))
    return isinstance(value, Opaque)
