"""``digest parse``: converts copied web pages to entries."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from generator.codec.merge import merge_records, propose_id
from generator.codec.venue_names import VenueResolver
from generator.commands.collection_draft import drafts_from_articles
from generator.commands.sources import add_source_arguments, importer_options, print_report, read_sources
from generator.commands.verbosity import add_verbosity_options
from generator.importers.raw_paper import Options, RawPaper
from generator.model.catalog import Content
from generator.model.record import Raw, RawRecord
from generator.store.entries import write_file
from generator.store.layout import paper_path, schema_reference
from generator.store.load import load
from generator.store.yaml_write import to_yaml
from generator.text.slug import MAX_SLUG, RESERVED, SLUG

ABOUT = "convert copied web pages to entries"
UNSORTED = "unsorted"
"""The folder in ``papers/`` for entries whose source does not name the venue."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_source_arguments(parser)
    add_verbosity_options(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the entries to this content folder")
    parser.add_argument("--jsonl", choices=["-"], help="write the papers to standard output, one JSON object per line")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    return run(
        arguments.files, importer_options(arguments), arguments.kind, arguments.out, as_jsonl=bool(arguments.jsonl)
    )


def run(files: list[Path], options: Options, kind: str | None, out: Path | None, *, as_jsonl: bool) -> int:
    """Convert ``files`` to entries: in the content folder ``out``, and with ``as_jsonl`` on stdout as JSON Lines.

    ``kind`` is the name of the importer; with None, it is recognized. Returns 1, with nothing written, if a file cannot
    be read or contains no paper.
    """
    sources = read_sources(files, options, kind)
    # An existing digest is read, so that the entries use the ids of its venues.
    content = load(out).content if out and out.is_dir() else Content()
    resolver = VenueResolver(content.series)
    papers = merge_records(_with_venue(paper, resolver) for file in sources.files for paper in file.parsed.papers)
    entries = with_ids(papers)
    print_report(sources, len(entries))
    if sources.failures or not all(file.parsed.papers for file in sources.files):
        print("nothing was written", file=sys.stderr)
        return 1
    if as_jsonl:
        for entry in entries:
            print(json.dumps(entry, ensure_ascii=False))
    if out is not None:
        written = sum(write_new_entry(entry, out) for entry in entries)
        print(f"{out}: {written} entries written, {len(entries) - written} files already exist", file=sys.stderr)
        _write_collections(entries, content, out)
    return 0


def _write_collections(entries: list[RawRecord], content: Content, out: Path) -> None:
    """Write a draft of a collection for each article among the sources of ``entries``. Existing files are kept."""
    for path, text in drafts_from_articles(entries, content, date.today()):
        is_new = not (out / path).exists() and write_file(out / path, text, out)
        print(f"{out}: {path} {'created: fill in the empty fields' if is_new else 'already exists'}", file=sys.stderr)


def _with_venue(paper: RawPaper, resolver: VenueResolver) -> RawRecord:
    """Return the fields of a paper. If the source names the venue in its own words, the field is the edition's id."""
    return {**paper.fields, "venue": resolver.edition_id(paper.venue)} if paper.venue else paper.fields


def with_ids(papers: list[RawRecord]) -> list[RawRecord]:
    """Return each paper with an id. The source's id is kept if it is a valid file name and no earlier paper has it."""
    given_ids = [_file_name(paper.get("id")) for paper in papers]
    # All ids of the sources are reserved first, so that no proposed id is that of a later paper.
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
    """Return an untrusted value if it is valid as the name of a file or folder in the content, else ''."""
    is_name = isinstance(value, str) and len(value) <= MAX_SLUG and SLUG.fullmatch(value) and value not in RESERVED
    return str(value) if is_name else ""


def write_new_entry(entry: RawRecord, out: Path) -> bool:
    """Write a raw entry into the content folder ``out``, without checking it.

    Returns False, and writes nothing, if the file exists: it may contain the work of a person.
    """
    # The venue is untrusted: it could be a path outside the content folder.
    path = paper_path(str(entry["id"]), _file_name(entry.get("venue")) or UNSORTED)
    fields = {key: value for key, value in entry.items() if key != "id"}
    if (out / path).exists():
        return False
    return write_file(out / path, to_yaml(fields, schema_reference(path)), out)
