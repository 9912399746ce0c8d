"""The page of each paper."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.build.task import File, Task, Values
from generator.citation.formatted import citations
from generator.model import site_paths
from generator.model.localized import heading
from generator.model.own_text import disclosure, own_texts, writer_line
from generator.model.paper import Paper
from generator.pages.editorial import Editorial
from generator.pages.head import paper_head
from generator.pages.lists import Lists
from generator.pages.map import MAX_DOTS
from generator.pages.reasons import Reason, reason
from generator.pages.rendering import MAX_DESCRIPTION, Renderer, relative_file
from generator.pages.views import Link, Views
from generator.similarity.related import Relation, decode_relations, relations_value_name
from generator.text.escape import for_query
from generator.text.identifiers import public_address
from generator.text.maths import to_plain
from generator.text.names import shown_count
from generator.text.words import ENGLISH, Words, date_name, day_name, translatable

# The labels of identifiers and links. A kind without a label is shown under its own name; a test finds missing labels.
_REGISTRIES = {"arxiv": "arXiv", "doi": "DOI", "openreview": "OpenReview", "acl": "ACL Anthology"}
_LINKS = {
    "page": translatable("Publisher’s page"), "pdf": translatable("PDF"),
    "code": translatable("Code"), "project": translatable("Project"),
    "data": translatable("Data"), "model": translatable("Model"),
    "video": translatable("Video"), "slides": translatable("Slides"),
    "poster": translatable("Poster"), "blog": translatable("Blog"),
}  # fmt: skip
_AUTHORS_SHOWN = _SHARED_PEOPLE_SHOWN = 3


class ExternalLink(NamedTuple):
    """A link to another site: its text and URL, and a ``note`` such as the identifier or version to which it leads."""

    text: str
    address: str
    note: str


class Related(NamedTuple):
    """A related paper with its edition, and what both papers have in common."""

    paper: Link
    edition: str
    reason: str


def paper_tasks(views: Views, lists: Lists, editorial: Editorial, renderer: Renderer) -> Iterator[Task]:
    """A task for each paper's page, with links to the previous and next paper of its edition and to related papers.

    The related papers come from another task as a value (``similarity/related.py``).
    """
    for paper_id in views.catalog.papers:
        value_name = relations_value_name(paper_id)
        arguments = (views, lists, editorial, renderer, paper_id, value_name)
        yield Task(f"page {site_paths.paper(paper_id)}", _paper, arguments, (value_name,))


def _paper(
    views: Views,
    lists: Lists,
    editorial: Editorial,
    renderer: Renderer,
    paper_id: str,
    value_name: str,
    values: Values,
) -> Iterator[File]:
    settings, paper = views.settings, views.catalog.papers[paper_id]
    texts = own_texts(paper, settings.language)
    neighbors, edition = lists.paper_neighbors(paper_id), views.edition_link(paper.venue)
    reference, site_path = views.reference(paper_id), site_paths.paper(paper_id)
    to_glossary = relative_file(site_path, "glossary/")
    yield renderer.page(
        "paper.md.j2",
        site_path,
        title=paper.title,
        description=_description(views, paper),
        kind="paper",
        head=paper_head(views, settings, paper, reference),
        paper=paper,
        edition=edition,
        series=views.series_of(paper.venue),
        venue_note=views.text(paper.venue_note),
        appeared=_appeared(views, views.date(paper_id)),
        added=Link(day_name(paper.added, settings.words), site_paths.added(f"{paper.added:%Y-%m}")),
        authors=(authors := views.authors_of(paper)),
        authors_shown=shown_count(len(authors), _AUTHORS_SHOWN),
        institutions=[views.affiliation(name) for name in paper.affiliations],
        # The authors with a line of their own below *Affiliations*, which has affiliations or a link to ORCID.
        affiliated=[author for author in authors if author.affiliations or author.orcid],
        topics=[views.topic_link(topic_id) for topic_id in paper.topics],
        tags=[editorial.tag_link(tag_id) for tag_id in paper.tags],
        collections=editorial.collections_with_paper(paper_id),
        # The digest's text in each of its languages.
        versions=[editorial.paper_text(text, to_glossary) for text in texts],
        heading=lambda text, language: heading(text, language, settings.words),
        disclosure=disclosure(paper.summary_by, settings.words),
        access=access_link(paper, settings.words),
        search_query=lambda word: for_query({"q": to_plain(word)}),
        status=views.status(paper),
        status_note=views.text(paper.status_note),
        corrections=[(day_name(item.date, settings.words), views.text(item.note)) for item in paper.corrections],
        identifiers=identifiers(paper),
        permanent_address=next(iter(reference.addresses), ""),  # the first address is the most permanent, such as a DOI
        links=links(paper, settings.words),
        written_by=writer_line(paper, settings.words),
        sources_read=_sources_read(paper),
        citations=citations(reference),
        # Computed by another task, because the nearest papers depend on all papers.
        related=list(_related(views, paper_id, decode_relations(values[value_name]))),
        is_on_map=lists.is_among_newest(paper_id, str(MAX_DOTS)),  # the arguments of queries are strings
        previous=neighbors.previous,
        following=neighbors.following,
    )


def identifiers(paper: Paper) -> list[ExternalLink]:
    """The identifiers of a paper, with links to registries."""
    return [
        ExternalLink(_REGISTRIES.get(kind, kind), public_address(kind, value), value)
        for kind, value in paper.identifiers.items()
    ]


def links(paper: Paper, words: Words = ENGLISH) -> list[ExternalLink]:
    """The paper's other links: code, project, data and so on."""
    return [ExternalLink(words.say(_LINKS.get(kind, kind)), address, address) for kind, address in paper.links.present]


def _related(views: Views, paper_id: str, relations: Iterable[Relation]) -> Iterator[Related]:
    """The related papers for which there is a reason."""
    subject = views.subject(paper_id)
    for relation in relations:
        # Without a reason, two papers only happen to use the same words (decision 95).
        if shared := reason(subject, views.subject(relation.id), relation.words):
            other = views.mention(relation.id)
            reason_text = _reason_text(shared, views.settings.words)
            yield Related(Link(other.title, other.site_path), other.edition, reason_text)


def _reason_text(shared: Reason, words: Words) -> str:
    """A reason as a line of text, such as "Also by Ada Reef · Shared topic: Cats"."""
    parts = []
    if shared.people:
        shown = shown_count(len(shared.people), _SHARED_PEOPLE_SHOWN)
        names, others = ", ".join(shared.people[:shown]), len(shared.people) - shown
        if others:
            names = f"{names} {words.say('and {n} more', n=others)}"
        parts.append(words.say("Also by {names}", names=names))
    if subjects := dict.fromkeys((*shared.topics, *shared.methods)):
        parts.append(words.say("Shared topic: {topic}", topic=", ".join(subjects)))
    if shared.terms:
        parts.append(words.say("In both: {words}", words=", ".join(shared.terms)))
    return " · ".join(parts)


def access_link(paper: Paper, words: Words = ENGLISH) -> ExternalLink | None:
    """The link to the paper itself: its PDF, else its page at the publisher or a registry; None if it has neither."""
    # arXiv derives the address of the PDF from the id.
    if pdf := paper.links.pdf or (f"https://arxiv.org/pdf/{paper.arxiv}" if paper.arxiv else ""):
        return ExternalLink(words.say("PDF"), pdf, pdf)
    addresses = [paper.links.page or "", *(link.address for link in identifiers(paper))]
    return next((ExternalLink(words.say("Read the paper"), address, address) for address in addresses if address), None)


def _sources_read(paper: Paper) -> list[ExternalLink]:
    """Links to the sources from which the digest's text was written, with the versions that were read."""
    readings = paper.summary_by.of if paper.summary_by else ()
    return [ExternalLink(reading.what, reading.url, reading.version or "") for reading in readings if reading.url]


def _appeared(views: Views, date: str) -> Link | None:
    """A publication date, linked to its page of the archive; None if no date is recorded."""
    return Link(date_name(date, views.settings.words), site_paths.archive(date)) if date else None


def _description(views: Views, paper: Paper) -> str:
    """The digest's shortest text, or else the title and edition, cut between words."""
    text = to_plain(views.text(paper.tldr)) or f"{to_plain(paper.title)}, {views.edition_link(paper.venue).text}"
    if len(text) <= MAX_DESCRIPTION:
        return text
    return text[:MAX_DESCRIPTION].rpartition(" ")[0] + " …"
