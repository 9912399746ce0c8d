"""Pages that are built by MkDocs or rendered in full, with the reason, and how the build reports them.

Settings and theme decide whether the pages of a site can be built independently of each other.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, meta
from mkdocs.config.defaults import MkDocsConfig

FEW = 10
"""Up to this number, slow pages are not reported: they cost no noticeable time."""


class Reason(NamedTuple):
    """Why pages are slow: the template (or the settings file), and the cause in it."""

    template: str
    why: str


class SlowPages(NamedTuple):
    """The number of pages that are slow for the same reason."""

    reason: Reason
    pages: int


def sum_by_reason(parts: Iterable[Iterable[SlowPages]]) -> tuple[SlowPages, ...]:
    """Sum all parts by reason, most pages first."""
    pages: Counter[Reason] = Counter()
    for part in parts:
        for reason, count in part:
            pages[reason] += count
    return tuple(
        SlowPages(reason, count) for reason, count in sorted(pages.items(), key=lambda item: (-item[1], item[0]))
    )


def slow_lines(slow: Iterable[SlowPages]) -> Iterator[str]:
    """Yield a line for each reason that affects more than ``FEW`` pages."""
    for (template, why), pages in slow:
        if pages > FEW:
            yield f"{pages:,} pages are built the slow way: {template}: {why}"


def reasons_for_plain_build(config: MkDocsConfig) -> list[Reason]:
    """Return why pages cannot be built independently; empty if only navigation and links connect them."""
    settings = ("plugins", "exclude_docs", "draft_docs", "not_in_nav", "hooks")
    # Each of these can make one page depend on the content of others.
    reasons = [f"`{name}` is set" for name in settings if config[name]]
    if not config.nav:
        reasons.append("there is no `nav`")
    # MkDocs reads a missing title from the page, which must be converted before all others.
    elif not _titled(config.nav):
        reasons.append("`nav` names a page without a title")
    if not config.use_directory_urls:
        reasons.append("`use_directory_urls` is false")
    listing = (Reason(name, "it lists all `pages`") for name in _listing_pages(config))
    return [*(Reason("mkdocs.yml", text) for text in reasons), *listing]


def _listing_pages(config: MkDocsConfig) -> Iterator[str]:
    """The project's own page templates that use the list of all pages. Material has none."""
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for path in sorted(custom.rglob("*.html")) if custom else ():
        name, text = path.relative_to(custom or "").as_posix(), path.read_text("utf-8", "replace")
        # The search avoids parsing templates that do not contain the word.
        if name not in config.theme.static_templates and re.search(r"\bpages\b", text):
            try:
                variables = meta.find_undeclared_variables(config.theme.get_env().parse(text))
            except TemplateSyntaxError:
                continue  # rendering reports it with its location
            if "pages" in variables:
                yield name


def _titled(nav: list[Any]) -> bool:
    """Whether every navigation entry has a title; else MkDocs reads titles from the pages."""
    parts = [part for item in nav if isinstance(item, dict) for part in item.values()]
    return all(isinstance(item, dict) for item in nav) and all(
        _titled(part) for part in parts if isinstance(part, list)
    )
