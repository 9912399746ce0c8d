"""A dated archive of the digest: its files with checksums, its changes, and metadata for registries.

The same files give the same bytes, and ``sha256sum -c`` verifies the unpacked files. Changes are those since another
archive or since a day. Metadata: CodeMeta (https://codemeta.github.io) and Zenodo.
"""

import gzip
import hashlib
import io
import json
import secrets
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.build.safe_files import PREFIX, SUFFIX, make_folder
from generator.model.settings import Settings

CHECKSUMS = "manifest-sha256.txt"
"""The list of checksums in the archive, in the format of ``sha256sum``. It lists every file except itself."""
Record = dict[str, Any]
Records = Mapping[str, Record]
_MAX_RECORDS_SIZE = 256 << 20  # bytes of the records in an archive
_NEEDED = {"id", "title", "url", "added", "changed", "status"}  # what a list of changes reads of each record
# license names of settings, and their SPDX identifiers
_SPDX = {"CC BY 4.0": "CC-BY-4.0", "CC0": "CC0-1.0", "CC0 1.0": "CC0-1.0", "CC BY-SA 4.0": "CC-BY-SA-4.0", "MIT": "MIT"}


def files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Yield the regular files below a folder with their names in the archive, in order. Links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{prefix}/{path.relative_to(folder).as_posix()}", path


def checksums(files: Iterable[tuple[str, Path | bytes]]) -> str:
    """Return the list of checksums, sorted by name."""
    return "".join(f"{_sha256(content)}  {name}\n" for name, content in sorted(files, key=lambda file: file[0]))


def write_archive(path: Path, root: str, files: list[tuple[str, Path | bytes]], day: date) -> None:
    """Write the archive, with every file below ``root`` and dated ``day``. It is renamed when it is complete.

    Raises OSError if the folder is a symbolic link.
    """
    stamp = (day.toordinal() - 719163) * 86400  # 719163 is the ordinal of 1 January 1970
    make_folder(path.parent)
    # A pull request may add a link with a predictable name. The name is random, and mode x never follows a link.
    part = path.with_name(f"{PREFIX}{secrets.token_hex(16)}{SUFFIX}")
    try:
        with (
            part.open("xb") as raw,
            gzip.GzipFile("", "wb", 6, raw, mtime=stamp) as packed,  # no name and no clock in its header
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
        ):
            for name, content in sorted(files, key=lambda file: file[0]):
                data = content if isinstance(content, bytes) else content.read_bytes()
                # Owner and group stay 0 and unnamed, so that the archive does not depend on who writes it.
                info = tarfile.TarInfo(f"{root}/{name}")
                info.size, info.mtime, info.mode = len(data), stamp, 0o644
                archive.addfile(info, io.BytesIO(data))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def file_in_archive(path: Path, name: str) -> str:
    """Return the text of one file of an archive, whatever its root folder.

    Raises KeyError if it is missing, and ValueError if it is too large.
    """
    with tarfile.open(path, "r:gz") as archive:
        for member in archive:
            if member.isfile() and member.name.partition("/")[2] == name:
                content_file = archive.extractfile(member)
                assert content_file is not None
                data = content_file.read(_MAX_RECORDS_SIZE + 1)
                if len(data) > _MAX_RECORDS_SIZE:
                    raise ValueError(f"{name} is larger than {_MAX_RECORDS_SIZE:,} bytes")
                return data.decode("utf-8")
    raise KeyError(name)


def _sha256(content: Path | bytes) -> str:
    data = content if isinstance(content, bytes) else content.read_bytes()
    return hashlib.sha256(data).hexdigest()


def records_of(text: str) -> dict[str, Record]:
    """Return the records of JSON Lines by id. Raises ValueError if a line is not a paper's record."""
    try:
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except RecursionError:
        raise ValueError("a line is nested too deeply") from None
    if not all(isinstance(row, dict) and row.keys() >= _NEEDED for row in rows):
        raise ValueError("a line is not the record of a paper")
    return {str(row["id"]): row for row in rows}


def changes_between(before: Records, after: Records) -> Iterator[Record]:
    """Yield each new, changed and removed paper, with the fields that differ. A new id is reported as a renaming."""
    # Earlier ids stay in the aliases of a record, so a missing id among them is a renaming.
    renamed = {alias: paper for paper, record in after.items() for alias in record.get("aliases", ())}
    for paper in sorted({*before, *after}):
        old, new = before.get(paper), after.get(paper)
        if new is None and paper not in renamed:
            yield {"change": "removed", "id": paper, "title": before[paper]["title"]}
        elif new is None:
            yield {"change": "renamed", "id": paper, "to": renamed[paper]}
        elif old is None:
            yield _line("added", new)
        elif fields := sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
            yield {**_line("changed", new), "fields": fields}


def changes_since(day: date, records: Records) -> Iterator[Record]:
    """Yield the changes after a day, as far as the records show. A paper that has no record any more is not listed."""
    for paper in sorted(records):
        record = records[paper]
        if record["added"] > day.isoformat():
            yield _line("added", record)
        elif record["status"] == "removed" and record.get("status_date", "") > day.isoformat():
            yield _line("removed", record)
        elif record["changed"] > day.isoformat():
            yield _line("changed", record)


def _line(change: str, record: Record) -> Record:
    line = {"change": change, "id": record["id"], "title": record["title"], "url": record["url"]}
    return {**line, "date": record["added"] if change == "added" else record["changed"]}


def codemeta(settings: Settings, day: str, papers: int, version: str) -> str:
    """Return ``codemeta.json``: the digest as a data set, and the program that built its site."""
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
        "size": f"{papers} papers",
        "inLanguage": settings.language,
        "creator": [{"@type": "Organization", "name": settings.name, "url": settings.site_url}],
        "isBasedOn": {"@type": "SoftwareApplication", "name": "paper-digest", "softwareVersion": version},
    }
    return _text(fields)


def zenodo(settings: Settings, day: str, papers: int) -> str:
    """Return ``.zenodo.json``: https://developers.zenodo.org/#representation."""
    fields: dict[str, Any] = {
        "title": f"{settings.name}, {day}",
        "description": f"{settings.description} {papers} papers with their texts, records, references and site.",
        "upload_type": "dataset",
        "publication_date": day,
        "version": day,
        "language": {"en": "eng", "de": "deu"}.get(settings.language),
        "access_right": "open",
        "license": _SPDX.get(settings.license, "").lower() or None,
        "creators": [{"name": settings.name}],
        "keywords": ["research papers", "digest"],
        "related_identifiers": [
            {"identifier": settings.site_url, "relation": "isIdenticalTo", "resource_type": "dataset"}
        ],
    }
    return _text(fields)


def _text(fields: dict[str, Any]) -> str:
    stated = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(stated, ensure_ascii=False, indent=1) + "\n"
