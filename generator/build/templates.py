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

# references by a fixed name; Jinja resolves others only while rendering
_REFERENCE = re.compile(r"""\{%-?\s*(?:include|import|extends|from)\s+["']([^"']+)["']""")


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory: a preview renders the same templates after each edit.

    Environments with the same options share it. A changed template has another key.
    """

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template that was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template."""
        assert bucket.code
        self._code[bucket.key, bucket.checksum] = bucket.code


class TracedEnvironment(Environment):
    """An environment for the templates in the folder ``name`` of the theme.

    A template is an input of each task that renders it, and so are the templates that it includes, imports or extends:
    they are recorded as the query ``file`` of ``inputs``, with the path below the theme.
    """

    def __init__(self, theme: Path, name: str, inputs: Inputs, **options: Any) -> None:
        # Without ``auto_reload=False``, Jinja asks for the time of each template file whenever it is used.
        super().__init__(loader=FileSystemLoader(theme / name, encoding="utf-8"), auto_reload=False, **options)
        self._folder, self._inputs = name, inputs
        self._loaded: dict[str, tuple[Template, tuple[Key, ...]]] = {}

    def get_template(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:
        """Return a template, like Jinja. Raises TemplateError if it is missing or faulty."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        if name not in self._loaded:  # Jinja's own cache takes a lock each time
            keys = tuple(f"file{SEPARATOR}{self._folder}/{part}" for part in self._with_parts(name))
            self._loaded[name] = super().get_template(name, parent), keys
        template, keys = self._loaded[name]
        for key in keys:
            self._inputs.record(key)
        return template

    def handle_exception(self, source: str | None = None) -> NoReturn:
        """Raise TemplateError for each fault of a template, also for an expression that fails, such as ``1 / 0``."""
        _raise_fault_of_template(self)
        super().handle_exception(source)

    def _with_parts(self, name: str) -> list[str]:
        """A template and all templates to which it refers by a fixed name, directly or not."""
        assert self.loader
        templates: list[str] = []
        pending = [name]
        while pending:
            if (template := pending.pop()) not in templates:
                templates.append(template)
                # A missing part raises TemplateNotFound here, before anything is rendered.
                source, *_ = self.loader.get_source(self, template)
                pending += _REFERENCE.findall(source)
        return templates


def report_faults(environment: Environment) -> None:
    """Let an environment that MkDocs created raise TemplateError like ``TracedEnvironment``."""
    handle = environment.handle_exception

    def handle_exception(source: str | None = None) -> NoReturn:
        _raise_fault_of_template(environment)
        handle(source)

    environment.handle_exception = handle_exception  # type: ignore[method-assign]


def _raise_fault_of_template(environment: Environment) -> None:
    """Raise TemplateError with the position if an expression of a template raised the current exception."""
    error = sys.exc_info()[1]
    # Other errors of Jinja have a position already, or got it here in an included template.
    has_position = isinstance(error, TemplateError) and not isinstance(error, UndefinedError)
    if isinstance(error, Exception) and not has_position and (position := _template_position(error, environment)):
        kind = "" if isinstance(error, UndefinedError) else f"{type(error).__name__}: "
        raise TemplateRuntimeError(f"{position}: {kind}{error}") from None


def _template_position(error: BaseException, environment: Environment) -> str:
    """The file and line of a template whose own expression failed; '' if a function of the program did."""
    position = ""
    is_called_by_template = False
    for frame, line in traceback.walk_tb(error.__traceback__):
        # Jinja runs a template as a function of other lines, whose globals contain the template by this name.
        if template := frame.f_globals.get("__jinja_template__"):
            position = f"{template.filename or template.name}:{template.get_corresponding_lineno(line)}"
            is_called_by_template = True
            continue
        # An undefined value raises its error wherever it is first used, such as in ``finalize``.
        if isinstance(error, UndefinedError) or frame.f_globals.get("__name__", "").startswith("jinja2."):
            continue
        # A filter, or a function that got an undefined value, failed because of the value that the template gave it.
        if is_called_by_template and (_is_filter(frame.f_code, environment) or _has_undefined_argument(frame)):
            return position
        # The template called another function of the program, whose error is a bug and needs its traceback.
        position, is_called_by_template = "", False
    return position


def _is_filter(code: CodeType, environment: Environment) -> bool:
    for function in environment.filters.values():
        function = getattr(function, "func", function)  # of a ``partial``
        if getattr(function, "__code__", None) is code:  # methods have the code of their function
            return True
    return False


def _has_undefined_argument(frame: FrameType) -> bool:
    return any(isinstance(value, Undefined) for value in frame.f_locals.values())


def template_fault(error: TemplateError) -> str:
    """Describe the fault in a template and its position, for the maintainer of the theme."""
    position = f"{error.filename or error.name}:{error.lineno}: " if isinstance(error, TemplateSyntaxError) else ""
    return f"a template of the theme is wrong: {position}{error.message or error}"
