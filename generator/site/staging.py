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

INPUT = "input"
"""The cache kind that stores, for each folder, a hash of all inputs of the site in it."""

_BUILT = "built"
_LAST = "last"
"""The cache key for the folder of the last build, wherever it is now."""


class StagingFolder:
    """The folder for the next ``site``. ``old`` are the unmodified files of the published site."""

    def __init__(self, site: Path, folder: Path, cache: Cache) -> None:
        self.site, self.path, self._cache = site, folder, cache
        self.old: Manifest = intact_files(os.fspath(site), manifest_of(site, site, cache))
        self.output = OutputFolder(folder, manifest_of(folder, site, cache))

    def intact(self, path: str) -> bytes:
        """Return the hash of a file of the published site if it is unmodified, else empty bytes."""
        stored = self.old.get(path)
        return stored.hash if stored else b""

    def discard(self) -> None:
        """Delete the folder with its contents."""
        shutil.rmtree(self.path, ignore_errors=True)

    def store_manifest(self, manifest: Manifest) -> None:
        """Store the manifest of this folder in the cache, and drop entries of folders that no longer exist.

        The hash of inputs is removed in the same step: it is only valid once the build is complete.
        """
        folders = [self.path, self.site, previous_of(self.site), spare_of(self.site)]
        existing = {key for folder in folders if (key := key_of(folder))}
        # Two sites of a project share a cache, so each has a kind of its own.
        kind = manifests_kind(self.site)
        missing = [key for key in self._cache.keys(kind) if key not in existing and key != _LAST]
        key, packed = key_of(self.path), pack_manifest(manifest)
        self._cache.put_all(Change(kind, {key: packed, _LAST: key.encode()}, missing), Change(INPUT, {}, [key]))


@contextmanager
def staging(site: Path, cache: Cache) -> Iterator[StagingFolder]:
    """Provide the folder to build ``site`` in. Its remains become the spare folder of the next build."""
    folder = staging_folder(site)
    try:
        # Its files serve the next build even if this one fails.
        yield StagingFolder(site, folder, cache)
    finally:
        make_spare(folder, site)


def record_build(site: Path, folder: Path, cache_folder: Path) -> None:
    """Record that a build of ``site`` on this machine writes ``folder``; drop folders that no longer exist.

    The record is independent of the program version, since a rollback may follow an update of the program.
    """
    cache = Cache(cache_folder / _BUILT)
    existing = {key_of(path) for path in (folder, site, previous_of(site), spare_of(site))}
    cache.put(_BUILT, {key_of(folder): b""}, drop=[key for key in cache.keys(_BUILT) if key not in existing])
    cache.close()


def was_built_here(folder: Path, cache_folder: Path) -> bool:
    """Whether a build on this machine wrote the folder. A folder from a repository is not trusted."""
    cache = Cache(cache_folder / _BUILT)
    try:
        return key_of(folder) in cache.keys(_BUILT)
    finally:
        cache.close()


def manifest_of(folder: Path, site: Path, cache: Cache) -> Manifest:
    """Return the cached manifest of a folder: the ``site`` or one beside it.

    It only states what to expect: a file with another stamp is hashed before it is reused.
    """
    key, kind = key_of(folder), manifests_kind(site)
    data = cache.get(kind, key) if key else None
    if data is None and key and folder == site:  # the site and the cache may be copies from another machine
        data = cache.get(kind, (cache.get(kind, _LAST) or b"").decode("utf-8", "replace"))
    return unpack_manifest(data)


def key_of(folder: Path) -> str:
    """Return a key that survives renames, the device and inode of a folder; '' if it does not exist."""
    with suppress(OSError):
        # The inode survives a rename, and the swap of two folders is a rename.
        status = folder.lstat()
        return f"{status.st_dev}:{status.st_ino}"
    return ""


def manifests_kind(site: Path) -> str:
    """The cache kind for the manifests of a site and the folders beside it, by ``key_of``."""
    return f"manifests of {hash_of(os.fsencode(site)).hex()}"
