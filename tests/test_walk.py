"""A random walk: after each edit of the project or its site, a build gives the bytes of a clean build.

``DIGEST_WALK`` is the number of steps; ``make torture`` takes 300, on the toy content and on 60 entries of the digest.
"""

import os
import random
import shutil
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import pytest

from generator.build.cache import cache_folder
from generator.build.executors import cores
from generator.commands import build, rollback, site_builder
from generator.commands.build_options import BuildOptions
from tests.conftest import ROOT, TOY
from tests.support.random_edits import Editor

STEPS = int(os.environ.get("DIGEST_WALK", "60"))
SEED = int(os.environ.get("DIGEST_SEED", "1"))
_ENTRIES = 60

Tree = dict[str, bytes]
"""The files of a folder by path, by hashes of their bytes; links and empty folders by what they are."""


def _tree(folder: Path) -> Tree:
    tree: Tree = {}
    for path, folders, names in os.walk(folder):
        below = Path(path).relative_to(folder)
        if not folders and not names:
            tree[below.as_posix()] = b"empty folder"
        for name in names:
            file = Path(path, name)
            is_plain = file.is_file() and not file.is_symlink()
            tree[(below / name).as_posix()] = blake2b(file.read_bytes()).digest() if is_plain else b"no file"
        for name in folders:
            if Path(path, name).is_symlink():
                tree[(below / name).as_posix()] = b"link"
    return tree


class Walk:
    """A project that is edited and built step by step."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, seed: int) -> None:
        self.folder, self.site = folder, folder / "site"
        self._chance = random.Random(seed)
        self._editor = Editor(folder, seed)
        self._patch = patch
        self._clean: dict[bytes, tuple[int, Tree]] = {}
        self._good = folder.with_name("good")
        self.done: list[str] = []

    def step(self) -> None:
        """Edit, disturb, build, and compare with a clean build."""
        edits = [self._editor.edit() for _ in range(self._chance.choice((1, 1, 1, 2, 3)))]
        options = BuildOptions(
            Path("content"),
            Path("site"),
            quarantine=self._chance.random() < 0.05,
            preview=self._chance.random() < 0.05,
        )
        before = _tree(self.site)
        disturbance = self._disturb(options)
        self.done.append("; ".join([*edits, disturbance]))
        code, tree = self._clean_build(options)
        if disturbance.startswith("killed"):
            assert _tree(self.site) in (before, tree), "a killed build left a broken site"
        tree_before = _tree(self.site)
        workers = min(cores(), self._chance.choice((1, 1, 1, 2)))
        with self._clock(), self._workers(workers):
            assert build.run(options) == code, "another exit code than that of a clean build"
        tree_now = _tree(self.site)
        if code:
            assert tree_now == tree_before, "a build that failed changed the site"
            self._undo()
            return
        self._compare(tree_now, tree)
        self._remember()

    def _compare(self, tree_now: Tree, tree: Tree) -> None:
        wrong = sorted(path for path in tree_now.keys() | tree.keys() if tree_now.get(path) != tree.get(path))
        assert wrong == [], f"{len(wrong)} files are not those of a clean build: {wrong[:9]}"

    def _disturb(self, options: BuildOptions) -> str:
        what = self._chance.random()
        if what < 0.1:
            return f"rollback {rollback.command(Namespace(site_dir=Path('site')))}"
        if what < 0.25:
            return f"killed at {self._kill(options)}"
        if what < 0.28:
            shutil.rmtree(cache_folder(Path()), ignore_errors=True)
            return "cache deleted"
        if what < 0.31:
            for path in sorted(cache_folder(Path()).glob("*.sqlite*")):
                with path.open("r+b") as file:
                    file.truncate(path.stat().st_size // 2)
            return "cache cut"
        return ""

    def _kill(self, options: BuildOptions) -> int:
        """Kill a build before it opens, renames or removes one more file."""
        number = int(10 ** self._chance.uniform(0, 3.2))
        child = os.fork()
        if child == 0:
            try:
                _die_at(number)
                with self._workers(1):
                    build.run(options)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        return number

    def _clean_build(self, options: BuildOptions) -> tuple[int, Tree]:
        """A build with no cache to another folder, or what it gave before for the same project."""
        inputs = {name: _tree(self.folder / name) for name in ("content", "theme")}
        key = repr((options, inputs, (self.folder / "mkdocs.yml").read_bytes())).encode()
        key = blake2b(key).digest()
        if key not in self._clean:
            clean = self.folder.with_name("clean")
            with self._patch.context() as patch, self._workers(1):
                patch.setenv("DIGEST_CACHE", str(clean / "cache"))
                code = build.run(options._replace(site=clean / "site"))
            self._clean[key] = code, _tree(clean / "site")
            shutil.rmtree(clean, ignore_errors=True)
        return self._clean[key]

    @contextmanager
    def _workers(self, number: int) -> Iterator[None]:
        with self._patch.context() as patch:
            patch.setattr(site_builder, "cores", lambda: number)
            yield

    @contextmanager
    def _clock(self) -> Iterator[None]:
        """Now and then the clock is set back or forward."""
        shift = self._chance.choice((0, 0, 0, -86_400, 86_400, -3))
        now = time.time_ns
        with self._patch.context() as patch:
            patch.setattr(time, "time_ns", lambda: now() + shift * 10**9)
            yield

    def _remember(self) -> None:
        shutil.rmtree(self._good, ignore_errors=True)
        for name in ("content", "theme"):
            shutil.copytree(self.folder / name, self._good / name, symlinks=True)
        shutil.copy2(self.folder / "mkdocs.yml", self._good)

    def _undo(self) -> None:
        """Take back edits that cannot be built, as a person does after an error message."""
        for name in ("content", "theme"):
            shutil.rmtree(self.folder / name)
            shutil.copytree(self._good / name, self.folder / name, symlinks=True)
        shutil.copy2(self._good / "mkdocs.yml", self.folder)


def _die_at(number: int) -> None:
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if writes or event in {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "shutil.rmtree", "ctypes.dlsym"}:
            count += 1
            if count >= number:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _project(folder: Path, content: Path) -> Path:
    """A project with a copy of the theme, whose digest is in German and has no cards."""
    folder.mkdir()
    shutil.copytree(ROOT / "theme", folder / "theme")
    shutil.copytree(content, folder / "content")
    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("language: en", "language: de")
    (folder / "mkdocs.yml").write_text(text.replace("social_cards: true", "social_cards: false"), "utf-8")
    return folder


def _some_entries(folder: Path) -> Path:
    """The digest's content with a few of its entries, and without the list of its addresses."""
    ignored = shutil.ignore_patterns("papers", "permalinks.txt")
    shutil.copytree(ROOT / "content", folder, ignore=ignored)
    entries = random.Random(SEED).sample(sorted((ROOT / "content/papers").glob("*/*.yaml")), _ENTRIES)
    for path in entries:
        copy = folder / path.relative_to(ROOT / "content")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    return folder


def _walk(folder: Path, patch: pytest.MonkeyPatch, steps: int) -> None:
    patch.chdir(folder)
    patch.setenv("DIGEST_CACHE", str(folder.with_name("caches")))
    walk = Walk(folder, patch, SEED)
    walk._remember()
    for number in range(steps):
        try:
            walk.step()
        except BaseException as error:
            history = "\n".join(f"{n}: {what}" for n, what in enumerate(walk.done, start=1))
            error.add_note(f"step {number + 1} of the walk with DIGEST_SEED={SEED}:\n{history}")
            raise


@pytest.mark.long
def test_after_each_step_a_site_equals_a_clean_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _walk(_project(tmp_path / "project", TOY), monkeypatch, STEPS)


@pytest.mark.long
@pytest.mark.skipif("DIGEST_WALK" not in os.environ, reason="`make torture` walks over real entries")
def test_so_it_does_with_real_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _walk(_project(tmp_path / "project", _some_entries(tmp_path / "some")), monkeypatch, STEPS)
