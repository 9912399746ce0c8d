"""``digest from-issue``: makes an entry from the text of an issue form. The text is untrusted.

A workflow that opens a pull request passes the issue's text on standard input. No part of the text is ever executed.
"""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from rapidfuzz import process

from generator.build.safe_files import read_at_most, write_whole
from generator.commands.add import RecordFinder, user_agent
from generator.commands.arguments import add_content_option, project_settings
from generator.commands.destination import printable
from generator.commands.intake import Intake
from generator.commands.messages import format_problems, issue_comment
from generator.commands.topics import suggest
from generator.fetch.cache import FETCH_CACHE, ResponseCache
from generator.fetch.client import Client, FetchFailed
from generator.importers import issue_form
from generator.importers.raw_paper import Options, RawPaper
from generator.model.entities import Topic
from generator.model.record import Raw
from generator.model.values import quoted
from generator.text.identifiers import Identifier
from generator.text.slug import folded

ABOUT = "create an entry from an issue form"

MAX_SIZE = 256 * 1024  # bytes; GitHub limits issues to 64 KB of text
_MAX_UNKNOWN_TOPICS = 10
"""Unknown topics that are named."""
_ANSWER = "This form does not give an entry yet. Edit the issue, and it is read again."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="text of the issue (default: -, standard input)"
    )
    parser.add_argument("--number", type=int, help="number of the issue, recorded as the source")
    parser.add_argument("--added", metavar="DATE", help="value of `added` (default: today)")
    parser.add_argument("--dry-run", action="store_true", help="show the entry without writing it")
    parser.add_argument(
        "--answer", type=Path, metavar="FILE", help="write the reason to FILE, as Markdown, if no entry was created"
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=FETCH_CACHE,
        metavar="DIR",
        help=f"folder for cached responses (default: {FETCH_CACHE})",
    )
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    data = (
        sys.stdin.buffer.read(MAX_SIZE + 1)  # one byte more shows that the input is too long
        if arguments.file == "-"
        else read_at_most(arguments.file, MAX_SIZE, pipes=True)
    )
    if len(data) > MAX_SIZE:
        print(f"the issue has more than {MAX_SIZE:,} bytes; nothing was written", file=sys.stderr)
        return 1
    settings = project_settings()
    if settings is None:
        return 1
    origin = f"issue {arguments.number}" if arguments.number else "issue"
    options = Options(origin=origin, added=arguments.added or date.today().isoformat())
    with Client(user_agent(settings), ResponseCache(arguments.cache)) as client:
        text = data.decode("utf-8", "replace")
        finder = RecordFinder(client)
        return run(
            text, options, finder, arguments.content, dry_run=arguments.dry_run, language=settings.language,
            answer=arguments.answer,
        )  # fmt: skip


def run(
    text: str, options: Options, finder: RecordFinder, content: Path, *, dry_run: bool = False, language: str = "en",
    answer: Path | None = None,
) -> int:  # fmt: skip
    """Write the entry and print its path to stdout. Returns 1, with nothing written, if the text gives no entry.

    ``language`` is the digest's main language.
    """
    paper = _paper(text, options, finder)
    # New entries list an empty ``tldr``, which ``digest check`` reports until somebody writes it.
    intake = Intake(content, options.added or "", empty_fields=("tldr",))
    if intake.problems:
        return _refuse(format_problems(intake.problems, "text", prefix=f"{content.as_posix()}/"), answer)
    if isinstance(paper, str):
        return _refuse(paper, answer)
    if existing := intake.entry_index.find(paper.fields):
        return _refuse(f"the digest has the paper: {' and '.join(map(intake.path, existing))}", answer)
    topics, unknown = _topics(paper.fields.get("topics", []), intake.content.topics)
    similar = intake.entry_index.find_by_title(paper.fields)
    intake.add_all([({**paper.fields, "topics": topics}, paper.venue)])
    if intake.outcome.faults or not intake.outcome.added:
        return _refuse("\n".join([*intake.outcome.faults, *intake.outcome.unchanged]), answer)
    # A form can name thousands.
    if len(unknown) > _MAX_UNKNOWN_TOPICS:
        unknown[_MAX_UNKNOWN_TOPICS:] = [f"{len(unknown) - _MAX_UNKNOWN_TOPICS:,} more unknown topics"]
    unknown += suggest(intake, language)
    if not dry_run:
        intake.write()
    for path, entry in intake.planned.items():
        print(printable(path))
        if dry_run:
            print(entry, end="")
    notes = [
        *intake.outcome.lines,
        *unknown,
        *([f"{intake.path(similar)} has nearly the same title"] if similar else []),
    ]
    print("\n".join(map(printable, notes)), file=sys.stderr)
    return 0


def _refuse(reason: str, answer: Path | None) -> int:
    """Print the reason, and write it to the file ``answer``. It quotes untrusted text, so it is a code block there."""
    print(f"{reason}\nnothing was written", file=sys.stderr)
    if answer:
        write_whole(answer, issue_comment(_ANSWER, reason), answer.parent)
    return 1


def _paper(text: str, options: Options, finder: RecordFinder) -> RawPaper | str:
    """Return the paper of a form, with the facts of its public record if it names one; or why there is none."""
    parsed = issue_form.read(text, options)
    if not parsed.papers:
        return "; ".join(note.message for note in parsed.notes)
    paper, wanted = parsed.papers[0], issue_form.requested_paper(text)
    if wanted is None:
        return paper
    if not isinstance(wanted, Identifier):
        return f"{quoted(wanted)} is not an identifier; write arxiv:2501.12345, doi:10.…, openreview:… or acl:…"
    try:
        record = finder.record(wanted, options)
    except FetchFailed as failure:
        return f"{wanted.kind}:{wanted.value}: {failure}"
    # The public record wins over the form, except for topics, which are the digest's own.
    form_fields = {name: value for name, value in paper.fields.items() if name not in record.fields or name == "topics"}
    return replace(record, fields={**record.fields, **form_fields})


def _topics(requested: Raw, topics: tuple[Topic, ...]) -> tuple[list[Raw], list[str]]:
    """Return the ids of topics that are given by id or name, and a message for each unknown topic."""
    ids = {folded(name): topic.id for topic in topics for name in (*topic.name.values(), topic.id)}
    chosen: dict[str, None] = {}
    messages = []
    for name in requested if isinstance(requested, list) else []:
        key = folded(str(name))
        if key in ids:
            chosen[ids[key]] = None
        else:
            similar = process.extractOne(key, list(ids), score_cutoff=70)
            hint = f"; did they mean {ids[similar[0]]}?" if similar else ""
            messages.append(f"unknown topic {quoted(str(name))}{hint}")
    return list(chosen), messages
