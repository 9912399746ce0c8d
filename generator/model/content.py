"""All records of a digest as read from disk, before they are joined or checked against each other."""

from generator.model.editorial import Collection, Tag, Term
from generator.model.paper import Paper
from generator.model.person import Institution, Person
from generator.model.record import record
from generator.model.topic import Topic
from generator.model.venue import Series


@record
class HandPage:
    """A page written by hand: ``content/pages/ID.md``. ``text`` is trusted Markdown by a maintainer.

    ``above`` counts the lines of the file before ``text``: the heading and the front matter.
    """

    id: str
    title: str
    text: str
    has_heading: bool = True
    description: str = ""
    above: int = 0


@record
class HandFile:
    """A file beside pages written by hand, such as an image: its path below ``content/pages/`` and its bytes."""

    id: str
    data: bytes


@record
class Content:
    """The records of one content folder, each kind ordered by id.

    ``bulk`` are the ids of papers that share a file with others;
    ``permalinks`` are all addresses ever published, one per line of ``permalinks.txt``.
    """

    papers: tuple[Paper, ...] = ()
    series: tuple[Series, ...] = ()
    topics: tuple[Topic, ...] = ()
    people: tuple[Person, ...] = ()
    institutions: tuple[Institution, ...] = ()
    collections: tuple[Collection, ...] = ()
    glossary: tuple[Term, ...] = ()
    tags: tuple[Tag, ...] = ()
    pages: tuple[HandPage, ...] = ()
    files: tuple[HandFile, ...] = ()
    bulk: frozenset[str] = frozenset()
    permalinks: tuple[str, ...] = ()
