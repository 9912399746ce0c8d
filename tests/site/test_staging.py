"""The staging folder, its manifest, and the record of the folders that were built on this machine."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.task import File, hash_of
from generator.site.publish import MARKER, MARKER_FILE, publish, spare_of
from generator.site.staging import (
    INPUT_HASHES,
    key_of,
    manifest_of,
    manifests_kind,
    record_build,
    staging,
    was_built_here,
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def _publish(site: Path, cache: Cache, **files: bytes) -> None:
    with staging(site, cache) as folder:
        stored = {name: folder.output.store(File(name, data)) for name, data in files.items()}
        stored[MARKER] = folder.output.store(MARKER_FILE)
        folder.store_manifest(folder.output.finish((), stored, os.fspath(site), folder.published))
        publish(folder.path, site)


def test_a_build_knows_the_unmodified_files_of_the_site(tmp_path: Path, cache: Cache) -> None:
    site = tmp_path / "site"
    _publish(site, cache, a=b"1", b=b"2")
    (site / "b").write_bytes(b"edited")
    with staging(site, cache) as folder:
        assert folder.intact_hash("a") == hash_of(b"1")
        assert folder.intact_hash("b") == b""
        assert folder.intact_hash("missing") == b""


def test_a_site_copied_from_another_machine_has_the_manifest_of_the_last_build(tmp_path: Path, cache: Cache) -> None:
    site = tmp_path / "site"
    _publish(site, cache, a=b"1")
    site.rename(tmp_path / "moved")
    site.mkdir()
    (site / "a").write_bytes(b"1")
    assert key_of(site) != key_of(tmp_path / "moved")
    assert manifest_of(site, site, cache).keys() == {"a", MARKER}
    assert manifest_of(spare_of(site), site, cache) == {}


def test_a_new_manifest_drops_those_of_missing_folders_and_the_hash_of_inputs(tmp_path: Path, cache: Cache) -> None:
    site = tmp_path / "site"
    kind = manifests_kind(site)
    cache.put(kind, {"1:2": b""})
    with staging(site, cache) as folder:
        cache.put(INPUT_HASHES, {key_of(folder.path): b"inputs"})
        folder.store_manifest({})
        assert set(cache.keys(kind)) == {key_of(folder.path), "last"}
        assert cache.keys(INPUT_HASHES) == []


def test_the_remains_of_a_failed_build_serve_the_next_one(tmp_path: Path, cache: Cache) -> None:
    site = tmp_path / "site"
    with suppress(KeyError), staging(site, cache) as folder:
        folder.output.store(File("a", b"1"))
        raise KeyError
    assert (spare_of(site) / "a").read_bytes() == b"1"
    with staging(site, cache) as folder:
        assert (folder.path / "a").exists()
        folder.discard()
    assert not spare_of(site).exists()


def test_only_recorded_folders_count_as_built_here(tmp_path: Path) -> None:
    site, previous = tmp_path / "site", tmp_path / "site.previous"
    for folder in (site, previous):
        folder.mkdir()
    record_build(site, site, tmp_path / "cache")
    assert was_built_here(site, tmp_path / "cache")
    assert not was_built_here(previous, tmp_path / "cache")
    record_build(site, previous, tmp_path / "cache")
    assert was_built_here(site, tmp_path / "cache")
    site.rename(tmp_path / "elsewhere")
    assert was_built_here(tmp_path / "elsewhere", tmp_path / "cache")
    record_build(site, previous, tmp_path / "cache")
    assert not was_built_here(tmp_path / "elsewhere", tmp_path / "cache")


def test_staging_does_not_write_through_a_linked_folder(tmp_path: Path) -> None:
    """A pull request can add the spare folder with its marker."""
    outside, spare = tmp_path / "outside", spare_of(tmp_path / "site")
    (outside / "a").mkdir(parents=True)
    (outside / "a/index.html").write_text("precious", "utf-8")
    spare.mkdir()
    (spare / MARKER).touch()
    (spare / "papers").symlink_to(outside)
    with staging(tmp_path / "site", Cache()) as folder:
        folder.output.store(File("papers/a/index.html", b"new"))
        assert (folder.path / "papers/a/index.html").read_bytes() == b"new"
    assert (outside / "a/index.html").read_text("utf-8") == "precious"
