"""A dated archive of the digest: its files with checksums, its changes, and metadata for registries.

The same files give the same bytes, and ``sha256sum -c`` verifies the unpacked files. The changes are listed since an
earlier archive or since a day. The metadata are in the formats of CodeMeta (https://codemeta.github.io) and Zenodo.
"""

import gzip
import hashlib
import io
import json
import secrets
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.build.safe_files import TEMPORARY_PREFIX, TEMPORARY_SUFFIX, make_folder
from generator.model.settings import Settings

CHECKSUMS = "manifest-sha256.txt"
"""The list of checksums in the archive, in the format of ``sha256sum``. It lists every file except itself."""
Record = dict[str, Any]
"""The record of a paper in ``papers.jsonl``."""
Records = Mapping[str, Record]
"""The records of papers by id."""
Change = dict[str, Any]
"""A change of a paper: a line of ``changes.jsonl``."""
_MAX_FILE_SIZE = 256 << 20  # bytes in memory, about 80,000 records; a larger file in an archive is refused
_REQUIRED_FIELDS = {"id", "title", "url", "added", "changed", "status"}  # of a record, to list its changes
# SPDX identifiers of the license names in settings
_SPDX = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0", "CC0 1.0": "CC0-1.0", "CC BY-SA 4.0": "CC-BY-SA-4.0", "MIT": "MIT"}


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Yield each regular file below a folder, sorted: its name in the archive, below ``prefix``, and its path.

    Symbolic links are left out.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def checksums(files: Iterable[tuple[str, Path | bytes]]) -> str:
    """Return the text of the list of checksums, sorted by name. A file is its name, and its path or content."""
    return "".join(f"{_sha256(content)}  {name}\n" for name, content in sorted(files, key=lambda file: file[0]))


def write_archive(path: Path, root: str, files: list[tuple[str, Path | bytes]], day: date) -> None:
    """Write an archive with ``files`` in the folder ``root``, all dated ``day``. A write that fails leaves no file.

    Each of ``files`` is a name, and a path or the content. Raises OSError if the folder of ``path`` is a symbolic link.
    """
    modified = (day.toordinal() - date(1970, 1, 1).toordinal()) * 86400  # seconds since 1970, as tar and gzip store it
    make_folder(path.parent)
    # A pull request can add a link with a predictable name. This name is random, and mode x never follows a link.
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(16)}{TEMPORARY_SUFFIX}")
    try:
        with (
            temporary.open("xb") as raw_file,
            gzip.GzipFile("", "wb", 6, raw_file, mtime=modified) as gzip_file,  # without the name of the file
            tarfile.open(fileobj=gzip_file, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name, content in sorted(files, key=lambda file: file[0]):
                data = content if isinstance(content, bytes) else content.read_bytes()
                # TarInfo has no owner and group, so the archive does not depend on who writes it.
                info = tarfile.TarInfo(f"{root}/{name}")
                info.size, info.mtime, info.mode = len(data), modified, 0o644
                archive.addfile(info, io.BytesIO(data))
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def file_in_archive(path: Path, name: str) -> str:
    """Return the text of the file ``name`` in the root folder of an archive. The root folder may have any name.

    Raises KeyError if the file is missing, ValueError if it is too large or not UTF-8, and OSError, EOFError or
    tarfile.TarError if the archive cannot be read.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            for member in archive:
                if member.isfile() and member.name.partition("/")[2] == name:
                    reader = archive.extractfile(member)
                    assert reader is not None
                    data = reader.read(_MAX_FILE_SIZE + 1)
                    if len(data) > _MAX_FILE_SIZE:
                        raise ValueError(f"{name} is larger than {_MAX_FILE_SIZE:,} bytes")
                    return data.decode("utf-8")
    except zlib.error as error:
        raise tarfile.ReadError(f"the archive is damaged: {error}") from None
    raise KeyError(name)


def _sha256(content: Path | bytes) -> str:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha256(data).hexdigest()


def records_of(text: str) -> dict[str, Record]:
    """Return the records in a text of JSON Lines by id. Raises ValueError if a line is not a paper's record."""
    try:
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except RecursionError:
        raise ValueError("a line is nested too deeply") from None
    if not all(isinstance(row, dict) and row.keys() >= _REQUIRED_FIELDS for row in rows):
        raise ValueError("a line is not the record of a paper")
    return {str(row["id"]): row for row in rows}


def changes_between(before: Records, after: Records) -> Iterator[Change]:
    """Yield a change for each added, changed, renamed and removed paper, with the names of the changed fields.

    A renamed paper has a change ``renamed`` for its old id and a change ``added`` for its new one.
    """
    # The aliases of a record contain the earlier ids of the paper.
    new_ids = {alias: paper_id for paper_id, record in after.items() for alias in record.get("aliases", ())}
    for paper_id in sorted({*before, *after}):
        old, new = before.get(paper_id), after.get(paper_id)
        if new is None and paper_id not in new_ids:
            yield {"change": "removed", "id": paper_id, "title": before[paper_id]["title"]}
        elif new is None:
            yield {"change": "renamed", "id": paper_id, "to": new_ids[paper_id]}
        elif old is None:
            yield _change("added", new)
        elif fields := sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
            yield {**_change("changed", new), "fields": fields}


def changes_since(day: date, records: Records) -> Iterator[Change]:
    """Yield a change for each paper that was added, changed or removed after a day, by the dates of its record.

    Without an earlier archive, a paper whose record was deleted cannot be listed.
    """
    for _, record in sorted(records.items()):
        if record["added"] > day.isoformat():
            yield _change("added", record)
        elif record["status"] == "removed" and record.get("status_date", "") > day.isoformat():
            yield _change("removed", record)
        elif record["changed"] > day.isoformat():
            yield _change("changed", record)


def _change(change: str, record: Record) -> Change:
    fields = {"change": change, "id": record["id"], "title": record["title"], "url": record["url"]}
    return {**fields, "date": record["added"] if change == "added" else record["changed"]}


def codemeta(settings: Settings, day: str, paper_count: int, version: str) -> str:
    """Return ``codemeta.json``: the digest as a data set, and the program that built its site.

    ``day`` is the date of the archive (ISO 8601), ``version`` the version of the program.
    """
    fields: dict[str, Any] = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "Dataset",
        "name": settings.name,
        "description": settings.description,
        "identifier": f"{settings.site_url}#{day}",
        "url": settings.site_url,
        "codeRepository": settings.repository or None,
        "license": settings.license_url or settings.license or None,
        "version": day,
        "dateModified": day,
        "size": f"{paper_count} papers",
        "inLanguage": settings.language,
        "creator": [{"@type": "Organization", "name": settings.name, "url": settings.site_url}],
        "isBasedOn": {"@type": "SoftwareApplication", "name": "paper-digest", "softwareVersion": version},
    }
    return _json_text(fields)


def zenodo(settings: Settings, day: str, paper_count: int) -> str:
    """Return ``.zenodo.json``, with the fields of https://developers.zenodo.org/#representation."""
    fields: dict[str, Any] = {
        "title": f"{settings.name}, {day}",
        "description": f"{settings.description} {paper_count} papers with their texts, records, references and site.",
        "upload_type": "dataset",
        "publication_date": day,
        "version": day,
        "language": {"en": "eng", "de": "deu"}.get(settings.language),  # ISO 639-3
        "access_right": "open",
        "license": _SPDX.get(settings.license, "").lower() or None,
        "creators": [{"name": settings.name}],
        "keywords": ["research papers", "digest"],
        "related_identifiers": [
            {"identifier": settings.site_url, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ],
    }
    return _json_text(fields)


def _json_text(fields: dict[str, Any]) -> str:
    known_fields = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(known_fields, ensure_ascii=False, indent=1) + "\n"
