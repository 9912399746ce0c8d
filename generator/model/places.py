"""The URLs of pages, as folders below the site's root. They never change."""

from generator.model.catalog import EditionEntry

TAKEN = frozenset(
    "api archive assets authors awards collections compare glossary institutions mail map offline pagefind papers"
    " quarantine reading-list search stats tags topics venues weekly".split()
)
"""Top-level folders that the site reserves. Pages written by hand cannot use them."""


OWN_PLACES = TAKEN | {"", "accessibility", "corrections", "data", "subscribe"}
"""All places of generated pages. A page written by hand replaces the generated page of a place not in ``TAKEN``."""


def paper(paper_id: str) -> str:
    """``papers/ID``."""
    return f"papers/{paper_id}"


def card(paper_id: str) -> str:
    """The file of a paper's social card."""
    return f"{paper(paper_id)}/card.png"


def series(series_id: str) -> str:
    """``venues/SERIES``."""
    return f"venues/{series_id}"


def edition(entry: EditionEntry) -> str:
    """``venues/SERIES/YEAR``."""
    return f"venues/{entry.series.id}/{entry.slug}"


def earlier_editions(entry: EditionEntry) -> tuple[str, ...]:
    """The former places of an edition."""
    return tuple(f"venues/{entry.series.id}/{alias}" for alias in entry.edition.aliases)


def topic(topic_id: str) -> str:
    """``topics/ID``."""
    return f"topics/{topic_id}"


def author(author_id: str) -> str:
    """``authors/ID``."""
    return f"authors/{author_id}"


def institution(institution_id: str) -> str:
    """``institutions/ID``."""
    return f"institutions/{institution_id}"


def collection(collection_id: str) -> str:
    """``collections/ID``."""
    return f"collections/{collection_id}"


def tag(tag_id: str) -> str:
    """``tags/ID``."""
    return f"tags/{tag_id}"


def has_markdown(place: str) -> bool:
    """Whether a page has a Markdown copy beside it: home, papers, and topics, series and editions with their lists."""
    return not place or (f"{place}/".startswith(("papers/", "topics/", "venues/")) and "/page/" not in place)


def archive(span: str) -> str:
    """``archive/2026/04/23`` for ``2026-04-23``; ``archive/undated`` for papers whose year is not known."""
    return f"archive/{span.replace('-', '/') or 'undated'}"


def added(span: str) -> str:
    """``archive/added/2026/04`` for ``2026-04``: papers added in that span."""
    return f"archive/added/{span.replace('-', '/')}"


def week(slug: str) -> str:
    """``weekly/2026-w17``."""
    return f"weekly/{slug.lower()}"


def earlier_week(slug: str) -> str:
    """``mail/2026-W17``, the former place of a weekly page."""
    return f"mail/{slug}"
