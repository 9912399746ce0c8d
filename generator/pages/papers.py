"""The page of each paper."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.citation.bibtex import bibtex
from generator.citation.formatted import citations
from generator.citation.reference import reference_of
from generator.model import places
from generator.model.own_text import own_texts, written_by
from generator.model.page import Batch, Draft
from generator.model.paper import Paper
from generator.model.settings import Settings
from generator.pages.head import paper_head
from generator.pages.rendering import Renderer
from generator.pages.views import Link, Views
from generator.similarity.related import Relation
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.words import ENGLISH, Words, marked

# A test holds that no kind lacks its label; one that does is named by itself.
_REGISTERS = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "acl": "ACL Anthology"}
_LINKS = {
    "page": marked("Published page"), "pdf": marked("PDF"), "code": marked("Code"), "project": marked("Project"),
    "data": marked("Data"), "model": marked("Model"), "video": marked("Video"), "slides": marked("Slides"),
    "poster": marked("Poster"), "blog": marked("Blog"),
}  # fmt: skip
_DESCRIPTION_MOST = 155


class Outside(NamedTuple):
    """A link out of the site."""

    text: str
    address: str
    note: str


class Related(NamedTuple):
    """A paper near this one, and the words and people that both have."""

    paper: Link
    about: str
    added: str
    words: tuple[str, ...]
    people: tuple[str, ...]


def paper_pages(
    views: Views, renderer: Renderer, settings: Settings, related: Mapping[str, Sequence[Relation]]
) -> Iterator[Batch[Draft]]:
    """One page a paper, with the previous and the next one of its edition and those that are near it."""
    places_in = {name: at for held in views.catalog.papers_by_edition.values() for at, name in enumerate(held)}
    for paper in views.catalog.papers.values():
        of = (paper, places_in[paper.id], related.get(paper.id, ()))
        yield Batch(partial(_told, views, *of), partial(_paper, views, renderer, settings, *of))


def _told(views: Views, paper: Paper, at: int, near: Sequence[Relation]) -> bytes:
    """The paper itself, those beside it and those near it."""
    siblings = views.catalog.papers_by_edition[paper.venue]
    beside = (_sibling(views, siblings, at - 1), _sibling(views, siblings, at + 1))
    words = [relation.words for relation in near]
    return views.marks.told("paper", beside, words, papers=(paper.id, *(relation.id for relation in near)))


def _paper(
    views: Views, renderer: Renderer, settings: Settings, paper: Paper, at: int, near: Sequence[Relation]
) -> Iterator[Draft]:
    """The page of a paper, which stands at place ``at`` in its edition."""
    siblings = views.catalog.papers_by_edition[paper.venue]
    entry = views.catalog.editions[paper.venue]
    reference = reference_of(views.catalog, paper, settings.language, settings.words)
    yield renderer.page(
        "paper.md.j2",
        places.paper(paper.id),
        title=paper.title,
        description=_description(views, paper),
        kind="paper",
        head=paper_head(views, settings, paper, reference),
        paper=paper,
        edition=views.edition_name(paper.venue),
        series=Link(entry.series.name, places.series(entry.series.id)),
        day=Link(paper.added.isoformat(), places.day(paper.added)),
        authors=views.authors_of(paper),
        institutions=[views.institution(name) for name in paper.affiliations],
        topics=[views.topic_name(topic_id) for topic_id in paper.topics],
        versions=own_texts(paper, settings.language),
        status=views.status(paper),
        status_note=views.text(paper.status_note),
        corrections=[(c.date.isoformat(), views.text(c.note)) for c in paper.corrections],
        identifiers=identifiers(paper),
        links=links(paper, settings.words),
        written_by=written_by(paper, settings.words),
        citations=citations(reference),
        bibtex=bibtex(reference),
        related=[_related(views, paper, relation) for relation in near],
        previous=_sibling(views, siblings, at - 1),
        following=_sibling(views, siblings, at + 1),
    )


def identifiers(paper: Paper) -> list[Outside]:
    """Where the paper is registered."""
    return [
        Outside(_REGISTERS.get(kind, kind), public_address(kind, value), value)
        for kind, value in paper.identifiers.items()
    ]


def links(paper: Paper, words: Words = ENGLISH) -> list[Outside]:
    """What belongs to the paper."""
    return [Outside(words.say(_LINKS.get(kind, kind)), address, address) for kind, address in paper.links.present]


def _related(views: Views, paper: Paper, relation: Relation) -> Related:
    other = views.catalog.papers[relation.id]
    ours = {views.catalog.author_ids[name] for name in paper.author_names}
    people = tuple(name for name in other.author_names if views.catalog.author_ids[name] in ours)
    return Related(
        Link(other.title, places.paper(other.id)),
        views.edition(other.venue).text,
        other.added.isoformat(),
        relation.words,
        people,
    )


def _sibling(views: Views, siblings: tuple[str, ...], at: int) -> Link | None:
    if not 0 <= at < len(siblings):
        return None
    paper = views.catalog.papers[siblings[at]]
    return Link(paper.title, places.paper(paper.id))


def _description(views: Views, paper: Paper) -> str:
    text = to_plain(views.text(paper.tldr)) or f"{to_plain(paper.title)}, {views.edition(paper.venue).text}"
    if len(text) <= _DESCRIPTION_MOST:
        return text
    return text[:_DESCRIPTION_MOST].rpartition(" ")[0] + " …"
