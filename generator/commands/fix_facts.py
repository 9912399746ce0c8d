"""``digest fix-facts``: applies the facts of an issue form to an entry, as a patch that a maintainer approves.

The form is untrusted. It can change facts but no texts, and its values pass the codec and the rules.
"""

import argparse
import re
import sys
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from generator.build.safe_files import read_at_most, write_whole
from generator.codec.decode import decode, encode
from generator.commands.arguments import add_content_option
from generator.commands.check import problems_of
from generator.commands.messages import format_problems, issue_comment
from generator.importers.issue_form import fields_of
from generator.model.paper import Paper
from generator.model.provenance import FACTS, FACTS_LABEL, PAGE_LABEL
from generator.model.record import RawRecord
from generator.store import yaml_file
from generator.store.entries import write_file
from generator.store.layout import subject
from generator.store.load import load
from generator.store.yaml_edit import with_fields

ABOUT = "apply the corrections of an issue form to an entry, and show the changes"

_MAX_SIZE = 256 * 1024  # bytes; GitHub limits issues to 64 KB of text
LABELS = (PAGE_LABEL, FACTS_LABEL, "What is wrong, and what is correct?", "Source")
"""The labels of the form for wrong facts. A heading that is not a label is part of the value above it."""
_PAPER = re.compile(r"(?:.*/papers/|)([a-z0-9-]{1,80})/?")  # the id, or the URL of the page
# GitHub puts fields with ``render: yaml`` into a code block
_FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_ORDER = tuple(Paper.__dataclass_fields__)


class _Refused(Exception):
    """The entry cannot be changed as requested; the argument says why."""


class _Change(NamedTuple):
    """The entry's path in the content folder, and its text before and after the change."""

    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a patch."""
        lines = self.before.splitlines(True), self.after.splitlines(True)
        return "".join(unified_diff(*lines, f"a/{self.path}", f"b/{self.path}"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="text of the issue")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="also write the changes, or the error, to FILE")
    parser.add_argument("--dry-run", action="store_true", help="show the changes without writing them")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    text = read_at_most(arguments.file, _MAX_SIZE).decode("utf-8", "replace")
    return run(text, arguments.content, answer=arguments.answer, dry_run=arguments.dry_run)


def run(text: str, content: Path, *, answer: Path | None = None, dry_run: bool = False) -> int:
    """Change the entry and print the difference. Returns 1, with nothing written, if that is not possible."""
    try:
        change = _change(text, content)
        if not dry_run:
            _write(content, change)
    except _Refused as refused:
        print(f"{refused}\nnothing was written", file=sys.stderr)
        _write_answer(answer, "These facts were not used. Edit the issue, and it is read again.", str(refused))
        return 1
    print(change.diff, end="")  # a diff ends with a line break
    note = "A maintainer who agrees sets the label `approved`; approved changes become one pull request."
    _write_answer(answer, note, change.diff)
    return 0


def _change(text: str, content: Path) -> _Change:
    """Return the change that a form requests. Raises _Refused."""
    form = fields_of(text, LABELS)
    facts = _facts(form.get(FACTS_LABEL, ""))
    page = _PAPER.fullmatch(form.get(PAGE_LABEL, "").strip())
    loaded = load(content)
    origin = loaded.origins.get(subject(Paper, page[1])) if page else None
    if page is None or origin is None:
        raise _Refused(f"{PAGE_LABEL}: write the address of a paper's page, or its id")
    if origin.line:
        raise _Refused(f"{origin.path} contains many papers: change line {origin.line} there")
    before = (content / origin.path).read_text("utf-8")
    # The codec wants an id. The file has none: it is the file's name.
    raw: RawRecord = {"id": page[1], **(yaml_file.read(before).raw or {})}
    changed = _changed_facts(raw, facts)
    if not changed:
        raise _Refused("the entry says the same")
    after = with_fields(_remove_fields(before, changed), changed, _ORDER)
    if after is None:
        raise _Refused(f"{origin.path} has a form that only a person can change")
    return _Change(origin.path, before, after)


def _changed_facts(raw: RawRecord, facts: RawRecord) -> RawRecord:
    """Return the facts that change an entry. The form is prefilled with all of them, so most are equal.

    Raises _Refused.
    """
    corrected, problems = decode(Paper, {**raw, **facts})
    if corrected is None or problems:
        raise _Refused(format_problems(problems, "text"))
    entry, _ = decode(Paper, raw)
    before, after = (encode(entry) if entry else raw), encode(corrected)
    return {name: value for name, value in facts.items() if before.get(name) != after.get(name)}


def _facts(text: str) -> RawRecord:
    """Read fields in YAML, with or without a code block around them. Raises _Refused."""
    fenced = _FENCE.match(text.strip())
    document = yaml_file.read(fenced[1] if fenced else text)
    if not document.raw:
        reason = f": {document.problems[0].message}" if text.strip() and document.problems else ""
        raise _Refused(f"{FACTS_LABEL}: write them as in an entry, `title: …`{reason}")
    if forbidden := [name for name in document.raw if name not in FACTS]:
        raise _Refused(f"{FACTS_LABEL}: {', '.join(forbidden)} cannot be changed here; these can: {', '.join(FACTS)}")
    return document.raw


def _remove_fields(text: str, facts: RawRecord) -> str:
    """Remove the lines of some fields from an entry's text."""
    for name in facts:  # a value continues on indented lines, lines with a dash, and blank lines between these
        text = re.sub(rf"(?m)^{re.escape(name)}:.*\n(?:[ \t-].*\n|\n(?=[ \t-]))*", "", text)
    return text


def _write(content: Path, change: _Change) -> None:
    """Write the entry. Restores it and raises _Refused if the entry then has errors."""
    write_file(content / change.path, change.after, content)
    # Other files may have had errors before. They do not concern this change.
    errors = [problem for problem in problems_of(load(content)) if problem.path == change.path and problem.is_error]
    if errors:
        write_file(content / change.path, change.before, content)
        raise _Refused(format_problems(errors, "text"))


def _write_answer(file: Path | None, note: str, text: str) -> None:
    if file:
        write_whole(file, issue_comment(note, text), file.parent)
