"""Reads source files for ``parse`` and ``import``: decodes them, detects their kind, and reports failures."""

import argparse
import codecs
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build.safe_files import read_at_most
from generator.commands.destination import printable
from generator.commands.verbosity import print_detail, print_note
from generator.importers.kinds import IMPORTERS, by_name, recognize, refusal
from generator.importers.listing import REPAIRS
from generator.importers.raw_paper import Note, Options, Parsed
from generator.model.values import quoted

MAX_SIZE = 256 * 1024 * 1024
MAX_REMARKS = 1000
"""The maximum number of printed remarks on one file."""


def add_source_arguments(parser: argparse.ArgumentParser, number: str = "+") -> None:
    """Add the source files, as many as ``number`` (argparse's ``nargs``) allows, and the options that describe them."""
    parser.add_argument("files", nargs=number, type=Path, metavar="FILE", help="file to read")
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
        help="do not repair this kind of encoding damage; may be repeated",
    )


def options(arguments: argparse.Namespace) -> Options:
    """Return the importer options from the arguments of ``add_source_arguments``."""
    return Options(
        origin=arguments.origin,
        year=arguments.year,
        added=arguments.added,
        keep=frozenset(arguments.keep),
        abstract=getattr(arguments, "abstract", False),
    )


@dataclass
class Sources:
    """The records of all files. ``failures`` are messages about files that could not be read."""

    parsed: list[tuple[Path, str, Parsed]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def empty(self) -> list[Path]:
        """The files without any paper."""
        return [path for path, _, parsed in self.parsed if not parsed.papers]

    @property
    def lost(self) -> bool:
        """Whether a record of a file could not be read."""
        return any(note.lost for _, _, parsed in self.parsed for note in parsed.notes)


def read_sources(files: list[Path], options: Options, kind: str | None) -> Sources:
    """Read each file with the importer that recognizes it, or with the importer ``kind``."""
    sources = Sources()
    for path in files:
        text = _text(path)
        if isinstance(text, Unreadable):
            sources.failures.append(f"{printable(path)}: {text.message}")
            continue
        if not kind and (reason := refusal(text)):
            sources.failures.append(f"{path}:1: {reason}")
            continue
        importer = by_name(kind) if kind else recognize(text)
        if importer is None:
            sources.failures.append(f"{printable(path)}:1: unknown kind of source; name it with --kind")
            continue
        # ``acl_2025.xml`` is from ``acl``: what follows an underscore tells files of one source apart.
        origin = options.origin or path.stem.split("_")[0]
        parsed = importer.read(text, replace(options, origin=origin))
        # Characters that another program replaced before count as well: either way, text is lost.
        if "\ufffd" in text:
            line = text[: text.index("\ufffd")].count("\n") + 1
            parsed.notes.append(Note(line, "bytes that are not UTF-8 were replaced; the file may be cut"))
        sources.parsed.append((path, importer.NAME, parsed))
    return sources


@dataclass(frozen=True)
class Unreadable:
    """Why a file could not be read."""

    message: str


def _text(path: Path) -> str | Unreadable:
    try:
        data = read_at_most(path, MAX_SIZE, pipes=True)
    except OSError as error:
        return Unreadable(error.strerror or "cannot be read")
    if not data.strip():
        return Unreadable("the file is empty")
    text = _decoded(data)
    # More than five damaged characters in a hundred are a binary file, fewer a text with a few bad bytes.
    if "\0" in text or text.count("\ufffd") * 20 > len(text):
        return Unreadable("not a text file in UTF-8: open it in an editor and save it as UTF-8")
    return text


def _decoded(data: bytes) -> str:
    """Decode UTF-8, UTF-16, or, if the text has no character of several bytes in UTF-8, Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if text := _utf16_without_mark(data):
        return text
    text = data.decode("utf-8-sig", "replace")
    # A last character that cannot be decoded only shows that the file was cut.
    if "\ufffd" in text[:-1] and text.replace("\ufffd", "").isascii() and b"\xef\xbf\xbd" not in data:
        return data.decode("cp1252", "replace")
    return text


def _utf16_without_mark(data: bytes) -> str:
    """Decode UTF-16 without a byte order mark. Returns '' unless the encoding is certain.

    In UTF-16, every other byte of ASCII text is zero, at even or at odd positions only. Text in UTF-8 has no zeros.
    """
    head = data[: 1 << 16]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if bool(even) == bool(odd) or 4 * max(even, odd) < len(head) // 2:
        return ""
    try:
        return data.decode("utf-16-be" if even else "utf-16-le")
    except UnicodeDecodeError:
        return ""


def print_report(sources: Sources, merged: int | None = None) -> None:
    """Print to stderr what was read, repaired and left out. ``merged`` is the number of papers after merging."""
    repairs: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    for path, name, parsed in sources.parsed:
        print_note(f"{printable(path)}: {name}, {len(parsed.papers)} rows")
        for remark in parsed.notes[:MAX_REMARKS]:
            print(f"{printable(path)}:{remark.line}: {printable(remark.message)}", file=sys.stderr)
        if len(parsed.notes) > MAX_REMARKS:
            print(f"{printable(path)}: {len(parsed.notes) - MAX_REMARKS:,} more remarks", file=sys.stderr)
        for item in sorted(parsed.unread, key=lambda item: item.line):
            print_detail(
                f"{printable(path)}:{item.line}: not imported: {printable(item.kind)}: {printable(quoted(item.text))}"
            )
        repairs.update(parsed.repairs)
        unread.update(item.kind for item in parsed.unread)
    for failure in sources.failures:
        print(failure, file=sys.stderr)
    rows = [len(parsed.papers) for _, _, parsed in sources.parsed]
    row_sum = " + ".join(str(n) for n in rows)
    papers = "" if merged is None else f", {merged} papers after merging"
    print_note(f"{row_sum or 0} rows{papers}")
    repair_counts = ", ".join(f"{kind} {n}" for kind, n in sorted(repairs.items()) if n)
    print_note(f"repairs: {repair_counts or 'none'}")
    if unread:
        kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(unread.items(), key=lambda item: (-item[1], item[0])))
        print_note(f"not imported: {kinds} (--verbose lists each with its line)")
