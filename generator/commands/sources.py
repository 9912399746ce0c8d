"""Reads source files for ``parse`` and ``import``: decodes them, detects their kind, and reports failures."""

import argparse
import codecs
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.build.safe_files import read_at_most
from generator.commands.destination import printable
from generator.commands.verbosity import print_detail, print_note
from generator.importers.kinds import IMPORTERS, importer_named, recognize, refusal
from generator.importers.listing import REPAIRS
from generator.importers.raw_paper import Note, Options, Parsed
from generator.model.values import quoted

MAX_SIZE = 256 * 1024 * 1024
"""The maximum size of a file, in bytes."""
MAX_NOTES = 1000
"""The maximum number of printed notes on one file."""


def add_source_arguments(parser: argparse.ArgumentParser, nargs: str = "+") -> None:
    """Add the source files, and the options that describe them. ``nargs`` is argparse's: how many files are allowed."""
    parser.add_argument("files", nargs=nargs, type=Path, metavar="FILE", help="file to read")
    parser.add_argument(
        "--kind", choices=[importer.NAME for importer in IMPORTERS], help="kind of the file (default: detected)"
    )
    parser.add_argument("--origin", default="", help="name of the source in entries (default: from the file's name)")
    parser.add_argument("--year", type=int, help="year for dates without a year")
    parser.add_argument("--added", metavar="DATE", help="value of `added` for papers without a date")
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        choices=REPAIRS,
        help="keep LaTeX accents, LaTeX commands or formulas unchanged, or extract no links; may be repeated",
    )


def importer_options(arguments: argparse.Namespace) -> Options:
    """Return the importer options from the arguments of ``add_source_arguments``."""
    return Options(
        origin=arguments.origin,
        year=arguments.year,
        added=arguments.added,
        skipped_repairs=frozenset(arguments.keep),
        abstract=getattr(arguments, "abstract", False),
    )


class SourceFile(NamedTuple):
    """A file that was read, with the name of its importer."""

    path: Path
    importer: str
    parsed: Parsed


@dataclass
class Sources:
    """The files that were read. ``failures`` are messages about files that could not be read."""

    files: list[SourceFile] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def read_sources(files: list[Path], options: Options, kind: str | None) -> Sources:
    """Read each file with the importer that recognizes it, or with the importer whose name is ``kind``."""
    sources = Sources()
    for path in files:
        text = _read_text(path)
        if isinstance(text, Unreadable):
            sources.failures.append(f"{printable(path)}: {text.message}")
            continue
        if not kind and (reason := refusal(text)):
            sources.failures.append(f"{printable(path)}:1: {reason}")
            continue
        importer = importer_named(kind) if kind else recognize(text)
        if importer is None:
            sources.failures.append(f"{printable(path)}:1: unknown kind of source; name it with --kind")
            continue
        # The origin of ``acl_2025.xml`` and ``acl_2026.xml`` is ``acl``.
        origin = options.origin or path.stem.split("_")[0]
        parsed = importer.read(text, replace(options, origin=origin))
        # U+FFFD replaces bytes that cannot be decoded. Another program may have replaced them before.
        if "\ufffd" in text:
            line = text[: text.index("\ufffd")].count("\n") + 1
            parsed.notes.append(Note(line, "bytes that are not UTF-8 were replaced; the file may be cut"))
        sources.files.append(SourceFile(path, importer.NAME, parsed))
    return sources


@dataclass(frozen=True)
class Unreadable:
    """The reason why a file cannot be read."""

    message: str


def _read_text(path: Path) -> str | Unreadable:
    """Return the text of a file in any supported encoding, or the reason why it cannot be read."""
    try:
        data = read_at_most(path, MAX_SIZE, pipes=True)
    except OSError as error:
        return Unreadable(error.strerror or "cannot be read")
    if not data.strip():
        return Unreadable("the file is empty")
    text = _decode(data)
    # A file is binary if more than 5 % of its characters cannot be decoded.
    if "\0" in text or text.count("\ufffd") * 20 > len(text):
        return Unreadable("not a text file in UTF-8: open it in an editor and save it as UTF-8")
    return text


def _decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows-1252. Bytes that cannot be decoded become U+FFFD."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if text := _decode_utf16_without_mark(data):
        return text
    text = data.decode("utf-8-sig", "replace")
    # The file is in Windows-1252 if three conditions are true. Some bytes are invalid in UTF-8, and not only the last,
    # which may be that of a file that was cut. All other characters are ASCII. The file does not contain U+FFFD itself,
    # whose bytes in UTF-8 are EF BF BD.
    if "\ufffd" in text[:-1] and text.replace("\ufffd", "").isascii() and b"\xef\xbf\xbd" not in data:
        return data.decode("cp1252", "replace")
    return text


def _decode_utf16_without_mark(data: bytes) -> str:
    """Return the text of a file in UTF-16 without a byte order mark, or '' unless the encoding is certain.

    In UTF-16, ASCII characters have a zero byte: the first in big-endian, the second in little-endian. Text in UTF-8
    has no zero bytes.
    """
    head = data[: 1 << 16]
    even_zeros, odd_zeros = head[::2].count(0), head[1::2].count(0)
    if even_zeros and odd_zeros:
        return ""
    if max(even_zeros, odd_zeros) * 4 < len(head) // 2:  # fewer than a quarter of the characters
        return ""
    try:
        return data.decode("utf-16-be" if even_zeros else "utf-16-le")
    except UnicodeDecodeError:
        return ""


def print_report(sources: Sources, merged: int | None = None) -> None:
    """Print to stderr what was read, repaired and not imported. ``merged`` is the number of papers after merging."""
    repairs: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    for path, importer, parsed in sources.files:
        print_note(f"{printable(path)}: {importer}, {len(parsed.papers)} rows")
        for note in parsed.notes[:MAX_NOTES]:
            print(f"{printable(path)}:{note.line}: {printable(note.message)}", file=sys.stderr)
        if len(parsed.notes) > MAX_NOTES:
            print(f"{printable(path)}: {len(parsed.notes) - MAX_NOTES:,} more notes", file=sys.stderr)
        for item in sorted(parsed.unread, key=lambda item: item.line):
            print_detail(
                f"{printable(path)}:{item.line}: not imported: {printable(item.kind)}: {printable(quoted(item.text))}"
            )
        repairs.update(parsed.repairs)
        unread.update(item.kind for item in parsed.unread)
    for failure in sources.failures:
        print(failure, file=sys.stderr)
    row_counts = " + ".join(str(len(file.parsed.papers)) for file in sources.files)
    after_merging = "" if merged is None else f", {merged} papers after merging"
    print_note(f"{row_counts or 0} rows{after_merging}")
    repair_counts = ", ".join(f"{kind} {count}" for kind, count in sorted(repairs.items()) if count)
    print_note(f"repairs: {repair_counts or 'none'}")
    if unread:
        by_count = sorted(unread.items(), key=lambda item: (-item[1], item[0]))
        unread_counts = ", ".join(f"{kind} {count}" for kind, count in by_count)
        print_note(f"not imported: {unread_counts} (--verbose lists each with its line)")
