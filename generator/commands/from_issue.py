"""``digest from-issue``: makes an entry from the text of an issue form.

The text is untrusted. The workflow that calls this command passes it as a file or as standard input.
"""

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from rapidfuzz import process

from generator.build.safe_files import read_at_most, write_whole
from generator.commands.add import RecordFinder, user_agent
from generator.commands.arguments import add_content_option, add_folder_option, project_settings
from generator.commands.destination import printable
from generator.commands.intake import IncomingRecord, Intake
from generator.commands.messages import format_problems, issue_comment
from generator.commands.topics import suggest_topics
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

MAX_SIZE = 256 * 1024  # bytes; GitHub limits issues to 65,536 characters
_MAX_UNKNOWN_TOPICS = 10
"""The maximum number of unknown topics that a message lists. A form can contain thousands."""
_REFUSAL = "No entry could be created from this form. Edit the issue, and it is read again."


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
    add_folder_option(parser, "--cache", FETCH_CACHE, "folder for cached responses")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    data = (
        sys.stdin.buffer.read(MAX_SIZE + 1)  # one more byte shows that the text is too long
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
            answer_file=arguments.answer,
        )  # fmt: skip


def run(
    text: str, options: Options, finder: RecordFinder, content: Path, *, dry_run: bool = False, language: str = "en",
    answer_file: Path | None = None,
) -> int:  # fmt: skip
    """Write the entry and print its path to stdout. Returns 1, with nothing written, if it cannot be created.

    The reason is then written to ``answer_file`` as a comment on the issue. ``language`` is the main language of the
    digest.
    """
    paper = _paper(text, options, finder)
    # New entries contain an empty ``tldr``, which ``digest check`` reports until a person writes it.
    intake = Intake(content, options.added or "", empty_fields=("tldr",))
    if intake.problems:
        return _refuse(format_problems(intake.problems, "text", prefix=f"{content.as_posix()}/"), answer_file)
    if isinstance(paper, str):
        return _refuse(paper, answer_file)
    if existing := intake.entry_index.find(paper.fields):
        return _refuse(f"the digest has the paper: {' and '.join(map(intake.path, existing))}", answer_file)
    topics, topic_messages = _topics(paper.fields.get("topics", []), intake.content.topics)
    similar = intake.entry_index.find_by_title(paper.fields)
    intake.add_all([IncomingRecord({**paper.fields, "topics": topics}, paper.venue)])
    if intake.outcome.faults or not intake.outcome.added:
        return _refuse("\n".join([*intake.outcome.faults, *intake.outcome.unchanged]), answer_file)
    if (unlisted := len(topic_messages) - _MAX_UNKNOWN_TOPICS) > 0:
        topic_messages[_MAX_UNKNOWN_TOPICS:] = [f"{unlisted:,} more unknown topics"]
    topic_messages += suggest_topics(intake, language)
    if not dry_run:
        intake.write()
    for path, entry in intake.planned.items():
        print(printable(path))
        if dry_run:
            print(entry, end="")
    notes = [
        *intake.outcome.lines,
        *topic_messages,
        *([f"{intake.path(similar)} has nearly the same title"] if similar else []),
    ]
    print("\n".join(map(printable, notes)), file=sys.stderr)
    return 0


def _refuse(reason: str, answer_file: Path | None) -> int:
    """Print the reason, and write it to ``answer_file`` as a comment on the issue. Returns the exit code."""
    print(f"{reason}\nnothing was written", file=sys.stderr)
    if answer_file:
        write_whole(answer_file, issue_comment(_REFUSAL, reason), answer_file.parent)
    return 1


def _paper(text: str, options: Options, finder: RecordFinder) -> RawPaper | str:
    """Return the paper that a form describes, or a message that says why there is none.

    If the form names a public record, the paper has the fields of the record.
    """
    parsed = issue_form.read(text, options)
    if not parsed.papers:
        return "; ".join(note.message for note in parsed.notes)
    paper, requested = parsed.papers[0], issue_form.requested_paper(text)
    if requested is None:
        return paper
    if not isinstance(requested, Identifier):
        return f"{quoted(requested)} is not an identifier; write arxiv:2501.12345, doi:10.…, openreview:… or acl:…"
    try:
        record = finder.find(requested, options)
    except FetchFailed as failure:
        return f"{requested.kind}:{requested.value}: {failure}"
    # A field of the record replaces that of the form, except the topics, which must be those of the digest.
    form_fields = {name: value for name, value in paper.fields.items() if name not in record.fields or name == "topics"}
    return replace(record, fields={**record.fields, **form_fields})


def _topics(requested: Raw, topics: tuple[Topic, ...]) -> tuple[list[Raw], list[str]]:
    """Return the ids of the ``requested`` topics, which are ids or names, and a message for each unknown one."""
    ids_by_name = {folded(name): topic.id for topic in topics for name in (*topic.name.values(), topic.id)}
    chosen: dict[str, None] = {}  # used as an ordered set
    messages = []
    for name in requested if isinstance(requested, list) else []:
        key = folded(str(name))
        if key in ids_by_name:
            chosen[ids_by_name[key]] = None
        else:
            similar = process.extractOne(key, list(ids_by_name), score_cutoff=70)  # similarity in percent
            hint = f"; did they mean {ids_by_name[similar[0]]}?" if similar else ""
            messages.append(f"unknown topic {quoted(str(name))}{hint}")
    return list(chosen), messages
