"""The lock file and the package of a digest."""

import hashlib
import re
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator.starter.icons import ICONS, MARK
from generator.starter.managed import (
    Package,
    PackageNotFound,
    _from_direct_url,
    dependencies,
    managed_files,
    reduced_lock,
)
from tests.conftest import ROOT
from tests.support.new_digest import PACKAGE


def test_the_lock_file_has_every_dependency_and_no_tool() -> None:
    full_lock = (ROOT / "requirements.lock").read_text("utf-8")
    lock = reduced_lock(full_lock, dependencies())
    pins = re.findall(r"^([a-z0-9-]+)(==.*)$", lock, re.MULTILINE)
    names = {name for name, _ in pins}
    assert {"mkdocs", "markdown", "pydantic-core", "pagefind-bin"} <= names
    assert not names & {"pytest", "mypy", "playwright", "hypothesis", "hatchling", "numpy"}
    assert pins == [pin for pin in re.findall(r"^([a-z0-9-]+)(==.*)$", full_lock, re.MULTILINE) if pin[0] in names]
    assert re.sub(r"(?m)^(?:[a-z0-9-]+==.*|    (?:--hash=sha256:[0-9a-f]{64}( \\)?|#.*))\n", "", lock) == ""
    # The installed packages require no others.
    required = {name for distribution in names for name in _required(distribution)}
    assert required <= names


def _required(name: str) -> set[str]:
    """The packages that an installed package requires on this machine."""
    try:
        lines = metadata.distribution(name).requires or []
    except metadata.PackageNotFoundError:  # of another system
        return set()
    requirements = [Requirement(line) for line in lines]
    return {
        canonicalize_name(requirement.name)
        for requirement in requirements
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    }


def test_a_lock_file_without_a_package_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the lock: absent"):
        reduced_lock("a==1 \\\n    --hash=sha256:0\n    # via x\n", ["A", "absent"])


@pytest.mark.parametrize(
    ("record", "requirement"),
    [
        (
            {"url": "https://code.example/d.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "curated-paper-digest @ git+https://code.example/d.git@abc",
        ),
        ({"url": "https://x.example/d-1.whl"}, "curated-paper-digest @ https://x.example/d-1.whl"),
    ],
)
def test_a_package_of_another_machine_is_installed_from_its_address(record: dict[str, Any], requirement: str) -> None:
    assert _from_direct_url(record) == Package(requirement)


def test_a_local_wheel_is_stored_in_the_digest(tmp_path: Path) -> None:
    wheel = tmp_path / "d 1.whl"
    wheel.write_bytes(b"wheel")
    package = _from_direct_url({"url": wheel.as_uri()})
    assert package.requirement == f"./wheels/d 1.whl --hash=sha256:{hashlib.sha256(b'wheel').hexdigest()}"
    assert managed_files(package)["wheels/d 1.whl"] == b"wheel"
    wheel.unlink()
    with pytest.raises(PackageNotFound, match="no longer exists; install the generator again"):
        _from_direct_url({"url": wheel.as_uri()})


def test_files_of_this_project_alone_are_not_managed() -> None:
    files = managed_files(PACKAGE)
    assert {"Makefile", "requirements.lock", "requirements.txt", ".gitlab-ci.yml"} <= files.keys()
    assert ".github/workflows/tests.yml" not in files
    assert not {MARK, *ICONS} & files.keys(), "these belong to the group"
    assert list(files) == sorted(files)
