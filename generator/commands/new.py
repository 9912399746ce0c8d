"""``digest new``: writes a commented template of an entry, for a paper without a public record.

``digest new collection`` writes a template of a collection, with an institution's papers in an edition.
"""

import argparse
import itertools
import sys
from datetime import date
from pathlib import Path

from generator.codec.venue_names import VenueResolver
from generator.commands.arguments import add_content_option
from generator.commands.collection_draft import draft_from_institution
from generator.commands.intake import IncomingRecord, Intake
from generator.commands.messages import format_problems
from generator.commands.verbosity import print_note
from generator.importers.dates import year_of
from generator.model.entities import VenueKind, VenueName
from generator.model.record import RawRecord
from generator.model.values import MAX_LINE, MAX_TITLE, quoted
from generator.store.entries import write_file
from generator.store.load import load

ABOUT = "write an empty entry or collection to fill in"
_COLLECTION = "collection"
"""The value of TITLE with which the command writes a collection instead of an entry."""
_UNTITLED = "Untitled template"
_COMMENTS = """\
# Fill in the empty fields, delete what you do not know, and run: digest check
# Optional fields, to use without the #:
# track: oral                      # as the venue names it: oral, spotlight, poster, findings
# keywords: [kettles, steam]
# arxiv: "2501.12345"              # identifiers without URL or version, in quotes
# doi: "10.1145/1234567.1234568"
# openreview: "abc123XYZ"
# acl: "2024.acl-long.12"
# links:
#   pdf: https://example.org/paper.pdf
#   code: https://github.com/example/code
# abstract: >-                     # the authors' abstract, for `digest draft`; shown separately
#   The abstract as published.
# summary: >-
#   Problem, idea and finding in plain language, two or three paragraphs.
# significance: Why the result matters to others.
# limitations: What the paper does not show.
# published: 2025-04-23            # date of the first public version
# summary_by: {kind: human}        # who wrote these texts: human, ai-edited or ai
# An author with more details: {name: Ada Byron, affiliation: Isle University, orcid: 0000-0002-1825-0097}
# If you do not know all authors: authors_incomplete: true
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "title", nargs="?", default="", metavar="TITLE", help="title of the paper, or the word collection"
    )
    parser.add_argument("--author", action="append", default=[], metavar="NAME", help="an author; may be repeated")
    parser.add_argument("--venue", default="", metavar="VENUE", help='the edition, as iclr-2026 or "ICLR 2026"')
    parser.add_argument(
        "--institution", default="", metavar="ID", help="for a collection: id of a file in content/institutions"
    )
    parser.add_argument("--id", default="", metavar="ID", help="id of the entry (default: from author, year and title)")
    parser.add_argument("--dry-run", action="store_true", help="show the entry without writing it")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command. Returns 1 if nothing could be written, 2 for an argument that cannot be used."""
    if arguments.title == _COLLECTION:
        return _new_collection(arguments.content, arguments.venue, arguments.institution, dry_run=arguments.dry_run)
    title, authors = " ".join(arguments.title.split()), [" ".join(name.split()) for name in arguments.author]
    for text, limit in ((title, MAX_TITLE), *((name, MAX_LINE) for name in authors)):
        if len(text) > limit:
            print(f"{quoted(text)}: more than {limit} characters", file=sys.stderr)
            return 2
    intake = Intake(arguments.content, date.today().isoformat(), empty_fields=("tldr",))
    if intake.problems:
        print(format_problems(intake.problems, "text", prefix=f"{arguments.content.as_posix()}/"), file=sys.stderr)
        print("nothing was written", file=sys.stderr)
        return 1
    # The codec requires a title. ``_template`` removes the placeholder again.
    record: RawRecord = {"title": title or _UNTITLED, "authors": list(authors)}
    # Without a title, no id can be proposed.
    if arguments.id or not title:
        record["id"] = arguments.id or _unused_id("new-paper", intake)
    venue_fields, venue_name = _read_venue(arguments.venue, intake)
    intake.add_all([IncomingRecord({**record, **venue_fields}, venue_name)])
    for line in intake.outcome.faults:
        print(line, file=sys.stderr)
    existing = [*intake.outcome.unchanged]
    # Without a new paper, a change would add fields to an entry: ``papers/x/y.yaml: authors added``.
    if not intake.new_papers and not intake.outcome.faults:
        existing += [line.partition(": ")[0] for line in intake.outcome.changed]
    for line in existing:
        print(f"nothing was written: the digest already has this paper: {line}", file=sys.stderr)
    if intake.outcome.faults or existing:
        return 1
    for path, text in intake.planned.items():
        file_text = _template(text, title, authors) if path in intake.new_papers else text
        if arguments.dry_run:
            print(f"# {path}\n{file_text}")
        else:
            write_file(arguments.content / path, file_text, arguments.content)
            print(arguments.content / path)
    print_note(
        "fill in the entry, then run digest check; you can rename the file, whose name is the id, until it is published"
    )
    return 0


def _new_collection(folder: Path, edition_id: str, institution_id: str, *, dry_run: bool) -> int:
    """Write a template of a collection of an institution's papers in an edition. Returns the exit code."""
    content = load(folder).content
    if edition_id not in {edition.id for series in content.series for edition in series.editions}:
        print(
            f"--venue: no edition {quoted(edition_id)} in content/venues; name one, such as iclr-2026", file=sys.stderr
        )
        return 2
    if institution_id not in {institution.id for institution in content.institutions}:
        print(f"--institution: no file {quoted(institution_id)} in content/institutions", file=sys.stderr)
        return 2
    draft = draft_from_institution(content, edition_id, institution_id, date.today())
    if draft is None:
        print(f"nothing was written: no paper of {edition_id} names {institution_id}", file=sys.stderr)
        return 1
    if dry_run:
        print(f"# {draft.path}\n{draft.text}")
    elif (folder / draft.path).exists():
        print(f"nothing was written: {folder / draft.path} already exists", file=sys.stderr)
        return 1
    else:
        write_file(folder / draft.path, draft.text, folder)
        print(folder / draft.path)
    print_note("fill in the empty fields, then run digest check")
    return 0


def _read_venue(text: str, intake: Intake) -> tuple[RawRecord, VenueName | None]:
    """Return the fields and the venue's name that ``--venue`` gives an entry.

    ``text`` is the id of an edition, which becomes the field ``venue``, or a name with a year: ``ICLR 2026``. An empty
    text gives neither.
    """
    if not text.strip():
        return {}, None
    if VenueResolver(intake.content.series).series_of(text):
        return {"venue": text}, None
    # Text in lower case is the id of an edition that the digest lacks: iclr-2026 means ICLR 2026.
    words = text.replace("-", " ") if text == text.lower() else text
    name = words.replace(str(year_of(words) or ""), "").strip() or words
    short = name.upper() if name == name.lower() else name
    return {}, VenueName(name=short, year=year_of(words), kind=VenueKind.CONFERENCE, short=short)


def _unused_id(base: str, intake: Intake) -> str:
    """Return the first unused id of ``base``, ``base-2``, ``base-3``, …"""
    candidates = itertools.chain([base], (f"{base}-{number}" for number in itertools.count(2)))
    used = intake.entry_index.used_ids
    return next(candidate for candidate in candidates if candidate not in used)


def _template(text: str, title: str, authors: list[str]) -> str:
    """Return the text of an entry with empty fields to fill in, followed by ``_COMMENTS``."""
    if not title:
        text = text.replace(f"title: {_UNTITLED}\n", "title: ''\n", 1)
    # The writer of entries leaves out empty fields.
    if not authors and "\nauthors:" not in text:
        text = text.replace("\nvenue:", "\nauthors:\n- ''\nvenue:", 1)
    return text + _COMMENTS
