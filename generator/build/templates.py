"""Jinja environments that record templates as inputs, and messages for faulty templates."""

import re
import sys
import traceback
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, NoReturn

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.bccache import Bucket

from generator.build.inputs import SEPARATOR, Inputs, Key

# ``{% include "x.html" %}``: a reference by a fixed name, which is the group. Jinja finds others only while rendering.
_REFERENCE = re.compile(r"""\{%-?\s*(?:include|import|extends|from)\s+["']([^"']+)["']""")


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory: a preview renders the same templates after each edit.

    Environments with the same options share an object. A changed template has another checksum.
    """

    def __init__(self) -> None:
        self._code_by_template: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template that was compiled before."""
        bucket.code = self._code_by_template.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template."""
        assert bucket.code
        self._code_by_template[bucket.key, bucket.checksum] = bucket.code


class TracedEnvironment(Environment):
    """An environment for the templates in the folder ``name`` of the theme.

    A template is an input of each task that renders it, and so are the templates that it includes, imports or extends:
    they are recorded as the query ``file`` of ``inputs``, with the path below the theme.
    """

    def __init__(self, theme: Path, name: str, inputs: Inputs, **options: Any) -> None:
        # With ``auto_reload``, Jinja would read the time of a template's file whenever it uses the template.
        super().__init__(loader=FileSystemLoader(theme / name, encoding="utf-8"), auto_reload=False, **options)
        self._folder, self._inputs = name, inputs
        self._loaded: dict[str, tuple[Template, tuple[Key, ...]]] = {}

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        """Return a template as Jinja does, and record it. Raises TemplateError if it is missing or faulty."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        if name not in self._loaded:  # Jinja's own cache takes a lock each time
            files = [f"{self._folder}/{template}" for template in self._template_and_references(name)]
            keys = tuple(f"file{SEPARATOR}{file}" for file in files)
            self._loaded[name] = super().get_template(name, parent), keys
        template, keys = self._loaded[name]
        for key in keys:
            self._inputs.record(key)
        return template

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Raise TemplateError for any fault of a template, such as an expression that fails (``1 / 0``)."""
        _raise_template_error(self)
        super().handle_exception(source)

    def _template_and_references(self, name: str) -> list[str]:
        """Return the names of a template and of all templates to which it refers by a fixed name, directly or not."""
        assert self.loader
        templates: list[str] = []
        pending = [name]
        while pending:
            if (template := pending.pop()) not in templates:
                templates.append(template)
                # If a template is missing, this raises TemplateNotFound.
                source, *_ = self.loader.get_source(self, template)
                pending += _REFERENCE.findall(source)
        return templates


def report_faults(environment: Environment) -> None:
    """Make an environment of MkDocs raise TemplateError for any fault of a template, as ``TracedEnvironment`` does."""
    handle = environment.handle_exception

    def handle_exception(source: str | None = None) -> NoReturn:
        _raise_template_error(environment)
        handle(source)

    environment.handle_exception = handle_exception  # type: ignore[method-assign]


def _raise_template_error(environment: Environment) -> None:
    """If an expression of a template raised the current exception, raise TemplateError with its position."""
    error = sys.exc_info()[1]
    # Other errors of Jinja have a position already, or got one here when an included template failed.
    has_position = isinstance(error, TemplateError) and not isinstance(error, UndefinedError)
    if isinstance(error, Exception) and not has_position and (position := _template_position(error, environment)):
        kind = "" if isinstance(error, UndefinedError) else f"{type(error).__name__}: "
        raise TemplateRuntimeError(f"{position}: {kind}{error}") from None


def _template_position(error: BaseException, environment: Environment) -> str:
    """The file and line of the template whose own expression failed; '' if a function of the program failed.

    A filter counts as part of the expression, and so does a function that got an undefined value.
    """
    position = ""
    is_called_by_template = False
    for frame, line in traceback.walk_tb(error.__traceback__):
        # Jinja compiles a template to Python code with other line numbers, whose globals contain the template.
        if template := frame.f_globals.get("__jinja_template__"):
            position = f"{template.filename or template.name}:{template.get_corresponding_lineno(line)}"
            is_called_by_template = True
            continue
        # An undefined value raises its error wherever it is first used, such as in ``finalize``.
        if isinstance(error, UndefinedError) or frame.f_globals.get("__name__", "").startswith("jinja2."):
            continue
        # The fault is a value that the template gave to a filter, or an undefined value that it gave to a function.
        if is_called_by_template and (_is_filter(frame.f_code, environment) or _has_undefined_argument(frame)):
            return position
        # The template called another function of the program, whose error is a bug and needs its traceback.
        position, is_called_by_template = "", False
    return position


def _is_filter(code: CodeType, environment: Environment) -> bool:
    """Whether ``code`` is that of a filter of the environment."""
    for function in environment.filters.values():
        function = getattr(function, "func", function)  # ``func`` is the function of a ``partial``
        if getattr(function, "__code__", None) is code:  # methods have the code of their function
            return True
    return False


def _has_undefined_argument(frame: FrameType) -> bool:
    return any(isinstance(value, Undefined) for value in frame.f_locals.values())


def template_fault(error: TemplateError) -> str:
    """Return a message for the maintainer of the theme, with the fault in a template and its position."""
    position = f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"a template of the theme is wrong: {position}{error.message or error}"
