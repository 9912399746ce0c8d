"""The folder in which a site is built, and what is known of the files in it and in the site in place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.build.cache import Cache
from generator.build.output import Manifest, OutputFolder, intact_files, pack_manifest, unpack_manifest
from generator.site.publish import previous_of, put_by, spare_of, staging_folder

_MANIFEST = "manifest"
"""The kind under which the cache keeps the manifests of folders, by their inodes, which stay when a folder is moved."""


class StagingFolder:
    """The folder for the next ``site``. ``old`` are the files of the site in place that are as they were written."""

    def __init__(self, site: Path, folder: Path, cache: Cache) -> None:
        self.site, self.path, self._cache = site, folder, cache
        self.old: Manifest = intact_files(os.fspath(site), manifest_of(site, cache))
        self.output = OutputFolder(folder, intact_files(os.fspath(folder), manifest_of(folder, cache)))

    def is_intact(self, path: str) -> bool:
        """Whether a file of the site in place is as it was written."""
        return path in self.old

    def discard(self) -> None:
        """Delete the folder and what is in it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def keep_manifest(self, manifest: Manifest) -> None:
        """Let the cache know what is in this folder, and forget folders that are gone."""
        folders = [self.path, self.site, previous_of(self.site), spare_of(self.site)]
        known = {key for folder in folders if (key := _key(folder))}
        gone = [key for key in self._cache.keys(_MANIFEST) if key not in known]
        self._cache.put(_MANIFEST, {_key(self.path): pack_manifest(manifest)}, drop=gone)


@contextmanager
def staging(site: Path, cache: Cache) -> Iterator[StagingFolder]:
    """Prepare to build a ``site``. What is left of the folder in the end serves the next build."""
    folder = staging_folder(site)
    try:
        yield StagingFolder(site, folder, cache)
    finally:
        put_by(folder, site)


def manifest_of(folder: Path, cache: Cache) -> Manifest:
    """What the cache knows of the files in a folder."""
    key = _key(folder)
    return unpack_manifest(cache.get(_MANIFEST, key)) if key else {}


def _key(folder: Path) -> str:
    with suppress(OSError):
        seen = folder.lstat()
        return f"{seen.st_dev}:{seen.st_ino}"
    return ""
