"""What the project takes from others: pinned by hash, and named with its licence where it is shipped."""

import ast
import re
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.build.version import DISTRIBUTION
from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    """A block a package: its pinned version, and at least one hash."""
    blocks = re.split(r"\n(?=[a-z0-9])", "\n" + (ROOT / name).read_text("utf-8"))[1:]
    assert len(blocks) > 50
    assert [block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_what_the_generator_imports_it_asks_for_itself() -> None:
    """A site is built anew when one of these changes, and of others nobody knows that they are needed."""
    pinned = {
        canonicalize_name(Requirement(line).name)
        for line in requires(DISTRIBUTION) or ()
        if 'extra == "dev"' not in line
    }
    names = {name for path in (ROOT / "generator").rglob("*.py") for name in _imported(path.read_text("utf-8"))}
    known = packages_distributions()
    others = {
        canonicalize_name(known[name][0]) for name in names - sys.stdlib_module_names - {"generator", "pydantic_core"}
    }
    assert others <= pinned, "pydantic_core alone comes with the one version of pydantic that it belongs to"


def _imported(text: str) -> set[str]:
    modules = [
        node.module if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names
    ]  # fmt: skip
    return {module.partition(".")[0] for module in modules if module}


def test_tests_use_the_versions_that_builds_use_and_builds_none_of_the_tools() -> None:
    builds, tests = (set(re.findall(r"^[a-z0-9-]+==[^\s;]+", (ROOT / lock).read_text("utf-8"), re.M)) for lock in LOCKS)
    assert builds < tests
    names = {pin.partition("==")[0] for pin in builds}
    assert not names & {"numpy", "scipy", "scikit-learn", "pytest", "mypy", "playwright", "distributed", "zensical"}


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_names_a_host_or_a_path(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links", lock)


def test_what_the_site_ships_of_others_is_named_with_its_licence(toy_site: Path) -> None:
    licenses = (toy_site / "assets/licenses.txt").read_text("utf-8")
    named = re.findall(r"^(?=\w+/)(.+)$", licenses, re.MULTILINE)
    patterns = [part.strip() for line in named for part in line.split(",")]
    shipped = {path.relative_to(toy_site).as_posix() for path in (toy_site / "assets").rglob("*") if path.is_file()}
    ours = {path.name for path in (ROOT / "theme/overrides/assets").rglob("*") if path.is_file()}
    unnamed = [
        path for path in sorted(shipped)
        if Path(path).name not in ours and not any(_matches(path, pattern) for pattern in patterns)
    ]  # fmt: skip
    assert unnamed == []


def _matches(path: str, pattern: str) -> bool:
    return path.startswith(pattern.removesuffix("*"))
