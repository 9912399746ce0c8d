"""The folder in which a site is built, and the manifests of its files and of the published site."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build.cache import Cache, Change
from generator.build.output import Manifest, OutputFolder, intact_files, pack_manifest, unpack_manifest
from generator.build.task import hash_of
from generator.site.publish import make_spare, previous_of, spare_of, staging_folder

INPUT_HASHES = "input"
"""The cache kind that has, for each folder (by ``key_of``), a hash of all inputs of the site in it."""

_BUILT_FOLDERS = "built"
"""The name of the folder, below the cache folder, with the records of ``record_build``, and of their cache kind."""
_LAST_BUILD = "last"
"""The key, in the cache kind of manifests, whose value is the ``key_of`` of the last build's folder."""


class StagingFolder:
    """The folder in which the next ``site`` is built. ``published`` are the unmodified files of the published site."""

    def __init__(self, site: Path, folder: Path, cache: Cache) -> None:
        self.site, self.path, self._cache = site, folder, cache
        self.published: Manifest = intact_files(os.fspath(site), manifest_of(site, site, cache))
        self.output = OutputFolder(folder, manifest_of(folder, site, cache))

    def intact_hash(self, path: str) -> bytes:
        """Return the hash of the published site's file at ``path``; empty bytes if it is modified or missing."""
        stored = self.published.get(path)
        return stored.hash if stored else b""

    def discard(self) -> None:
        """Delete the folder with its contents."""
        shutil.rmtree(self.path, ignore_errors=True)

    def store_manifest(self, manifest: Manifest) -> None:
        """Store the manifest of this folder in the cache, and delete manifests of folders that no longer exist.

        The folder's hash of inputs is deleted in the same step: a folder has one only if its build is complete.
        """
        folders = [self.path, self.site, previous_of(self.site), spare_of(self.site)]
        existing = {key for folder in folders if (key := key_of(folder))}
        # Two sites of a project share a cache, so each has a kind of its own.
        kind = manifests_kind(self.site)
        outdated = [key for key in self._cache.keys(kind) if key not in existing and key != _LAST_BUILD]
        key, packed = key_of(self.path), pack_manifest(manifest)
        self._cache.put_all(
            Change(kind, {key: packed, _LAST_BUILD: key.encode()}, outdated), Change(INPUT_HASHES, {}, [key])
        )


@contextmanager
def staging(site: Path, cache: Cache) -> Iterator[StagingFolder]:
    """Provide the folder to build ``site`` in. If it is not published, it becomes the spare folder."""
    folder = staging_folder(site)
    try:
        yield StagingFolder(site, folder, cache)
    finally:
        # The next build reuses the files of a failed one. ``publish`` moves the folder, so that none is left here.
        make_spare(folder, site)


def record_build(site: Path, folder: Path, cache_folder: Path) -> None:
    """Record that a build of ``site`` on this machine writes ``folder``; delete records of folders that do not exist.

    The record does not depend on the version of the program: after an update, a rollback must still be possible.
    """
    cache = Cache(cache_folder / _BUILT_FOLDERS)
    existing = {key_of(path) for path in (folder, site, previous_of(site), spare_of(site))}
    cache.put(
        _BUILT_FOLDERS, {key_of(folder): b""}, drop=[key for key in cache.keys(_BUILT_FOLDERS) if key not in existing]
    )
    cache.close()


def was_built_here(folder: Path, cache_folder: Path) -> bool:
    """Whether a build on this machine wrote the folder. A folder from a repository is not trusted."""
    cache = Cache(cache_folder / _BUILT_FOLDERS)
    try:
        return key_of(folder) in cache.keys(_BUILT_FOLDERS)
    finally:
        cache.close()


def manifest_of(folder: Path, site: Path, cache: Cache) -> Manifest:
    """Return the cached manifest of a folder, which is ``site`` or a folder beside it.

    Files may have changed since: a file whose size, times or inode differ is hashed before it is reused.
    """
    key, kind = key_of(folder), manifests_kind(site)
    packed = cache.get(kind, key) if key else None
    # The site and the cache may be copies from another machine, where the folder had another key.
    if packed is None and key and folder == site:
        packed = cache.get(kind, (cache.get(kind, _LAST_BUILD) or b"").decode("utf-8", "replace"))
    return unpack_manifest(packed)


def key_of(folder: Path) -> str:
    """Return the device and inode of a folder as ``device:inode``; '' if the folder does not exist."""
    with suppress(OSError):
        # Both survive a rename, and the swap of two folders is a rename.
        status = folder.lstat()
        return f"{status.st_dev}:{status.st_ino}"
    return ""


def manifests_kind(site: Path) -> str:
    """The cache kind with the manifests of a site and of the folders beside it, by ``key_of``."""
    return f"manifests of {hash_of(os.fsencode(site)).hex()}"
