"""Rules that records refer to existing editions, topics and parents, and that ids, addresses and names are unique."""

from collections import Counter
from collections.abc import Iterator

from generator.model.catalog import Content, edition_entries
from generator.model.entities import Institution, Person
from generator.model.problem import Problem
from generator.rules.problems import Nearest, record_problem

_MIN_SIMILARITY = 70  # least similarity (0 to 100) of a name that a hint suggests
_MAX_LEVELS = 3
MAX_ANCESTORS = 100
"""A search for cycles of parents ends after this number of steps. Longer cycles are not expected."""


def papers_name_known_venues(content: Content) -> Iterator[Problem]:
    """A paper's venue is the id of an edition in content/venues."""
    edition_ids = {edition.id: None for series in content.series for edition in series.editions}  # an ordered set
    nearest = Nearest(list(edition_ids), _MIN_SIMILARITY)
    for paper in content.papers:
        if paper.venue not in edition_ids:
            hint = nearest.hint(paper.venue, "Add the edition to a file in content/venues.")
            yield record_problem(f"papers/{paper.id}", "E301", f"unknown venue {paper.venue}", hint, "venue")


def papers_name_known_topics(content: Content) -> Iterator[Problem]:
    """A paper has at least one topic. Its topics have files in content/topics, and each is listed once."""
    topic_ids = {topic.id for topic in content.topics}
    nearest = Nearest(sorted(topic_ids), _MIN_SIMILARITY)
    for paper in content.papers:
        subject = f"papers/{paper.id}"
        if not paper.topics:  # the codec accepts this, because an import cannot know topics
            message = "the paper has no topic"
            hint = "List topic ids, the most fitting first."
            yield record_problem(subject, "E202", message, hint, "topics")
        for index, topic in enumerate(paper.topics):
            location = ("topics", index)
            if topic not in topic_ids:
                hint = nearest.hint(topic, "See the files in content/topics.")
                yield record_problem(subject, "E302", f"unknown topic {topic}", hint, *location)
            elif topic in paper.topics[:index]:
                yield record_problem(
                    subject, "E309", f"topic {topic} is listed twice", "Delete one of the two.", *location
                )


def topics_form_a_tree(content: Content) -> Iterator[Problem]:
    """Each parent exists, no topic is its own ancestor, and the tree has at most three levels."""
    parents = {topic.id: topic.parent for topic in content.topics}
    nearest = Nearest(sorted(parents), _MIN_SIMILARITY)
    for topic in content.topics:
        subject = f"topics/{topic.id}"
        chain = [topic.id]
        parent = topic.parent
        while parent and parent in parents and parent not in chain and len(chain) <= MAX_ANCESTORS:
            chain.append(parent)
            parent = parents[parent]
        if parent in chain and parent != topic.id:
            continue  # the topic is below a cycle; the topics of the cycle are reported
        if parent == topic.id:
            message = f"{topic.id} is among its own ancestors"
            hint = "Choose another parent."
            yield record_problem(subject, "E308", message, hint, "parent")
        elif topic.parent and topic.parent not in parents:
            hint = nearest.hint(topic.parent, "Name a file in content/topics.")
            yield record_problem(subject, "E307", f"unknown parent {topic.parent}", hint, "parent")
        elif len(chain) > _MAX_LEVELS:
            message = f"{topic.id} is on level {len(chain)}"
            hint = "Choose a parent of the first or second level."
            yield record_problem(subject, "E315", message, hint, "parent")


def editions_are_unique(content: Content) -> Iterator[Problem]:
    """The id of an edition is unique across all series, and its addresses are unique within its series."""
    first_series: dict[str, str] = {}  # series id by edition id
    for series in content.series:
        subject = f"venues/{series.id}"
        earlier: set[str] = set()
        for index, edition in enumerate(series.editions):
            other = first_series.setdefault(edition.id, series.id)
            if other != series.id or edition.id in earlier:  # in another series, or twice in this one
                message = f"the edition {edition.id} is also in {other}"
                hint = "Give one of the two another id."
                yield record_problem(subject, "E312", message, hint, "editions", index, "id")
            earlier.add(edition.id)
        # An alias is an earlier address and redirects to the edition. It must not replace another edition's page.
        slugs = Counter(slug for entry in edition_entries(series) for slug in (entry.slug, *entry.edition.aliases))
        for slug in sorted(slug for slug, count in slugs.items() if count > 1):
            message = f"two editions would have the address venues/{series.id}/{slug}/"
            hint = "Give one of the two another id or year."
            yield record_problem(subject, "E313", message, hint, "editions")


def names_belong_to_one_record(content: Content) -> Iterator[Problem]:
    """No two institutions list the same name, and no two people, except people with an ORCID iD or listed papers."""
    # These exceptions are the facts by which `model/contributors.py` separates two people with one name.
    yield from _shared_names(
        "people", tuple(person for person in content.people if not (person.papers or person.orcid))
    )
    yield from _shared_names("institutions", content.institutions)


def _shared_names(folder: str, records: tuple[Person, ...] | tuple[Institution, ...]) -> Iterator[Problem]:
    """Yield a problem for each name that an earlier record lists too. Case is ignored."""
    first_ids: dict[str, str] = {}
    for record in records:
        for index, name in enumerate((record.name, *record.aliases)):
            other = first_ids.setdefault(name.casefold(), record.id)
            if other != record.id:
                message = f"{name} is claimed by {other} too"
                hint = "Keep it in one file; two people of one name need an orcid or papers each."
                location = ("name",) if index == 0 else ("aliases", index - 1)
                yield record_problem(f"{folder}/{record.id}", "E311", message, hint, *location)
