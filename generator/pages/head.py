"""Metadata in the head of a paper's page: Highwire and Dublin Core tags, and schema.org data.

- Highwire: https://scholar.google.com/intl/en/scholar/inclusion.html#indexing; Zotero reads the same tags
- Dublin Core: https://www.dublincore.org/specifications/dublin-core/dcq-html/
- schema.org: https://schema.org/ScholarlyArticle

The metadata describe the paper; the digest's own text is a separate work about the paper. The abstract is left out.
"""

from collections.abc import Iterator
from typing import Any

from generator.citation.reference import Form, Reference
from generator.model import site_paths
from generator.model.own_text import DIGITAL_SOURCE_VOCABULARY, digital_source, disclosure
from generator.model.paper import Paper
from generator.model.settings import Settings
from generator.pages.rendering import Head
from generator.pages.views import Views
from generator.text.maths import to_plain


def paper_head(views: Views, settings: Settings, paper: Paper, reference: Reference) -> Head:
    """The head of a paper's page. If Highwire tags are switched off, Dublin Core replaces them."""
    tags = list(_highwire(paper, reference) if settings.citation_tags else _dublin_core(reference))
    # Highwire has no tag for a correction or retraction.
    tags.append(("DC.description", reference.notice))
    return Head(
        tags=tuple(tag for tag in tags if tag[1]),
        data=_scholarly_article(views, settings, paper, reference),
        card=site_paths.card(paper.id) if settings.social_cards else "",
    )


def _highwire(paper: Paper, reference: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", to_plain(reference.title)
    for author in paper.authors:
        # Institution and ORCID iD follow their author: readers of these tags assign them by order.
        yield "citation_author", author.name
        for affiliation in author.affiliation:
            yield "citation_author_institution", affiliation
        yield "citation_author_orcid", f"https://orcid.org/{author.orcid}" if author.orcid else ""
    # Google Scholar reads dates such as 2010/5/12: https://scholar.google.com/intl/en/scholar/inclusion.html
    yield "citation_publication_date", _publication_date(reference).replace("-", "/")
    yield "citation_conference_title", reference.venue if reference.form is Form.PROCEEDINGS else ""
    yield "citation_journal_title", reference.venue if reference.form is Form.JOURNAL else ""
    yield "citation_volume", reference.volume
    first, _, last = reference.pages.partition("–")  # an en dash, as in "12–34"
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", reference.publisher
    yield "citation_doi", reference.identifiers.get("doi", "")
    yield "citation_arxiv_id", reference.identifiers.get("arxiv", "")
    yield "citation_pdf_url", paper.links.pdf or ""
    yield "citation_keywords", "; ".join(map(to_plain, paper.keywords))


def _dublin_core(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "DC.title", to_plain(reference.title)
    for name in reference.authors:
        yield "DC.creator", name
    yield "DC.date", _publication_date(reference)
    yield "DC.type", "Text"
    yield "DC.source", reference.venue
    for address in reference.addresses:
        yield "DC.identifier", address


def _scholarly_article(views: Views, settings: Settings, paper: Paper, reference: Reference) -> dict[str, Any]:
    address = f"{settings.site_url}{site_paths.paper(paper.id)}/"
    return _non_empty(
        {
            "@context": "https://schema.org",
            # The article is the paper, not this page, which has other authors (decision 21).
            "@type": "ScholarlyArticle",
            "@id": "#paper",
            "name": to_plain(paper.title),
            "alternateName": [to_plain(title) for title in paper.other_titles],
            "author": _authors(views, paper),
            "datePublished": _publication_date(reference),
            "pagination": reference.pages,
            "publication": _publication(reference),
            # Left out unless it has both fields: the type alone says nothing.
            "isPartOf": _non_empty(
                {"@type": "Periodical", "name": reference.venue if reference.form is Form.JOURNAL else ""}, 2
            ),
            "sameAs": list(reference.addresses),
            "about": [views.topic_link(topic_id).text for topic_id in paper.topics],
            "keywords": [to_plain(word) for word in paper.keywords],
            "award": list(paper.awards),
            "creativeWorkStatus": reference.notice,
            "subjectOf": _digest_text(settings, paper, address),
        }
    )


def _digest_text(settings: Settings, paper: Paper, address: str) -> dict[str, Any]:
    """The digest's text on the paper, as an article at the URL ``address``."""
    source = digital_source(paper.summary_by)
    return _non_empty(
        {
            "@type": "Article",
            "@id": address,
            "creditText": disclosure(paper.summary_by, settings.words),
            "digitalSourceType": DIGITAL_SOURCE_VOCABULARY + source if source else "",
            "license": settings.license_url,
            "datePublished": paper.added.isoformat(),
            "dateModified": paper.last_changed.isoformat(),
        }
    )


def _authors(views: Views, paper: Paper) -> list[dict[str, Any]]:
    return [
        _non_empty(
            {
                "@type": "Person",
                "name": author.name,
                "sameAs": f"https://orcid.org/{author.orcid}" if author.orcid else "",
                "affiliation": [{"@type": "Organization", "name": link.text} for link in author.affiliations],
            }
        )
        for author in views.authors_of(paper)
    ]


def _publication(reference: Reference) -> dict[str, Any]:
    if reference.form is Form.JOURNAL:  # not published at an event; ``isPartOf`` names the journal
        return {}
    return _non_empty(
        {
            "@type": "PublicationEvent",
            "name": reference.venue,
            "alternateName": reference.event,
            "startDate": reference.starts.isoformat() if reference.starts else "",
            "endDate": reference.ends.isoformat() if reference.ends else "",
            "location": reference.place,
        }
    )


def _publication_date(reference: Reference) -> str:
    """A day (ISO 8601), a year, or ''."""
    return reference.published.isoformat() if reference.published else str(reference.year or "")


def _non_empty(item: dict[str, Any], min_fields: int = 1) -> dict[str, Any]:
    """The fields that have a value; none if fewer than ``min_fields`` are left."""
    fields = {name: value for name, value in item.items() if value}
    return fields if len(fields) >= min_fields else {}
