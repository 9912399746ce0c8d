"""Output folders: files are created, never written through a link at their path, and recognized by stamps."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.output import (
    Manifest,
    OutputFolder,
    intact_files,
    is_as_written,
    pack_manifest,
    unpack_manifest,
    write_exactly,
    write_file,
)
from generator.build.task import File
from generator.build.version import hash_of_files

FILES = {"a/x.txt": b"lines", "a/b/y.txt": b"other", "z.txt": b"more"}


def _written(folder: Path, files: dict[str, bytes]) -> Manifest:
    folder.mkdir(exist_ok=True)
    output = OutputFolder(folder)
    return {path: output.store(File(path, data)) for path, data in files.items()}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _folders(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir())


# --- a folder that holds exactly some files ----------------------------------------------------------------------


def test_changed_files_are_written_and_other_files_are_deleted(tmp_path: Path) -> None:
    files = [File("a/x", b"1"), File("b", b"2")]
    assert write_exactly(files, tmp_path) == (2, 0, 0)
    inode = (tmp_path / "b").stat().st_ino
    (tmp_path / "c/d").mkdir(parents=True)
    (tmp_path / "c/d/e").touch()
    assert write_exactly([File("a/x", b"3"), File("b", b"2")], tmp_path) == (1, 1, 1)
    assert _contents(tmp_path) == {"a/x": b"3", "b": b"2"}
    assert _folders(tmp_path) == ["a"]
    assert (tmp_path / "b").stat().st_ino == inode


def test_two_files_with_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"two files are a\.md"):
        write_exactly([File("a.md", b"x"), File("a.md", b"y")], tmp_path)


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    theirs, folder = tmp_path / "theirs", tmp_path / "folder"
    theirs.write_bytes(b"x")
    folder.mkdir()
    for path in ("soft", "a/soft"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).symlink_to(theirs)
    os.link(theirs, folder / "hard")
    write_exactly([File(path, b"x") for path in ("soft", "a/soft", "hard")], folder)
    write_file(str(folder), "hard", b"y")
    assert theirs.read_bytes() == b"x"
    assert not any(path.is_symlink() for path in folder.rglob("*"))


def test_a_file_replaces_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    _written(tmp_path, {"a": b"1", "b/c/d": b"2", "b/c/e": b"3"})
    write_file(str(tmp_path), "a/x/y", b"4")
    write_file(str(tmp_path), "b", b"5")
    assert _contents(tmp_path) == {"a/x/y": b"4", "b": b"5"}


# --- the next folder from the one before -------------------------------------------------------------------------


def _spoil(folder: Path, what: str) -> None:
    if what in {"edited", "cut"}:
        (folder / "a/x.txt").write_bytes({"edited": b"limes", "cut": b"li"}[what])
    elif what == "more":
        for path in ("a/b/more.txt", "c/d/e/more.txt"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(b"more")
    elif what == "less":
        shutil.rmtree(folder / "a/b")
    elif what == "a folder for a file":
        (folder / "z.txt").unlink()
        (folder / "z.txt").mkdir()
        (folder / "z.txt/x").write_bytes(b"x")
    elif what == "a file for a folder":
        shutil.rmtree(folder / "a")
        (folder / "a").write_bytes(b"x")
    elif what == "nested empty folders":
        (folder / "empty/below").mkdir(parents=True)
    elif what == "a link in a folder of its own":
        (folder / "b").mkdir()
        (folder / "b/link").symlink_to(folder)
    elif what == "a link for a file":
        (folder / "z.txt").unlink()
        (folder / "z.txt").symlink_to(folder / "a/x.txt")


_ADDED = ["more", "nested empty folders", "a link in a folder of its own"]
_SPOILT = [
    *_ADDED,
    "edited",
    "cut",
    "less",
    "a folder for a file",
    "a file for a folder",
    "a link for a file",
]


@pytest.mark.parametrize("what", ["missing", "as it was", *_SPOILT])
def test_unchanged_files_are_copied_whatever_the_spare_folder_contains(what: str, tmp_path: Path) -> None:
    """The folder then contains copies, so changing one folder does not change the other."""
    site, spare = tmp_path / "site", tmp_path / "spare"
    manifest = _written(site, FILES)
    spare.mkdir()
    present: Manifest = {}
    if what != "missing":
        present = _written(spare, FILES)
        _spoil(spare, what)
    output = OutputFolder(spare, intact_files(str(spare), present))
    stored = {"new": output.store(File("new", b"new"))}
    finished = output.finish(["a/x.txt", "z.txt"], stored, str(site), manifest)
    assert _contents(spare) == {"a/x.txt": b"lines", "z.txt": b"more", "new": b"new"}
    assert _folders(spare) == ["a"]
    assert is_as_written(str(spare), finished)
    assert {path: file.size for path, file in finished.items()} == {"a/x.txt": 5, "z.txt": 4, "new": 3}
    assert _contents(site) == FILES
    assert not any((spare / path).samefile(site / path) for path in ("a/x.txt", "z.txt"))


def test_a_file_that_the_build_rewrote_is_copied_again(tmp_path: Path) -> None:
    """A build that finds a dead link builds the pages once more."""
    manifest = _written(tmp_path / "site", FILES)
    present = _written(tmp_path / "spare", FILES)
    output = OutputFolder(tmp_path / "spare", present)
    output.store(File("z.txt", b"with a dead link"))
    finished = output.finish(FILES, {}, str(tmp_path / "site"), manifest, {"z.txt"})
    assert _contents(tmp_path / "spare") == FILES
    assert is_as_written(str(tmp_path / "spare"), finished)


def test_many_files_are_copied_by_several_processes(tmp_path: Path) -> None:
    files = {f"{number % 7}/{number}": str(number).encode() for number in range(5_001)}
    manifest = _written(tmp_path / "site", files)
    spare = tmp_path / "spare"
    spare.mkdir()
    finished = OutputFolder(spare).finish(files, {}, str(tmp_path / "site"), manifest)
    assert _contents(spare) == files
    assert is_as_written(str(spare), finished)


@pytest.mark.parametrize("what", _SPOILT)
def test_a_manual_change_is_noticed(what: str, tmp_path: Path) -> None:
    manifest = _written(tmp_path, FILES)
    assert is_as_written(str(tmp_path), manifest)
    _spoil(tmp_path, what)
    assert not is_as_written(str(tmp_path), manifest)
    intact = intact_files(str(tmp_path), manifest)
    contents = _contents(tmp_path)
    assert {path: contents.get(path) for path in intact} == {path: FILES[path] for path in intact}
    assert (intact.keys() == FILES.keys()) == (what in _ADDED)


def test_a_change_with_the_old_size_and_time_is_noticed(tmp_path: Path) -> None:
    manifest = _written(tmp_path, FILES)
    path = tmp_path / "a/x.txt"
    seen = path.stat()
    path.write_bytes(b"limes")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert "a/x.txt" not in intact_files(str(tmp_path), manifest)


def test_a_touched_or_copied_file_is_recognized_by_its_hash(tmp_path: Path) -> None:
    """A site that a build server restored has the same bytes and other times."""
    manifest = _written(tmp_path / "site", FILES)
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    intact = intact_files(str(tmp_path / "copy"), manifest)
    assert {path: stored.hash for path, stored in intact.items()} == {
        path: stored.hash for path, stored in manifest.items()
    }
    assert is_as_written(str(tmp_path / "copy"), intact)
    assert intact_files(str(tmp_path / "nowhere"), manifest) == {}


def test_a_manifest_is_decoded_as_it_was_encoded(tmp_path: Path) -> None:
    manifest = _written(tmp_path, FILES)
    data = pack_manifest(manifest)
    assert unpack_manifest(data) == manifest
    spoils: list[Callable[[bytes], bytes]] = [
        lambda _: b"",
        lambda d: d[:-1],
        lambda d: d + b"x",
        lambda _: b"\x90\xc1",
    ]
    for spoil in spoils:
        assert unpack_manifest(spoil(data)) == {}
    assert unpack_manifest(None) == {}
    assert not is_as_written(str(tmp_path), {})


# --- what a site was built from ----------------------------------------------------------------------------------


def test_unusual_names_and_dead_links_are_hashed(tmp_path: Path) -> None:
    """Names that are not UTF-8 and dead links are no errors."""
    odd = tmp_path / os.fsdecode(b"a\xff.yaml")
    odd.write_text("a", "utf-8")
    (tmp_path / "link.yaml").symlink_to("nowhere")
    before = hash_of_files(tmp_path.rglob("*"))
    odd.write_text("b", "utf-8")
    assert hash_of_files(tmp_path.rglob("*")) != before


def test_the_target_of_a_link_is_read_only_if_links_are_followed(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("a", "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/link.yaml").symlink_to(there)
    before = [hash_of_files((tmp_path / "content").iterdir(), follow_links=follow) for follow in (False, True)]
    there.write_text("b", "utf-8")
    after = [hash_of_files((tmp_path / "content").iterdir(), follow_links=follow) for follow in (False, True)]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_write_exactly_does_not_write_through_a_linked_folder(tmp_path: Path) -> None:
    """A pull request can add an output folder with its marker."""
    outside = tmp_path / "outside"
    (outside / "a").mkdir(parents=True)
    (outside / "a/index.html").write_text("precious", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/papers").symlink_to(outside)
    write_exactly([File("papers/a/index.html", b"new")], tmp_path / "docs")
    assert (outside / "a/index.html").read_text("utf-8") == "precious"
    assert (tmp_path / "docs/papers/a/index.html").read_bytes() == b"new"
