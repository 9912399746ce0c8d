"""Editorial records: collections with a note on each paper, glossary terms, and tags."""

from enum import StrEnum
from typing import Annotated

from generator.model.localized import LocalizedLine, LocalizedLines, LocalizedProse, in_language
from generator.model.paper import MAX_LIST
from generator.model.provenance import Sources, SummaryBy
from generator.model.record import record
from generator.model.values import Day, Id, Week, at_most


class CollectionKind(StrEnum):
    """The kind of a collection: an introduction to a topic, a comparison of claims, a short selection, an article."""

    START_HERE = "start-here"
    COMPARISON = "comparison"
    PICKS = "picks"
    ARTICLE = "article"


@record
class CollectionItem:
    """A paper in a collection, with a note: the claim or the reason. ``heading`` starts a section."""

    paper: Id
    note: LocalizedProse
    heading: LocalizedLine | None = None


@record
class Collection:
    """Papers in an order chosen by an editor, with the editor's notes.

    ``topic`` is the topic that a collection of kind start-here introduces. ``venue`` (an edition), ``institution`` and
    ``week`` say where the papers come from. ``date`` is the day on which the collection was written, or its papers
    picked. ``disclosure`` states how it was made, and is shown last.
    """

    id: Id
    name: LocalizedLine
    kind: CollectionKind
    topic: Id | None = None
    venue: Id | None = None
    institution: Id | None = None
    week: Week | None = None
    date: Day
    intro: LocalizedProse
    items: Annotated[tuple[CollectionItem, ...], at_most(MAX_LIST, "items")]
    conclusion: LocalizedProse | None = None
    disclosure: LocalizedProse | None = None
    written_by: SummaryBy
    source: Sources = ()

    @property
    def papers(self) -> tuple[str, ...]:
        """The ids of the papers, in order, each once."""
        return tuple(dict.fromkeys(item.paper for item in self.items))


@record
class ItemText:
    """The note on a paper in one language, and the heading above it or ''."""

    paper: str
    heading: str
    note: str


@record
class CollectionText:
    """A collection in one language. Missing translations fall back to the digest's language; absent texts are ''."""

    language: str
    name: str
    intro: str
    items: tuple[ItemText, ...]
    conclusion: str
    disclosure: str


def collection_texts(collection: Collection, digest_language: str) -> tuple[CollectionText, ...]:
    """The collection in each language of its introduction. The digest's language comes first."""
    languages = {code or digest_language for code in collection.intro}  # no code means the digest's language
    return tuple(
        CollectionText(
            language=language,
            name=in_language(collection.name, language, digest_language),
            intro=in_language(collection.intro, language, digest_language),
            items=tuple(
                ItemText(
                    paper=item.paper,
                    heading=in_language(item.heading, language, digest_language),
                    note=in_language(item.note, language, digest_language),
                )
                for item in collection.items
            ),
            conclusion=in_language(collection.conclusion, language, digest_language),
            disclosure=in_language(collection.disclosure, language, digest_language),
        )
        for language in sorted(languages, key=lambda language: (language != digest_language, language))
    )


@record
class Term:
    """A term of the glossary. ``aliases`` are other names and spellings of the term in texts, by language."""

    id: Id
    name: LocalizedLine
    aliases: LocalizedLines | None = None
    definition: LocalizedProse
    written_by: SummaryBy


class TagKind(StrEnum):
    """The category of a tag: kind of work, type of data, technique, or application."""

    WORK = "work"
    MODALITY = "modality"
    TECHNIQUE = "technique"
    APPLICATION = "application"


@record
class Tag:
    """A tag of the controlled vocabulary for papers."""

    id: Id
    name: LocalizedLine
    kind: TagKind
    description: LocalizedLine
