"""Imports run down the layers only, packages of one layer do not import each other, and there are no cycles."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent / "generator"
LINES_MOST = 330
LISTS = {f"generator.{name}" for name in ("exports.all", "importers.kinds", "pages.all", "rules.all", "search.all")}
LAYERS = {
    "completion": 4,
    "model": 1, "text": 1, "build": 1.5, "codec": 2, "citation": 2, "similarity": 2,
    "store": 3, "importers": 3, "rules": 3, "pages": 3, "exports": 3, "search": 3, "mail": 3, "fetch": 3, "starter": 3,
    "watching": 3, "drafting": 3, "access": 3,
    "site": 3, "commands": 4, "cli": 5, "__main__": 6,
}  # fmt: skip


def _imports() -> dict[str, set[str]]:
    names_by_module: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
                names.update([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
        names_by_module[name] = names
    return {name: {n for n in names if n in names_by_module and n != name} for name, names in names_by_module.items()}


def _package(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def test_imports_run_down_the_layers() -> None:
    wrong = []
    for module, names in _imports().items():
        for name in names:
            above, below = _package(module), _package(name)
            if "__init__" in (above, below) or above == below:
                continue
            if {above, below} == {"model", "text"}:
                if above == "text":
                    wrong.append(f"{module} -> {name}")
            elif LAYERS[above] <= LAYERS[below]:
                wrong.append(f"{module} -> {name}")
    assert wrong == []


def test_the_engine_knows_no_papers() -> None:
    """``build`` may use ``text``, but not ``model``, which stands as low."""
    imported = {name for module, names in _imports().items() if _package(module) == "build" for name in names}
    assert {_package(name) for name in imported} - {"__init__", "build"} == {"text"}


def test_no_cycles() -> None:
    edges = _imports()
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in done:
            for name in edges[module]:
                visit(name, (*path, module))
            done.add(module)

    for module in edges:
        visit(module, ())


def _lines(module: str) -> int:
    path = ROOT.parent / module.replace(".", "/")
    source = path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"
    return len(source.read_text("utf-8").splitlines())


def test_modules_stay_readable() -> None:
    assert {module: lines for module in _imports() if (lines := _lines(module)) > LINES_MOST} == {}


def test_a_small_module_has_several_readers() -> None:
    """A short module that only one other module imports belongs into that one, unless a list names its kind."""
    importers: dict[str, set[str]] = {module: set() for module in _imports()}
    for module, names in _imports().items():
        for name in names:
            importers[name].add(module)
    small = {
        module
        for module, users in importers.items()
        if len(users) == 1 and not users <= LISTS and "." in module.removeprefix("generator.") and _lines(module) < 40
    }
    assert small == set()


def test_tests_measure_no_seconds_and_replace_no_private_names() -> None:
    """A busy machine is slow, and a private name is nobody's promise: count steps, and pass what varies."""
    refused = re.compile(
        r"""process_time|perf_counter|setattr\([^,]+, "_[a-zA-Z]|setattr\("[^"]*\._[a-zA-Z]|__(kw)?defaults__\b"""
    )
    tests = ROOT.parent / "tests"
    lines = [
        f"{path.relative_to(tests)}:{number}: {line.strip()}"
        for path in sorted(tests.rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if path != Path(__file__) and refused.search(line)
    ]
    assert lines == []
