"""References between records: every named edition, topic and parent exists."""

from collections.abc import Iterator

from generator.model.catalog import Content
from generator.model.problem import Problem
from generator.rules.finding import Nearest, of_record

_ALIKE = 70  # least similarity (0 to 100) of a name that a hint suggests
CHAIN_MOST = 100
"""The most ancestors that are followed: three levels are allowed, and longer cycles are rare."""


def papers_name_known_venues(content: Content) -> Iterator[Problem]:
    """A paper's venue is the id of an edition in content/venues."""
    known = {edition.id: None for series in content.series for edition in series.editions}
    nearest = Nearest(list(known), _ALIKE)
    for paper in content.papers:
        if paper.venue not in known:
            hint = nearest.hint(paper.venue, "Add the edition to a file in content/venues.")
            yield of_record(f"papers/{paper.id}", "E301", f"unknown venue {paper.venue}", hint, "venue")


def papers_name_known_topics(content: Content) -> Iterator[Problem]:
    """A paper's topics are files in content/topics, each named once, and there is at least one."""
    known = {topic.id for topic in content.topics}
    nearest = Nearest(sorted(known), _ALIKE)
    for paper in content.papers:
        subject = f"papers/{paper.id}"
        if not paper.topics:
            message = "the paper has no topic"
            hint = "List topic ids, the most fitting first."
            yield of_record(subject, "E202", message, hint, "topics")
        for index, topic in enumerate(paper.topics):
            location = ("topics", index)
            if topic not in known:
                hint = nearest.hint(topic, "See the files in content/topics.")
                yield of_record(subject, "E302", f"unknown topic {topic}", hint, *location)
            elif topic in paper.topics[:index]:
                yield of_record(subject, "E309", f"topic {topic} is listed twice", "Delete one of the two.", *location)


def topics_form_a_tree(content: Content) -> Iterator[Problem]:
    """Each parent exists, no topic is its own ancestor, and the tree has at most three levels."""
    parents = {topic.id: topic.parent for topic in content.topics}
    nearest = Nearest(sorted(parents), _ALIKE)
    for topic in content.topics:
        subject = f"topics/{topic.id}"
        chain = [topic.id]
        parent = topic.parent
        while parent and parent in parents and parent not in chain and len(chain) <= CHAIN_MOST:
            chain.append(parent)
            parent = parents[parent]
        if parent in chain:
            message = f"{topic.id} is among its own ancestors"
            hint = "Choose another parent."
            yield of_record(subject, "E308", message, hint, "parent")
        elif topic.parent and topic.parent not in parents:
            hint = nearest.hint(topic.parent, "Name a file in content/topics.")
            yield of_record(subject, "E307", f"unknown parent {topic.parent}", hint, "parent")
        elif len(chain) > 3:
            message = f"{topic.id} is on level {len(chain)}"
            hint = "Choose a parent of the first or second level."
            yield of_record(subject, "E315", message, hint, "parent")
