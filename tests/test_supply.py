"""What the project takes from others: pinned by hash, and named with its licence where it is shipped."""

import re
from pathlib import Path

from tests.conftest import ROOT


def test_every_locked_package_has_hashes() -> None:
    """A block a package: its pinned version, and at least one hash."""
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", "\n" + lock)[1:]
    assert len(blocks) > 50
    assert [block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


def test_no_lock_names_a_host_or_a_path() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links", lock)


def test_what_the_site_ships_of_others_is_named_with_its_licence(toy_site: Path) -> None:
    told = (toy_site / "assets/licenses.txt").read_text("utf-8")
    named = re.findall(r"^(?=\w+/)(.+)$", told, re.MULTILINE)
    patterns = [part.strip() for line in named for part in line.split(",")]
    shipped = {path.relative_to(toy_site).as_posix() for path in (toy_site / "assets").rglob("*") if path.is_file()}
    shipped |= {"pagefind/pagefind.js"}
    ours = {path.name for path in (ROOT / "theme/overrides/assets").rglob("*") if path.is_file()}
    unnamed = [
        path for path in sorted(shipped)
        if Path(path).name not in ours and not any(_matches(path, pattern) for pattern in patterns)
    ]  # fmt: skip
    assert unnamed == []


def _matches(path: str, pattern: str) -> bool:
    return path.startswith(pattern.removesuffix("*"))
