"""``digest bundle``: writes a dated archive of content, records, references and site, with checksums and changes."""

import argparse
import json
import sys
import tarfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from generator import __version__
from generator.build.safe_files import write_whole
from generator.commands.arguments import add_content_option, add_folder_option, add_site_option, project_settings
from generator.commands.check import problems_of
from generator.commands.destination import printable
from generator.commands.verbosity import add_verbosity_options, print_note
from generator.exports.bundle import (
    CHECKSUMS,
    changes_between,
    changes_since,
    checksums,
    codemeta,
    file_in_archive,
    files_below,
    records_of,
    write_archive,
    zenodo,
)
from generator.store.load import load

ABOUT = "write a dated archive of content, data files, bibliography and site, with checksums and a change list"
_SITE_FILES = ("papers.jsonl", "papers.bib")
"""Files of the site that the archive contains twice: in ``site/`` and at the top, where readers look first."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_content_option(parser)
    add_site_option(parser)
    add_folder_option(parser, "--out", Path("build"), "folder for the archive")
    parser.add_argument("--since", metavar="DATE|FILE", help="list the changes since a date or an earlier archive")
    parser.add_argument("--date", type=_archive_date, metavar="DATE", help="date of the archive (default: today)")
    add_verbosity_options(parser)


def _archive_date(text: str) -> date:
    """Return the date in an argument. Raises ArgumentTypeError if it cannot be that of an archive."""
    with suppress(ValueError):
        value = date.fromisoformat(text)
        if 1970 <= value.year <= 2105:  # gzip stores seconds since 1970 in 32 bits
            return value
    raise argparse.ArgumentTypeError(f"{text!r} is not a date from 1970 to 2105: write it as 2026-04-23")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    settings = project_settings()
    if settings is None:
        return 1
    site: Path = arguments.site_dir
    if missing := [name for name in _SITE_FILES if not (site / name).is_file()]:
        print(f"{site} has no {' and no '.join(missing)}: digest build makes them", file=sys.stderr)
        return 1
    loaded = load(arguments.content)
    try:
        records = records_of((site / "papers.jsonl").read_text("utf-8"))
    except ValueError as error:
        print(f"{printable(site)}/papers.jsonl: {error}; run digest build", file=sys.stderr)
        return 1
    if any(problem.is_error for problem in problems_of(loaded)):
        print("the content has errors; digest check lists them", file=sys.stderr)
        return 1
    # The content and the site in an archive must describe the same papers.
    if records.keys() != {paper.id for paper in loaded.content.papers}:
        print(f"{site} is not built from {arguments.content}: run digest build first", file=sys.stderr)
        return 1
    try:
        changes = _changes(arguments.since, records)
    # EOFError: the archive was cut. KeyError: it does not contain papers.jsonl.
    except (ValueError, OSError, EOFError, KeyError, tarfile.TarError) as error:
        print(f"--since {arguments.since}: neither a day (2026-04-23) nor an archive ({error})", file=sys.stderr)
        return 2
    # With --date, the same content and site give the same bytes on any day.
    day: date = arguments.date or date.today()
    root = f"digest-{day.isoformat()}"  # the folder in the archive
    # The path of each file in the archive, with the file to copy or the bytes to write.
    files: list[tuple[str, Path | bytes]] = [
        *files_below(arguments.content, "content"),
        *files_below(site, "site"),
        *((name, site / name) for name in _SITE_FILES),
        ("codemeta.json", codemeta(settings, day.isoformat(), len(records), __version__).encode()),
        (".zenodo.json", zenodo(settings, day.isoformat(), len(records)).encode()),
        ("changes.jsonl", _json_lines(changes)),
    ]
    files.append((CHECKSUMS, checksums(files).encode()))  # checksums of all files above
    arguments.out.mkdir(parents=True, exist_ok=True)
    archive = arguments.out / f"{root}.tar.gz"
    write_archive(archive, root, files, day)
    checksum = checksums([(archive.name, archive)])
    write_whole(arguments.out / f"{archive.name}.sha256", checksum.encode(), arguments.out)
    print(archive)
    print_note(
        f"{len(records)} papers, {len(changes)} changes, {len(files)} files, {archive.stat().st_size / 1e6:.1f} MB"
    )
    return 0


def _changes(since: str | None, records: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of ``changes.jsonl``: the changes of ``records`` since a day or an archive.

    Without ``since``, every paper is new. ``records`` are the papers of the site by id.

    Raises ValueError, OSError, EOFError, KeyError and tarfile.TarError.
    """
    if since is None:
        return list(changes_between({}, records))
    if Path(since).is_file():
        return list(changes_between(records_of(file_in_archive(Path(since), "papers.jsonl")), records))
    return list(changes_since(date.fromisoformat(since), records))


def _json_lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
