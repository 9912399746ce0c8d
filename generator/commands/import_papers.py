"""``digest import``: records of papers into content/, whole or not at all."""

import argparse
import sys
from pathlib import Path

from generator.codec.decode import decode
from generator.codec.new_entry import merge_tellings
from generator.commands.arguments import add_content, add_sources, options
from generator.commands.parse import with_ids
from generator.commands.sources import read_sources, report
from generator.importers.raw_paper import Options
from generator.model.paper import Paper
from generator.model.record import RawRecord
from generator.store.load import load
from generator.store.save import entry_text, write_file
from generator.text.slug import folded

ABOUT = "take records of papers into the content folder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_sources(parser)
    add_content(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="another content folder to write to")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.files, options(arguments), arguments.kind, arguments.out or arguments.content)


def run(files: list[Path], told: Options, kind: str | None, out: Path) -> int:
    """Import ``files`` into the content folder ``out``. Entries that exist are left alone.

    Returns 1, with nothing written, if a file cannot be read or a record is not a good entry.
    """
    harvest = read_sources(files, told, kind)
    raw = merge_tellings(paper.fields for _, _, parsed in harvest.parsed for paper in parsed.papers)
    report(harvest, len(raw))
    known = load(out).content.papers if out.is_dir() else ()
    new, kept = _new_ones(raw, known)
    papers, faults = _decoded(with_ids(new))
    notes = any(parsed.notes for _, name, parsed in harvest.parsed if name == "jsonl")
    if harvest.failures or faults or notes:
        for fault in faults:
            print(fault, file=sys.stderr)
        print("nothing was imported", file=sys.stderr)
        return 1
    taken = {paper.id for paper in known}
    for paper in papers:
        if paper.id in taken:
            print(f"{paper.id}: the id is taken by another paper; nothing was imported", file=sys.stderr)
            return 1
    for paper in papers:
        path, text = entry_text(paper)
        write_file(out / path, text)
        print(f"added {path}")
    print(f"{len(papers)} added, {kept} were there already", file=sys.stderr)
    return 0


def _new_ones(raw: list[RawRecord], known: tuple[Paper, ...]) -> tuple[list[RawRecord], int]:
    """The records of papers that are not there yet, and how many are: by title or shared identifier."""
    titles = {folded(title) for paper in known for title in (paper.title, *paper.other_titles)}
    identifiers = {pair for paper in known for pair in paper.identifiers.items()}
    new = []
    for record in raw:
        same_title = folded(str(record.get("title", ""))) in titles
        same_id = any((kind, record.get(kind)) in identifiers for kind in ("arxiv", "doi", "openreview", "acl"))
        if not same_title and not same_id:
            new.append(record)
    return new, len(raw) - len(new)


def _decoded(raw: list[RawRecord]) -> tuple[list[Paper], list[str]]:
    papers, faults = [], []
    for record in raw:
        paper, problems = decode(Paper, record)
        if paper is not None:
            papers.append(paper)
        faults += [f"{record['id']}: {p.code} {p.message}\n    {p.hint}" for p in problems]
    return papers, faults
