"""``digest topics``: suggests topics for entries, from similar entries that have topics. It changes no entry."""

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
_NO_TOPIC = "no topic is near"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="entries (default: all without a topic)")
    parser.add_argument("--accuracy", action="store_true", help="measure the accuracy by ten-fold cross-validation")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="random seed of --accuracy (default: 0)")
    add_content_option(parser)


def command(arguments: argparse.Namespace) -> int:
    """Run the command."""
    settings = project_settings()
    if settings is None:
        return 1
    if arguments.accuracy:
        return print_accuracy(load(arguments.content).content, settings.language, arguments.seed)
    return run(arguments.content, arguments.paths, settings.language)


def run(folder: Path, paths: Sequence[Path], language: str) -> int:
    """Print suggestions for the entries in ``paths``; without paths, for all entries that have no topic.

    Returns 2 if a path is not that of an entry. ``language`` is the digest's main language.
    """
    loaded = load(folder)
    paths_by_id = {paper.id: loaded.origins[subject(Paper, paper.id)].path for paper in loaded.content.papers}
    # Resolved, because a path may contain symbolic links.
    selected = {path.resolve() for path in paths}
    if unknown := selected - {(folder / path).resolve() for path in paths_by_id.values()}:
        print(f"not a readable entry: {printable(', '.join(sorted(map(str, unknown))))}", file=sys.stderr)
        return 2
    chosen = [
        paper
        for paper in loaded.content.papers
        if ((folder / paths_by_id[paper.id]).resolve() in selected if selected else not paper.topics)
    ]
    for paper, line in zip(chosen, suggestion_lines(chosen, loaded.content, language), strict=True):
        print(printable(f"{paths_by_id[paper.id]}: {line}"))
    print(f"{len(chosen)} of {len(paths_by_id)} entries; choose what fits", file=sys.stderr)
    return 0


def suggestion_lines(papers: Sequence[Paper], content: Content, language: str) -> list[str]:
    """Return a line for each paper with the topics of similar papers in ``content``, as in ``format_suggestions``."""
    ids = {paper.id for paper in papers}
    if not ids:
        return []
    # The papers themselves do not count: their topics may be wrong.
    known = [paper for paper in content.papers if paper.id not in ids]
    nearest = suggestions([short_text(paper, language) for paper in papers], known, content.topics, language)
    return [format_suggestions(topics) for topics in nearest]


def format_suggestions(nearest: Sequence[Suggestion]) -> str:
    """Return the suggestions for a paper as text: ``near diffusion 0.31, then dogs = cats 0.20 (equally near)``."""
    if not nearest:
        return _NO_TOPIC
    return "near " + ", then ".join(
        f"{' = '.join(item.topics)} {item.nearness:.2f}{' (equally near)' if len(item.topics) > 1 else ''}"
        for item in nearest
    )


def suggest_topics(intake: Intake, language: str) -> list[str]:
    """Add a comment with suggestions, if there are any, to each planned entry without topics, on the line to fill in.

    Returns a message for each of these entries, also for those without suggestions.
    """
    without_topic = {path: paper for path, paper in intake.new_papers.items() if not paper.topics}
    lines = dict(
        zip(without_topic, suggestion_lines(list(without_topic.values()), intake.content, language), strict=True)
    )
    for path, line in lines.items():
        # Suggestions are a comment and not the value, because a person chooses the topics of an entry.
        if line != _NO_TOPIC:
            intake.add_comment(path, "topics: []", line)
    return [f"topics of {path}: {line}" for path, line in lines.items()]


def print_accuracy(content: Content, language: str, seed: int) -> int:
    """Print how often suggestions are right. Returns 1 if too few entries have topics.

    ``seed`` is the random seed for the division of the entries into ten parts.
    """
    text_functions: dict[str, Callable[[Paper], str]] = {
        "title, tldr, keywords": partial(short_text, digest_language=language),
        "title only": title_of,
    }
    print(f"{'what is known':<24}{'first':>8}{'in three':>10}   (always the commonest: first, in three)")
    for name, text_of in text_functions.items():
        try:
            measured = accuracy(content.papers, content.topics, language, text_of, seed)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        commonest = f"{measured.commonest_first:.1%}, {measured.commonest_three:.1%}"
        print(f"{name:<24}{measured.first:>8.1%}{measured.among_three:>10.1%}   ({commonest})")
    return 0
