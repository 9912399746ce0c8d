"""The folder in which a site is built, and what is known of the files in it and in the site in place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build.cache import Cache, Change
from generator.build.output import Manifest, OutputFolder, intact_files, pack_manifest, unpack_manifest
from generator.build.task import hash_of
from generator.site.publish import previous_of, put_by, spare_of, staging_folder

INPUT = "input"
"""The kind under which the cache keeps, for each folder, a hash of all that the site in it was built from."""

_BUILT = "built"
_LAST = "last"
"""Stands for the folder of the site that was built last, wherever it is now."""


class StagingFolder:
    """The folder for the next ``site``. ``old`` are the files of the site in place that are as they were written."""

    def __init__(self, site: Path, folder: Path, cache: Cache) -> None:
        self.site, self.path, self._cache = site, folder, cache
        self.old: Manifest = intact_files(os.fspath(site), manifest_of(site, site, cache))
        self.output = OutputFolder(folder, manifest_of(folder, site, cache))

    def intact(self, path: str) -> bytes:
        """The hash of a file of the site in place if it is as it was written, or nothing."""
        stored = self.old.get(path)
        return stored.hash if stored else b""

    def discard(self) -> None:
        """Delete the folder and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def keep_manifest(self, manifest: Manifest) -> None:
        """Let the cache know what is in this folder, not yet of what it was built, and forget folders that are gone."""
        folders = [self.path, self.site, previous_of(self.site), spare_of(self.site)]
        known = {key for folder in folders if (key := key_of(folder))}
        kind = _manifests(self.site)
        gone = [key for key in self._cache.keys(kind) if key not in known and key != _LAST]
        key, packed = key_of(self.path), pack_manifest(manifest)
        self._cache.put_all(Change(kind, {key: packed, _LAST: key.encode()}, gone), Change(INPUT, {}, [key]))


@contextmanager
def staging(site: Path, cache: Cache) -> Iterator[StagingFolder]:
    """Prepare to build a ``site``. What is left of the folder in the end serves the next build."""
    folder = staging_folder(site)
    try:
        yield StagingFolder(site, folder, cache)
    finally:
        put_by(folder, site)


def note_built(site: Path, folder: Path, cache_folder: Path) -> None:
    """Remember that a build of ``site`` on this machine writes ``folder``; forget folders that are gone.

    It is kept apart from what versions of the program cache, since a new version may be what is rolled back.
    """
    cache = Cache(cache_folder / _BUILT)
    known = {key_of(place) for place in (folder, site, previous_of(site), spare_of(site))}
    cache.put(_BUILT, {key_of(folder): b""}, drop=[key for key in cache.keys(_BUILT) if key not in known])
    cache.close()


def was_built(folder: Path, cache_folder: Path) -> bool:
    """Whether a build on this machine wrote the folder, so that it is no folder that somebody added to a repository."""
    cache = Cache(cache_folder / _BUILT)
    try:
        return key_of(folder) in cache.keys(_BUILT)
    finally:
        cache.close()


def manifest_of(folder: Path, site: Path, cache: Cache) -> Manifest:
    """What the cache knows of the files in a folder: the ``site`` or one beside it.

    It only says what to expect there: a file with another stamp is hashed before it is believed.
    """
    key, kind = key_of(folder), _manifests(site)
    data = cache.get(kind, key) if key else None
    if data is None and key and folder == site:  # copied to another machine together with the cache, perhaps
        data = cache.get(kind, (cache.get(kind, _LAST) or b"").decode("utf-8", "replace"))
    return unpack_manifest(data)


def key_of(folder: Path) -> str:
    """What tells a folder from others wherever it is moved, its inode; nothing if there is none."""
    with suppress(OSError):
        seen = folder.lstat()
        return f"{seen.st_dev}:{seen.st_ino}"
    return ""


def _manifests(site: Path) -> str:
    """The kind under which the cache keeps the manifests of a site and of the folders beside it, by ``key_of``."""
    return f"manifests of {hash_of(os.fsencode(site)).hex()}"
