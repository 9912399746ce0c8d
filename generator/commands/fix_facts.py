"""``digest fix-facts``: corrects facts of an entry from an issue form, and prints the change as a patch.

The form is untrusted. It can change only the fields in ``FACTS``, and the entry is checked with the new values.
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

_MAX_SIZE = 256 * 1024  # bytes; GitHub limits issues to 65,536 characters
LABELS = (PAGE_LABEL, FACTS_LABEL, "What is wrong, and what is correct?", "Source")
"""The labels of the form for wrong facts. Any other heading in the text of an issue is part of a field's value."""
# ``a2025b`` or ``https://digest.example/papers/a2025b/``
_ID_OR_URL = re.compile(r"(?:.*/papers/|)([a-z0-9-]{1,80})/?")
# The content of a Markdown code block. GitHub writes one for a field with ``render: yaml``.
_CODE_BLOCK = re.compile(r"\A```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_FIELD_ORDER = tuple(Paper.__dataclass_fields__)


class _Refused(Exception):
    """The entry cannot be changed as requested. The message says why."""


class _Change(NamedTuple):
    """The entry's path in the content folder, and its text before and after the change."""

    path: str
    before: str
    after: str

    @property
    def diff(self) -> str:
        """The change as a patch."""
        texts = self.before.splitlines(True), self.after.splitlines(True)
        lines = unified_diff(*texts, f"a/{self.path}", f"b/{self.path}")
        # A file without a final line break: the next line says so, as git writes it.
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="text of the issue")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="also write the changes, or the error, to FILE")
    parser.add_argument("--dry-run", action="store_true", help="show the changes without writing them")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    text = read_at_most(arguments.file, _MAX_SIZE, pipes=True).decode("utf-8", "replace")
    return run(text, arguments.content, answer_file=arguments.answer, dry_run=arguments.dry_run)


def run(text: str, content: Path, *, answer_file: Path | None = None, dry_run: bool = False) -> int:
    """Change the entry and print the change as a patch. Returns 1, with nothing written, if that is not possible.

    The patch, or the reason, is also written to ``answer_file``, as a comment on the issue.
    """
    try:
        change = _requested_change(text, content)
        if not dry_run:
            _write(content, change)
    except _Refused as refused:
        print(f"{refused}\nnothing was written", file=sys.stderr)
        _write_answer(answer_file, "These facts were not used. Edit the issue, and it is read again.", str(refused))
        return 1
    print(change.diff, end="")  # a diff ends with a line break
    next_step = "A maintainer who agrees sets the label `approved`; approved changes become one pull request."
    _write_answer(answer_file, next_step, change.diff)
    return 0


def _requested_change(text: str, content: Path) -> _Change:
    """Return the change that the form in ``text`` requests. Raises _Refused."""
    form = fields_of(text, LABELS)
    facts = _facts(form.get(FACTS_LABEL, ""))
    match = _ID_OR_URL.fullmatch(form.get(PAGE_LABEL, "").strip())
    paper_id = match[1] if match else ""
    origin = load(content).origins.get(subject(Paper, paper_id))
    if origin is None:
        raise _Refused(f"{PAGE_LABEL}: write the address of a paper's page, or its id")
    if origin.line:
        raise _Refused(f"{origin.path} contains many papers: change line {origin.line} there")
    before = (content / origin.path).read_bytes().decode("utf-8")  # ``read_text`` would change ``\r\n``
    # The codec requires the id, which is not a field in the file but the file's name.
    raw: RawRecord = {"id": paper_id, **(yaml_file.read(before).raw or {})}
    changed = _changed_facts(raw, facts)
    if not changed:
        raise _Refused("the entry has these values already")
    after = with_fields(_remove_fields(before, changed), changed, _FIELD_ORDER)
    if after is None:
        raise _Refused(f"{origin.path} cannot be edited automatically: change it by hand")
    return _Change(origin.path, before, after)


def _changed_facts(raw: RawRecord, facts: RawRecord) -> RawRecord:
    """Return those of ``facts`` that differ from the entry ``raw``. Raises _Refused for invalid facts.

    The form is filled in with all facts of the entry beforehand, so most do not differ.
    """
    corrected, problems = decode(Paper, {**raw, **facts})
    if corrected is None or problems:
        raise _Refused(format_problems(problems, "text"))
    entry, _ = decode(Paper, raw)
    before, after = (encode(entry) if entry else raw), encode(corrected)
    return {name: value for name, value in facts.items() if before.get(name) != after.get(name)}


def _facts(text: str) -> RawRecord:
    """Return the facts in a text: YAML, with or without a code block around it. Raises _Refused."""
    code_block = _CODE_BLOCK.match(text.strip())
    document = yaml_file.read(code_block[1] if code_block else text)
    if not document.raw:
        reason = f": {document.problems[0].message}" if text.strip() and document.problems else ""
        raise _Refused(f"{FACTS_LABEL}: write them as in an entry, `title: …`{reason}")
    if forbidden := [name for name in document.raw if name not in FACTS]:
        raise _Refused(f"{FACTS_LABEL}: {', '.join(forbidden)} cannot be changed here; these can: {', '.join(FACTS)}")
    return document.raw


def _remove_fields(text: str, facts: RawRecord) -> str:
    """Return the text of an entry without the lines of the fields in ``facts``."""
    for name in facts:
        # The line ``name: …``, perhaps after a byte order mark, and the lines on which a value continues: indented
        # lines, lines with a dash, and blank lines between these.
        line = rf"{re.escape(name)}:.*(?:\n|\Z)(?:[ \t-].*(?:\n|\Z)|(?:\r?\n)+(?=[ \t-]))*"
        text = re.sub(rf"(?m)^(\ufeff?){line}", r"\1", text)
    return text


def _write(content: Path, change: _Change) -> None:
    """Write the entry. Restores it and raises _Refused if the entry then has errors."""
    write_file(content / change.path, change.after, content)
    # Errors in other files do not concern this change.
    errors = [problem for problem in problems_of(load(content)) if problem.path == change.path and problem.is_error]
    if errors:
        write_file(content / change.path, change.before, content)
        raise _Refused(format_problems(errors, "text"))


def _write_answer(file: Path | None, introduction: str, text: str) -> None:
    if file:
        write_whole(file, issue_comment(introduction, text), file.parent)
