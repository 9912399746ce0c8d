"""``digest topics``: suggests topics for entries, learned from entries that have topics. A person decides."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.commands.arguments import add_content_option, project_settings
from generator.commands.destination import printable
from generator.commands.intake import Intake
from generator.model.catalog import Content
from generator.model.paper import Paper
from generator.similarity.topics import Suggestion, accuracy, suggestions
from generator.similarity.weights import short_text, title_of
from generator.store.layout import subject
from generator.store.load import load

ABOUT = "suggest topics for entries without topics, or measure the accuracy of suggestions"
NO_TOPIC = "no topic is near"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="entries (default: all without a topic)")
    parser.add_argument("--accuracy", action="store_true", help="measure the accuracy by ten-fold cross-validation")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="random seed of the folds (default: 0)")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    settings = project_settings()
    if settings is None:
        return 1
    if arguments.accuracy:
        return measure(load(arguments.content).content, settings.language, arguments.seed)
    return run(arguments.content, arguments.paths, settings.language)


def run(folder: Path, paths: Sequence[Path], language: str) -> int:
    """Print a line for each entry of ``paths``, or for those without a topic. Returns 2 if a path is no entry."""
    loaded = load(folder)
    path_of = {paper.id: loaded.origins[subject(Paper, paper.id)].path for paper in loaded.content.papers}
    # Resolved, because a path may lead through a link.
    wanted = {path.resolve() for path in paths}
    if unknown := wanted - {(folder / path).resolve() for path in path_of.values()}:
        print(f"not a readable entry: {printable(', '.join(sorted(map(str, unknown))))}", file=sys.stderr)
        return 2
    chosen = [
        paper
        for paper in loaded.content.papers
        if ((folder / path_of[paper.id]).resolve() in wanted if wanted else not paper.topics)
    ]
    for paper, line in zip(chosen, hints(chosen, loaded.content, language), strict=True):
        print(printable(f"{path_of[paper.id]}: {line}"))
    print(f"{len(chosen)} of {len(path_of)} entries; choose what fits", file=sys.stderr)
    return 0


def hints(papers: Sequence[Paper], content: Content, language: str) -> list[str]:
    """Return the nearest topics of each paper as a line of text, learned from the other papers of ``content``."""
    ids = {paper.id for paper in papers}
    if not ids:
        return []
    # A paper must not vote for its own topics.
    known = [paper for paper in content.papers if paper.id not in ids]
    nearest = suggestions([short_text(paper, language) for paper in papers], known, content.topics, language)
    return [hint(items) for items in nearest]


def hint(nearest: Sequence[Suggestion]) -> str:
    """Format suggestions: ``near diffusion 0.31, then dogs = cats 0.20 (equally near)``."""
    if not nearest:
        return NO_TOPIC
    return "near " + ", then ".join(
        f"{' = '.join(item.topics)} {item.nearness:.2f}{' (equally near)' if len(item.topics) > 1 else ''}"
        for item in nearest
    )


def suggest(intake: Intake, language: str) -> list[str]:
    """Suggest topics for new entries without any, as a comment on the line to fill in.

    Returns the suggestions as lines for a person.
    """
    without_topic = {path: paper for path, paper in intake.new_papers.items() if not paper.topics}
    lines = dict(zip(without_topic, hints(list(without_topic.values()), intake.content, language), strict=True))
    for path, line in lines.items():
        # A comment and not a value: the topics of an entry are a person's choice.
        if line != NO_TOPIC:
            intake.comment(path, "topics: []", line)
    return [f"topics of {path}: {line}" for path, line in lines.items()]


def measure(content: Content, language: str, seed: int) -> int:
    """Print how often suggestions are right. Returns 1 if too few entries have a topic."""
    texts: dict[str, Callable[[Paper], str]] = {
        "title, tldr, keywords": partial(short_text, digest_language=language),
        "title alone": title_of,
    }
    print(f"{'what is known':<24}{'first':>8}{'in three':>10}   (always the commonest: first, in three)")
    for name, text in texts.items():
        try:
            measured = accuracy(content.papers, content.topics, language, text, seed)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        common = f"{measured.commonest_first:.1%}, {measured.commonest_three:.1%}"
        print(f"{name:<24}{measured.first:>8.1%}{measured.among_three:>10.1%}   ({common})")
    return 0
