"""``digest parse``: converts copied web pages to entries."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from generator.codec.merge import merge_records, propose_id
from generator.codec.venue_names import VenueBook
from generator.commands.collection_draft import from_articles
from generator.commands.sources import add_source_arguments, options, print_report, read_sources
from generator.commands.verbosity import add_verbosity_options
from generator.importers.raw_paper import Options, RawPaper
from generator.model.catalog import Content
from generator.model.record import Raw, RawRecord
from generator.store.entries import write_file
from generator.store.layout import paper_path, schema_reference
from generator.store.load import load
from generator.store.yaml_write import write
from generator.text.slug import MAX_SLUG, RESERVED, SLUG

UNSORTED = "unsorted"


ABOUT = "convert copied web pages to entries"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_source_arguments(parser)
    add_verbosity_options(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the entries to this content folder")
    parser.add_argument("--jsonl", choices=["-"], help="write the papers to standard output, one JSON object per line")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(arguments.files, options(arguments), arguments.kind, arguments.out, as_lines=bool(arguments.jsonl))


def run(files: list[Path], import_options: Options, kind: str | None, out: Path | None, *, as_lines: bool) -> int:
    """Parse ``files``; write JSON Lines to stdout (``as_lines``) and entries below ``out``. Returns 1 if a file failed.

    Nothing is written if any file could not be read, or gave no paper at all.
    """
    sources = read_sources(files, import_options, kind)
    # Read only for its venues: editions get the ids that the digest has already.
    content = load(out).content if out and out.is_dir() else Content()
    book = VenueBook(content.series)
    papers = merge_records(_with_venue(paper, book) for _, _, parsed in sources.parsed for paper in parsed.papers)
    entries = with_ids(papers)
    print_report(sources, len(entries))
    if sources.failures or sources.empty:
        print("nothing was written", file=sys.stderr)
        return 1
    if as_lines:
        for entry in entries:
            print(json.dumps(entry, ensure_ascii=False))
    if out is not None:
        existing = [entry["id"] for entry in entries if not write_new_entry(entry, out)]
        print(
            f"{out}: {len(entries) - len(existing)} entries written, {len(existing)} files already exist",
            file=sys.stderr,
        )
        _write_collections(entries, content, out)
    return 0


def _write_collections(entries: list[RawRecord], content: Content, out: Path) -> None:
    """Draft a collection for each article, unless its file exists."""
    for path, text in from_articles(entries, content, date.today()):
        is_new = not (out / path).exists() and write_file(out / path, text, out)
        print(f"{out}: {path} {'created: fill in the empty fields' if is_new else 'already exists'}", file=sys.stderr)


def _with_venue(paper: RawPaper, book: VenueBook) -> RawRecord:
    """Return the fields of a paper. A venue in the words of its source becomes the id of an edition."""
    return {**paper.fields, "venue": book.edition_id(paper.venue)} if paper.venue else paper.fields


def with_ids(papers: list[RawRecord]) -> list[RawRecord]:
    """Return each paper with an id. An id from the source is kept if it is a valid file name and not used before."""
    given_ids = [_file_name(paper.get("id")) for paper in papers]
    # All given ids are reserved first, so that a proposed one cannot take the id of a later paper.
    reserved = {*RESERVED, *given_ids}
    used: set[str] = set()
    entries: list[RawRecord] = []
    for paper, paper_id in zip(papers, given_ids, strict=True):
        if not paper_id or paper_id in used:
            paper_id = propose_id(paper, reserved)
            reserved.add(paper_id)
        used.add(paper_id)
        entries.append({"id": paper_id, **{key: value for key, value in paper.items() if key != "id"}})
    return entries


def _file_name(value: Raw | None) -> str:
    """Return an untrusted value if it can name a file or folder of the digest, else ''."""
    is_name = isinstance(value, str) and len(value) <= MAX_SLUG and SLUG.fullmatch(value) and value not in RESERVED
    return str(value) if is_name else ""


def write_new_entry(entry: RawRecord, out: Path) -> bool:
    """Write a raw entry as a file below the content folder ``out``, unchecked.

    An existing file may contain a person's work. It is left unchanged, and the result is False.
    """
    # The venue of a source is untrusted, and must not lead to a folder outside.
    path = paper_path(str(entry["id"]), _file_name(entry.get("venue")) or UNSORTED)
    fields = {key: value for key, value in entry.items() if key != "id"}
    if (out / path).exists():
        return False
    return write_file(out / path, write(fields, schema_reference(path)), out)
