"""``digest import``: imports records of papers into the content folder.

A record of a paper that has an entry adds fields to the entry. Existing fields do not change.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from generator.commands.add import user_agent
from generator.commands.arguments import add_abstract_option, add_content_option, add_folder_option, project_settings
from generator.commands.destination import printable
from generator.commands.intake import IncomingRecord, Intake
from generator.commands.messages import format_problems
from generator.commands.sources import add_source_arguments, importer_options, print_report, read_sources
from generator.commands.verbosity import Progress, add_verbosity_options, print_note, progress
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.client import Client, FetchFailed
from generator.importers.kinds import recognize
from generator.importers.raw_paper import Options
from generator.model.record import RawRecord
from generator.store.load import load
from generator.text.slug import slugify

_PAUSE = 3.0
"""Seconds between two requests to a host, the interval that arXiv requires."""
_MAX_AGE = 3600.0
"""Seconds for which the cached response of an address is used. The addresses are lists that change every day."""

ABOUT = "import bibliographies and saved API responses into the content folder"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_source_arguments(parser, "*")
    parser.add_argument("--listed", action="store_true", help="also import the URLs in extra.imports of mkdocs.yml")
    add_folder_option(parser, "--cache", FETCH_CACHE, "folder for cached responses")
    parser.add_argument(
        "--topic", action="append", default=[], metavar="ID", help="topic of entries that have none; may be repeated"
    )
    parser.add_argument("--strict", action="store_true", help="import nothing if a record cannot be imported")
    add_verbosity_options(parser)
    add_abstract_option(parser)
    add_content_option(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="write to another content folder")


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 2 for wrong usage, 1 if an address returns no records, else the result of ``run``."""
    options, out, topics = importer_options(arguments), arguments.out or arguments.content, tuple(arguments.topic)
    # Checked before anything is read or fetched.
    if unknown := _unknown_topic(topics, out):
        print(unknown, file=sys.stderr)
        return 2
    if not arguments.listed:
        if not arguments.files:
            print("digest import: name a FILE, or use --listed", file=sys.stderr)
            return 2
        return run(arguments.files, options, arguments.kind, out, topics, strict=arguments.strict)
    settings = project_settings()
    if settings is None:
        return 1
    if not settings.imports and not arguments.files:
        print("mkdocs.yml: nothing below extra.imports, so there is nothing to import", file=sys.stderr)
        return 0
    with (
        tempfile.TemporaryDirectory(prefix="digest-import-") as folder,
        Client(user_agent(settings), ResponseCache(arguments.cache)) as client,
    ):
        fetched = fetch(settings.imports, options, client, Path(folder))
        if fetched is None:
            print("nothing was imported", file=sys.stderr)
            return 1
        return run([*arguments.files, *fetched], options, arguments.kind, out, topics, strict=arguments.strict)


def _unknown_topic(topics: Sequence[str], content: Path) -> str:
    """Return a message about the first of ``topics`` that the digest does not have, or ''."""
    known = [topic.id for topic in load(content).content.topics] if topics else []
    for topic in topics:
        if topic not in known:
            similar = get_close_matches(topic, known, 1, 0)  # with the cutoff 0, the most similar topic is always found
            hint = f"did you mean {similar[0]}?" if similar else "write a file for it first"
            return f"--topic {printable(topic)}: there is no such file in {printable(content)}/topics; {hint}"
    return ""


def fetch(addresses: Sequence[str], options: Options, client: Client, folder: Path) -> list[Path] | None:
    """Save the responses of ``addresses`` in ``folder``. Returns the files, or None, with a message, if one fails."""
    files: list[Path] = []
    failed = False
    with progress(len(addresses), "addresses") as bar:
        # If an address fails, the others are fetched nevertheless, so that one run reports all failures.
        for number, address in enumerate(addresses, start=1):
            try:
                text = client.get(address, _PAUSE, lambda text: _response_fault(text, options), _MAX_AGE)
            except FetchFailed as failure:
                print(f"{address}: {failure}", file=sys.stderr)
                failed = True
            else:
                # ``read_sources`` uses the file's name, up to the first underscore, as the name of the source.
                path = folder / f"{slugify(urlsplit(address).hostname or '') or 'web'}_{number}.txt"
                path.write_text(text, "utf-8")
                files.append(path)
            bar.advance()
    return None if failed else files


def _response_fault(text: str, options: Options) -> str:
    """Return a message about a response without a readable record, or one that was cut within a record; else ''."""
    importer = recognize(text)
    if importer is None:
        return "it contains no records"
    parsed = importer.read(text, options)
    # ``run`` reports single bad records, each with a note that is ``lost``. A list that was cut is refused, because the
    # missing records are unknown.
    faults = [note for note in parsed.notes if note.lost and (note.cut or not parsed.papers)]
    return f"it is damaged, line {faults[0].line}: {faults[0].message}" if faults else ""


def run(
    files: list[Path],
    options: Options,
    kind: str | None,
    out: Path,
    topics: Sequence[str] = (),
    *,
    strict: bool = False,
) -> int:
    """Import ``files`` into the content folder ``out``: new entries, and further fields of existing ones.

    Entries without a topic get ``topics``, which must exist.

    A record that cannot be imported is skipped, and printed with the reason. Returns 1, with nothing written, if a file
    or the digest cannot be read; if no record can be imported; or, with ``strict``, if any record is skipped.

    ``kind`` is the name of the importer; with None, it is recognized.
    """
    sources = read_sources(files, options, kind)
    print_report(sources)
    intake = Intake(out, options.added or date.today().isoformat(), strict=strict)
    if intake.problems:
        print(format_problems(intake.problems, "text", prefix=f"{out.as_posix()}/"), file=sys.stderr)
    records = [
        IncomingRecord(_with_topics(paper.fields, topics), paper.venue, f"{file.path}:{paper.line}")
        for file in sources.files
        for paper in file.parsed.papers
    ]
    with progress(len(records), "papers") as bar:
        intake.add_all(_with_progress(records, bar))
    # All changes are planned now, but nothing is written.
    outcome = intake.outcome
    # A record with dropped fields is imported without them. A record with a fault is skipped.
    for message in (*outcome.dropped_fields, *outcome.faults):
        print(message, file=sys.stderr)
    skipped = outcome.skipped + sum(note.lost for file in sources.files for note in file.parsed.notes)
    has_no_record = skipped > 0 and outcome.skipped == len(records)
    if sources.failures or intake.problems or has_no_record or (strict and (skipped or outcome.faults)):
        print("nothing was imported", file=sys.stderr)
        return 1
    if skipped:
        print(
            f"{skipped} record{'s' * (skipped > 1)} skipped; with --strict nothing would be imported", file=sys.stderr
        )
    intake.write()
    for line in intake.outcome.lines:
        print(line)
    print_note(intake.outcome.summary)
    if without_topic := sum(not paper.topics for paper in intake.new_papers.values()):
        entries = "1 new entry has" if without_topic == 1 else f"{without_topic} new entries have"
        print_note(f"{entries} no topic; digest topics suggests some, and import --topic ID sets one")
    return 0


def _with_topics(fields: RawRecord, topics: Sequence[str]) -> RawRecord:
    return {**fields, "topics": list(topics)} if topics and not fields.get("topics") else fields


def _with_progress(records: Sequence[IncomingRecord], bar: Progress) -> Iterator[IncomingRecord]:
    for record in records:
        yield record
        bar.advance()
