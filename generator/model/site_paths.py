"""The path of each page as a folder below the site's root, and the targets of links on pages written by hand.

Paths never change, since other sites link to pages. A link's target is relative to the source file, as in Material's
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
"""The first parts of the paths of generated pages. A page written by hand may replace one that is not reserved."""


def paper(paper_id: str) -> str:
    """``papers/ID``."""
    return f"papers/{paper_id}"


def card(paper_id: str) -> str:
    """The path of the image of a paper's social card."""
    return f"{paper(paper_id)}/card.png"


def series(series_id: str) -> str:
    """``venues/SERIES``."""
    return f"venues/{series_id}"


def edition(entry: EditionEntry) -> str:
    """``venues/SERIES/YEAR``; for some editions, another slug than the year (see ``EditionEntry``)."""
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
    """Whether a page has a Markdown copy: the home page, papers, topics, venues, and the indexes of these."""
    # ``topics/ID/page/2`` is a further page of a long list, without a copy.
    return not path or (f"{path}/".startswith(("papers/", "topics/", "venues/")) and "/page/" not in path)


def archive(date: str) -> str:
    """``archive/2026/04/23`` for ``2026-04-23``; ``archive/undated`` for '', the papers whose year is not known.

    ``date`` is a day, month or year.
    """
    return f"archive/{date.replace('-', '/') or 'undated'}"


def added(date: str) -> str:
    """``archive/added/2026/04`` for ``2026-04``: the papers added on a day, in a month or in a year (``date``)."""
    return f"archive/added/{date.replace('-', '/')}"


def week(slug: str) -> str:
    """``weekly/2026-w17``."""
    return f"weekly/{slug.lower()}"


def earlier_week(slug: str) -> str:
    """``mail/2026-W17``, the former path of a weekly page."""
    return f"mail/{slug}"


class Target(NamedTuple):
    """The target of a link. ``path`` is a page's folder or a file's path below the site's root.

    For an external link, ``path`` is None and ``exists`` true; for a link that is no valid URL, None and false.
    """

    path: str | None
    anchor: str
    is_file: bool
    exists: bool


def resolve_target(page_id: str, link: str, pages: Container[str], files: Container[str]) -> Target:
    """Return the target of ``link`` on a page written by hand.

    ``pages`` has the ids of all pages written by hand, ``files`` the paths of the files beside them, such as images.
    """
    try:
        parts = urlsplit(link)
    except ValueError:  # ``http://[a``: brackets without an IPv6 address
        return Target(None, "", is_file=False, exists=False)
    if parts.scheme or parts.netloc:
        return Target(None, "", is_file=False, exists=True)
    if not parts.path:
        return Target(page_id, parts.fragment, is_file=False, exists=True)
    paths = _possible_paths(page_id, unquote(parts.path))
    targets = [_target(path, parts.fragment, pages, files) for path in paths]
    return next((target for target in targets if target.exists), targets[0])


def _possible_paths(page_id: str, link_path: str) -> Iterator[str]:
    """The paths below the site's root that a link may mean, most likely first."""
    if link_path.startswith("/"):
        yield _without_slash(link_path.lstrip("/"))
        return
    from_file = posixpath.normpath(posixpath.join(posixpath.dirname(page_id), link_path))
    if not from_file.startswith(".."):
        yield _without_slash(from_file)
    # The page ``howto.md`` is the folder ``howto/``, so an address has one ``../`` more than a file path.
    yield _without_slash(posixpath.normpath(posixpath.join(page_id, link_path)).removeprefix("../"))


def _without_slash(path: str) -> str:
    return "" if path == "." else path.rstrip("/")


def _target(path: str, anchor: str, pages: Container[str], files: Container[str]) -> Target:
    """The target of a link that means ``path``."""
    if path in files:
        return Target(path, anchor, is_file=True, exists=True)
    stem = path.removesuffix(".md") if path.endswith(".md") else path.removesuffix(".html")
    page = "" if stem == "index" else stem.removesuffix("/index")
    # Any path below a generated folder is accepted, since only a build shows which pages exist there.
    exists = page in pages or page.partition("/")[0] in GENERATED_PATHS
    return Target(page, anchor, is_file=False, exists=exists)
