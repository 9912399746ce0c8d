"""``digest review``: shows each sentence of a draft with its evidence, for a person to accept, edit or reject."""

import argparse
import os
import sys
from collections.abc import Callable

from generator.commands.arguments import add_content_option, add_folder_option, port_number
from generator.commands.destination import printable
from generator.commands.draft_entry import read_all_papers, unknown_ids_message
from generator.commands.review_page import serve_review
from generator.commands.review_state import PLEDGES, Review
from generator.drafting.evidence import EVIDENCE_FOLDER, Position, load_evidence
from generator.model.values import MAX_LINE
from generator.text.characters import without_forbidden

ABOUT = "review a draft beside its evidence, sentence by sentence"
_VERDICTS = {"a": "accept", "e": "edit", "r": "reject"}  # by the key that the reviewer presses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("id", metavar="ID", help="id of the entry")
    add_content_option(parser)
    parser.add_argument("--by", type=_reviewer, metavar="NAME", required=True, help="name of the reviewer")
    parser.add_argument("--page", action="store_true", help="review in a browser instead of the terminal")
    parser.add_argument("--port", type=port_number, default=8010, metavar="N", help="port of --page (default: 8010)")
    add_folder_option(parser, "--evidence", EVIDENCE_FOLDER, "folder for evidence")


def _reviewer(text: str) -> str:
    """Return the name in an argument in a form that an entry may contain. Raises ArgumentTypeError if it is empty."""
    if name := " ".join(without_forbidden(text).split()):
        return name[:MAX_LINE]
    raise argparse.ArgumentTypeError("it is empty: write your name")


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if os.environ.get("CI"):  # set by all workflow hosts
        print("digest review does not run in workflows: a person must review drafts", file=sys.stderr)
        return 2
    papers = read_all_papers(arguments.content)
    if arguments.id not in papers:
        print(unknown_ids_message([arguments.id]), file=sys.stderr)
        return 2
    evidence = load_evidence(arguments.evidence, arguments.id)
    if evidence is None:
        print(f"{arguments.id} has no draft in {arguments.evidence}; digest draft makes one", file=sys.stderr)
        return 1
    review = Review(papers[arguments.id], arguments.content, arguments.evidence, arguments.by, evidence)
    if review.paper.summary_by and review.paper.summary_by.model == arguments.by:
        print("the model cannot review its own text", file=sys.stderr)
        return 2
    if arguments.page:
        return serve_review(review, arguments.port)
    return review_in_terminal(review, input)


def review_in_terminal(review: Review, read: Callable[[str], str]) -> int:
    """Ask about each sentence in the terminal. Returns 1 if the review is interrupted or not confirmed.

    ``read`` prints a question and returns the answer, as ``input`` does.
    """
    print(f"{printable(review.paper.title)}\nfrom the {review.evidence.what} {printable(review.evidence.url)}\n")
    for field, reasons in review.evidence.failed.items():
        print(f"empty: {field}: {printable('; '.join(reasons))}")
    total = len(review.evidence.positions())
    if not review.open_positions:
        print("every sentence has a verdict; --page shows the sentences again, to change verdicts")
    try:
        for position in review.open_positions:  # evaluated once, before the first verdict
            number = total - len(review.open_positions) + 1  # evaluated again: each verdict removes a position
            if not _ask_verdict(review, position, f"{number} of {total}", read):
                return _print_progress(review)
        return _confirm_pledges(review, read)
    except EOFError:
        return _print_progress(review)


def _ask_verdict(review: Review, position: Position, count: str, read: Callable[[str], str]) -> bool:
    """Ask about one sentence until there is a verdict. Returns False if the reviewer quits. ``count``: ``3 of 12``."""
    sentence = review.evidence.sentence(position)
    print(f"\n{count}, {position.field} ({position.language})\n  {printable(sentence.text)}")
    for passage in sentence.evidence:
        print(f"    “{printable(passage)}”")
    while True:
        # Enter repeats the question, so that no sentence is accepted by pressing Enter too often.
        key = read("[a]ccept, [e]dit, [r]eject, [q]uit: ").strip().lower()[:1]
        if key == "q":
            return False
        if key in _VERDICTS:
            text = read("  new text: ") if key == "e" else ""
            for remark in review.decide(position, _VERDICTS[key], text):
                print(f"  note: {printable(remark)}")
            if review.evidence.sentence(position).verdict:
                return True


def _confirm_pledges(review: Review, read: Callable[[str], str]) -> int:
    """Ask the final questions and finish the review. Returns 1 if a question is answered with no."""
    answers = [_ask_yes_or_no(f"{name}: {question} [y/n] ", read) for name, question in PLEDGES]
    confirmed = all(answers)
    print(printable(review.finish(confirmed=confirmed)))
    return 0 if confirmed else 1


def _ask_yes_or_no(question: str, read: Callable[[str], str]) -> bool:
    """Ask until the answer is yes or no. Returns True for yes."""
    while (answer := read(question).strip().lower()[:1]) not in ("y", "n"):
        pass
    return answer == "y"


def _print_progress(review: Review) -> int:
    """Print how many sentences have no verdict. Returns the exit code of an interrupted review."""
    remaining = len(review.open_positions)
    total = len(review.evidence.positions())
    print(f"\nsaved; {remaining} of {total} sentences have no verdict yet; the same command continues")
    return 1
