"""Every regular expression of some packages, and whether it is asked anywhere in a text or of a whole one."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent
_WHOLE = frozenset({"fullmatch", "match"})
_FUNCTIONS = frozenset({"search", "sub", "subn", "match", "fullmatch", "split", "findall", "finditer"})


class PlacedPattern(NamedTuple):
    """A pattern, a name for it, and whether it is only asked of a whole text or of its beginning."""

    name: str
    pattern: re.Pattern[str]
    is_whole: bool


def patterns_of(packages: Sequence[str]) -> list[PlacedPattern]:
    """The patterns of all modules of ``packages`` (``generator/text``)."""
    by_place: dict[tuple[str, int], PlacedPattern] = {}
    for package in packages:
        for path in sorted((ROOT / package).glob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            for pattern in (*_named(place, path), *_inline(place, path)):
                by_place.setdefault((pattern.pattern.pattern, pattern.pattern.flags), pattern)
    return list(by_place.values())


def _named(place: str, path: Path) -> Iterator[PlacedPattern]:
    module = import_module(place.removesuffix(".py").replace("/", "."))
    source = path.read_text("utf-8")
    for name, value in vars(module).items():
        for number, pattern in enumerate(_inside(value)):
            variables = [name, *re.findall(rf"\bfor (\w+) in {name}\b", source)]
            methods = {method for variable in variables for method in re.findall(rf"\b{variable}\.(\w+)\b", source)}
            yield PlacedPattern(f"{place}:{name}[{number}]", pattern, bool(methods) and methods <= _WHOLE)


def _inside(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _inside(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _inside(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name))


def _inline(place: str, path: Path) -> Iterator[PlacedPattern]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        module, first = node.func.value, node.args[0]
        if (
            isinstance(module, ast.Name)
            and module.id == "re"
            and node.func.attr in _FUNCTIONS
            and isinstance(first, ast.Constant)
        ):
            ignores = any("IGNORECASE" in ast.dump(keyword.value) for keyword in node.keywords)
            pattern = re.compile(str(first.value), re.IGNORECASE if ignores else 0)
            yield PlacedPattern(f"{place}:{node.lineno}", pattern, node.func.attr in _WHOLE)
