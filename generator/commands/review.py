"""``digest review``: shows each sentence of a draft with its evidence, for a person to accept, edit or reject."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from generator.commands.arguments import add_content
from generator.commands.destination import named
from generator.commands.draft_entry import no_entry, unwritten_papers
from generator.commands.review_page import serve_review
from generator.commands.review_state import PLEDGES, Review
from generator.drafting.evidence import FOLDER, stored_evidence

ABOUT = "review a draft beside its evidence, sentence by sentence"
_KEYS = {"a": "accept", "e": "edit", "r": "reject"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("id", metavar="ID", help="id of the entry")
    add_content(parser)
    parser.add_argument("--by", metavar="NAME", required=True, help="name of the reviewer")
    parser.add_argument("--page", action="store_true", help="review in a browser instead of the terminal")
    parser.add_argument("--port", type=int, default=8010, metavar="N", help="port of --page (default: 8010)")
    parser.add_argument(
        "--evidence", type=Path, default=FOLDER, metavar="DIR", help=f"folder for evidence (default: {FOLDER})"
    )


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    if os.environ.get("CI"):
        print("a review is a person's: it does not run in a workflow", file=sys.stderr)
        return 2
    papers = unwritten_papers(arguments.content)
    if arguments.id not in papers:
        print(no_entry([arguments.id]), file=sys.stderr)
        return 2
    evidence = stored_evidence(arguments.evidence, arguments.id)
    if evidence is None:
        print(f"{arguments.id} has no draft in {arguments.evidence}; digest draft makes one", file=sys.stderr)
        return 1
    review = Review(papers[arguments.id], arguments.content, arguments.evidence, arguments.by, evidence)
    if review.paper.summary_by and review.paper.summary_by.model == arguments.by:
        print("the model cannot review its own text", file=sys.stderr)
        return 2
    if arguments.page:
        return serve_review(review, arguments.port)
    return in_terminal(review, input)


def in_terminal(review: Review, read: Callable[[str], str]) -> int:
    """Ask about each sentence in the terminal. Returns 1 if the review is not finished."""
    print(f"{named(review.paper.title)}\nfrom the {review.evidence.what} {named(review.evidence.url)}\n")
    for reasons in review.evidence.failed.items():
        print(f"empty: {reasons[0]}: {named('; '.join(reasons[1]))}")
    total = len(review.evidence.places())
    if not review.open_places:
        print("every sentence has a verdict; --page shows them again and changes them")
    try:
        for place in review.open_places:  # a snapshot: each verdict shortens the property's next value
            number = total - len(review.open_places) + 1
            if not _ask(review, place, f"{number} of {total}", read):
                return _left_off(review)
        return _vouch(review, read)
    except EOFError:
        return _left_off(review)


def _ask(review: Review, place: tuple[str, str, int, int], count: str, read: Callable[[str], str]) -> bool:
    """Ask about one sentence until there is a verdict. Returns False if the reviewer quits."""
    sentence = review.evidence.sentence(place)
    print(f"\n{count}, {place[1]} ({place[0]})\n  {named(sentence.text)}")
    for span in sentence.evidence:
        print(f"    “{named(span)}”")
    while True:
        key = read("[a]ccept, [e]dit, [r]eject, [q]uit: ").strip().lower()[:1]
        if key == "q":
            return False
        if key in _KEYS:
            text = read("  new text: ") if key == "e" else ""
            for remark in review.decide(place, _KEYS[key], text):
                print(f"  note: {named(remark)}")
            if review.evidence.sentence(place).verdict:
                return True


def _vouch(review: Review, read: Callable[[str], str]) -> int:
    answers = [_yes(f"{name}: {question} [y/n] ", read) for name, question in PLEDGES]
    vouched = all(answers)
    print(named(review.finish(vouched=vouched)))
    return 0 if vouched else 1


def _yes(question: str, read: Callable[[str], str]) -> bool:
    """Ask until the answer is yes or no."""
    while (answer := read(question).strip().lower()[:1]) not in ("y", "n"):
        pass
    return answer == "y"


def _left_off(review: Review) -> int:
    remaining = len(review.open_places)
    print(f"\nkept; open: {remaining} of {len(review.evidence.places())} sentences; the same command continues")
    return 1
