"""The house: imports run down the floors only, wings never meet, nothing goes round in a circle."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent / "generator"
FLOORS = {
    "processes": 0, "compiled": 0, "safe_files": 0, "model": 1, "text": 1, "codec": 2, "citation": 2, "similarity": 2,
    "statistics": 2,    "store": 3, "importers": 3, "rules": 3, "pages": 3, "exports": 3, "output": 3, "post": 3,
    "fetch": 3, "starter": 3, "commands": 4, "cli": 5, "__main__": 6,
}  # fmt: skip


def _imports() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("generator"):
                names.update([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
        found[name] = names
    return {name: {n for n in names if n in found and n != name} for name, names in found.items()}


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def test_imports_run_down_the_floors() -> None:
    wrong = []
    for module, names in _imports().items():
        for name in names:
            above, below = _room(module), _room(name)
            if "__init__" in (above, below) or above == below:
                continue
            if {above, below} == {"model", "text"}:
                if above == "text":
                    wrong.append(f"{module} -> {name}")
            elif FLOORS[above] <= FLOORS[below]:
                wrong.append(f"{module} -> {name}")
    assert wrong == []


def test_no_circles() -> None:
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


def test_modules_stay_readable() -> None:
    long = {path.name: n for path in ROOT.rglob("*.py") if (n := len(path.read_text("utf-8").splitlines())) > 400}
    assert long == {}
