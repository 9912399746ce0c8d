"""The path of each page as a folder below the site's root, and the targets of links on pages written by hand.

Paths never change, since other sites link to them. A link's target is relative to the source file, as in Material's
documentation (``setup.md``, ``../shot.png``), to the page's address (``../papers/ID/``), or to the root of the site
(``/papers/ID/``).
"""

import posixpath
from collections.abc import Container, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.model.catalog import EditionEntry

RESERVED_FOLDERS = frozenset(
    "api archive assets authors awards collections compare glossary institutions mail map offline pagefind papers"
    " quarantine reading-list search stats tags topics venues weekly".split()
)
"""Top-level folders that the site reserves. Pages written by hand cannot use them."""

GENERATED_PATHS = RESERVED_FOLDERS | {"", "accessibility", "corrections", "data", "subscribe"}
"""The paths of generated pages. A page written by hand replaces a generated one outside ``RESERVED_FOLDERS``."""
GENERATED_FOLDERS = RESERVED_FOLDERS | frozenset("contribute corrections data feeds subscribe".split())
"""Top-level folders of generated pages. A page written by hand may replace some of them."""


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
    """The former paths of an edition."""
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


def has_markdown(path: str) -> bool:
    """Whether a page has a Markdown copy beside it: home, papers, and topics, series and editions with their lists."""
    # ``topics/ID/page/2`` is a further page of a long list.
    return not path or (f"{path}/".startswith(("papers/", "topics/", "venues/")) and "/page/" not in path)


def archive(date: str) -> str:
    """``archive/2026/04/23`` for ``2026-04-23``; ``archive/undated`` for papers whose year is not known.

    ``date`` is a day, month or year.
    """
    return f"archive/{date.replace('-', '/') or 'undated'}"


def added(date: str) -> str:
    """``archive/added/2026/04`` for ``2026-04``: papers added on that day, in that month or in that year."""
    return f"archive/added/{date.replace('-', '/')}"


def week(slug: str) -> str:
    """``weekly/2026-w17``."""
    return f"weekly/{slug.lower()}"


def earlier_week(slug: str) -> str:
    """``mail/2026-W17``, the former path of a weekly page."""
    return f"mail/{slug}"


class Target(NamedTuple):
    """The target of a link within the site: a page's folder or a file's path, the anchor, and whether it exists.

    ``path`` is None for an external link.
    """

    path: str | None
    anchor: str
    is_file: bool
    exists: bool


def resolve_target(page_id: str, link: str, pages: Container[str], files: Container[str]) -> Target:
    """Resolve ``link`` on a page, given all pages written by hand and the files beside them."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return Target(None, "", is_file=False, exists=True)
    if not parts.path:
        return Target(page_id, parts.fragment, is_file=False, exists=True)
    candidates = [_target(path, pages, files) for path in _candidates(page_id, unquote(parts.path))]
    path, is_file, exists = next((candidate for candidate in candidates if candidate[2]), candidates[0])
    return Target(path, parts.fragment, is_file, exists)


def _candidates(page_id: str, path: str) -> Iterator[str]:
    """The possible meanings of a link as paths from the site's root, most likely first."""
    if path.startswith("/"):
        yield _normal(path.lstrip("/"))
        return
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(page_id), path))
    if not inside.startswith(".."):
        yield _normal(inside)
    # Directory URLs add a level: ``howto.md`` becomes ``howto/``, so an address has one ``../`` more than a file path.
    yield _normal(posixpath.normpath(posixpath.join(page_id, path)).removeprefix("../"))


def _normal(path: str) -> str:
    return "" if path == "." else path.rstrip("/")


def _target(path: str, pages: Container[str], files: Container[str]) -> tuple[str, bool, bool]:
    if path in files:
        return path, True, True
    stem = path.removesuffix(".md") if path.endswith(".md") else path.removesuffix(".html")
    page = "" if stem == "index" else stem.removesuffix("/index")
    # Any path below a generated folder passes: which pages exist there is known only after a build.
    exists = page == "" or page in pages or page.partition("/")[0] in GENERATED_FOLDERS
    return page, False, exists
