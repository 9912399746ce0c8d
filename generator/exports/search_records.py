"""What search knows of each paper: short text, weighted names, filters and an order."""

from generator.model import places
from generator.model.catalog import Catalog
from generator.model.paper import Paper, Status
from generator.model.search_record import SearchRecord
from generator.model.settings import Settings
from generator.model.values import in_language
from generator.text.markup import prose_plain
from generator.text.maths import to_plain


def search_records(catalog: Catalog, settings: Settings) -> list[SearchRecord]:
    """A record a paper, in the catalogue's order."""
    return [_record(catalog, settings, paper) for paper in catalog.papers.values()]


def _record(catalog: Catalog, settings: Settings, paper: Paper) -> SearchRecord:
    own = settings.language
    entry = catalog.editions[paper.venue]
    filters = filters_of(catalog, settings, paper)
    tldr = to_plain(in_language(paper.tldr, own, own))
    meta = {
        "title": to_plain(paper.title),
        "authors": ", ".join(paper.author_names),
        "venue": entry.name,
        "tldr": tldr,
        "added": paper.added.isoformat(),
    }
    if paper.status is not Status.PUBLISHED:
        meta["status"] = paper.status.value
    return SearchRecord(
        url=f"/{places.paper(paper.id)}/",
        content=_content(paper, filters["topic"], tldr, own),
        language=own,
        meta=meta,
        filters=filters,
        sort={"date": f"{paper.added.isoformat()} {entry.edition.year or 0:04}"},
    )


def filters_of(catalog: Catalog, settings: Settings, paper: Paper) -> dict[str, list[str]]:
    """By what search can narrow papers, and the values that this one has. A topic counts with those above it."""
    own = settings.language
    entry = catalog.editions[paper.venue]
    topics = dict.fromkeys(topic for t in paper.topics for topic in (*catalog.ancestors(t), t))
    authors = [catalog.authors[catalog.author_ids[name]].name for name in paper.author_names]
    return {
        "venue": [entry.series.name],
        "year": [str(year)] if (year := catalog.year_of(paper)) else [],
        "topic": [in_language(catalog.topics[topic].name, own, own) for topic in topics],
        "author": list(dict.fromkeys(authors)),
        "code": ["yes" if paper.links.code else "no"],
    }


def _content(paper: Paper, topics: list[str], tldr: str, own: str) -> str:
    """Title first, so that its words stand near each other for exact phrases; then text, names and words."""
    parts = [
        to_plain(paper.title),
        *(to_plain(title) for title in paper.other_titles),
        ", ".join(paper.author_names),
        tldr,
        prose_plain(in_language(paper.summary, own, own)),
        ", ".join(to_plain(word) for word in paper.keywords),
        ", ".join(topics),
        *paper.identifiers.values(),
    ]
    return "\n".join(part for part in parts if part)
