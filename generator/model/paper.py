"""The record of a paper, and the records inside it: authors, links and corrections."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, SerializerFunctionWrapHandler, WrapSerializer

from generator.model.localized import LocalizedLine, LocalizedProse
from generator.model.provenance import Sources, SummaryBy
from generator.model.record import record
from generator.model.values import (
    Acl,
    Arxiv,
    Day,
    Doi,
    Flag,
    Id,
    Line,
    Lines,
    Openreview,
    Orcid,
    Prose,
    Title,
    WebAddress,
    at_most,
    invalid_value,
    quoted,
)
from generator.text.names import contains_family
from generator.text.words import translatable

# Limits of the lists of a paper.
MAX_AUTHORS = 3000
MAX_TOPICS = 20
MAX_TAGS = 20
MAX_LIST = 100  # items of any other list
MAX_PHRASES = 10


class Status(StrEnum):
    """The state of a paper since it was added to the digest."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    REMOVED = "removed"


STATUS_NAMES = MappingProxyType(
    {
        Status.CORRECTED: translatable("corrected"),
        Status.WITHDRAWN: translatable("withdrawn"),
        Status.RETRACTED: translatable("retracted"),
        Status.REMOVED: translatable("removed"),
    }
)
"""The status as readers see it. ``published`` is never shown."""


@record
class Author:
    """One author as the paper names them. ``affiliation`` stays as written.

    ``family`` is the family name as in ``name``, if ``split_name`` would find another one. ``id`` separates namesakes:
    it is the id of the author's page, and of the author's file if there is one.
    """

    name: Line
    family: Line | None = None
    affiliation: Lines = ()
    orcid: Orcid | None = None
    id: Id | None = None


def _read_author(value: object) -> object:
    """Read a string as an author with only a name; ``_write_author`` writes the short form again."""
    return {"name": value} if isinstance(value, str) else value


def _check_author(author: Author) -> Author:
    if author.family and not contains_family(author.name, author.family):
        message = f"the family name {quoted(author.family)} is not part of the name {quoted(author.name)}"
        raise invalid_value("E223", message, "Write it as `name` does, at the start or the end, or delete it.")
    return author


def _write_author(author: Author, handler: SerializerFunctionWrapHandler) -> object:
    raw = handler(author)
    return raw["name"] if set(raw) == {"name"} else raw


@record
class Links:
    """Links to the paper and its material, such as code and slides."""

    page: WebAddress | None = None
    pdf: WebAddress | None = None
    code: WebAddress | None = None
    project: WebAddress | None = None
    data: WebAddress | None = None
    model: WebAddress | None = None
    video: WebAddress | None = None
    slides: WebAddress | None = None
    poster: WebAddress | None = None
    blog: WebAddress | None = None

    @property
    def present(self) -> tuple[tuple[str, str], ...]:
        """The links that the paper has, as (kind, address), in the order of the fields."""
        # From the fields, so that a new kind of link needs no second list.
        addresses = ((kind, getattr(self, kind)) for kind in self.__dataclass_fields__)
        return tuple((kind, address) for kind, address in addresses if address)


@record
class Correction:
    """A dated note on a change to the digest's own text."""

    date: Day
    note: LocalizedLine


@record
class Paper:
    """One paper. Only ``id``, ``title``, ``venue``, ``topics`` and ``added`` are needed to show it.

    ``affiliations`` are institutions of the paper if it is not known which author belongs to which.
    ``authors_incomplete`` is true if some or all authors are unknown. ``venue`` is the id of an edition; ``track`` is
    the paper's part of the venue, such as oral or the name of a workshop; ``venue_note`` is a sentence on the venue,
    for example why a preprint has no published version. ``volume``, ``pages`` and ``publisher`` are as a citation gives
    them.

    ``added`` is the day on which the entry was added to the digest, ``published`` the day of the paper's first public
    version. ``asked_as`` are search phrases that do not use the paper's words. ``topics`` and ``tags`` are ids.
    ``aliases`` are former ids. ``distinct_from`` are ids of other papers with nearly the same title.
    """

    id: Id
    title: Title
    authors: Annotated[
        tuple[
            Annotated[
                Author,
                BeforeValidator(_read_author, json_schema_input_type=Line | Author),
                AfterValidator(_check_author),
                WrapSerializer(_write_author),
            ],
            ...,
        ],
        at_most(MAX_AUTHORS, "authors"),
    ] = ()
    authors_incomplete: Flag = False
    affiliations: Annotated[tuple[Line, ...], at_most(MAX_LIST, "affiliations")] = ()
    venue: Id
    track: Line | None = None
    venue_note: LocalizedLine | None = None
    volume: Line | None = None
    pages: Line | None = None
    publisher: Line | None = None
    topics: Annotated[tuple[Id, ...], at_most(MAX_TOPICS, "topics")]
    keywords: Annotated[tuple[Line, ...], at_most(MAX_LIST, "keywords")] = ()
    tags: Annotated[tuple[Id, ...], at_most(MAX_TAGS, "tags")] = ()
    arxiv: Arxiv | None = None
    doi: Doi | None = None
    openreview: Openreview | None = None
    acl: Acl | None = None
    links: Links = Links()
    tldr: LocalizedLine | None = None
    summary: LocalizedProse | None = None
    significance: LocalizedProse | None = None
    limitations: LocalizedProse | None = None
    asked_as: Annotated[tuple[Line, ...], at_most(MAX_PHRASES, "phrases")] = ()
    awards: Annotated[tuple[Line, ...], at_most(MAX_LIST, "awards")] = ()
    abstract: Prose | None = None
    other_titles: Annotated[tuple[Title, ...], at_most(MAX_LIST, "titles")] = ()
    added: Day
    published: Day | None = None
    summary_by: SummaryBy | None = None
    source: Sources = ()
    status: Status = Status.PUBLISHED
    status_note: LocalizedLine | None = None
    status_date: Day | None = None
    corrections: Annotated[tuple[Correction, ...], at_most(MAX_LIST, "corrections")] = ()
    aliases: Annotated[tuple[Id, ...], at_most(MAX_LIST, "aliases")] = ()
    distinct_from: Annotated[tuple[Id, ...], at_most(MAX_LIST, "ids")] = ()

    @property
    def identifiers(self) -> Mapping[str, str]:
        """The public identifiers that the paper has, by kind."""
        values = {"arxiv": self.arxiv, "doi": self.doi, "openreview": self.openreview, "acl": self.acl}
        return {kind: value for kind, value in values.items() if value}

    @property
    def last_changed(self) -> date:
        """The latest day on which the entry was added, its text written or corrected, or its status set."""
        written = self.summary_by.date if self.summary_by else None
        days = (self.added, written, self.status_date, *(correction.date for correction in self.corrections))
        return max(day for day in days if day)

    @property
    def author_names(self) -> tuple[str, ...]:
        """The authors' names in order."""
        return tuple(author.name for author in self.authors)
