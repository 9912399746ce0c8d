"""Slow pages, which are built by MkDocs or rendered in full: their numbers, the reasons, and the lines of a report.

If the settings or the theme connect pages, MkDocs builds all of them together (``reasons_for_mkdocs_build``).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import TemplateSyntaxError, meta
from mkdocs.config.defaults import MkDocsConfig

MAX_UNREPORTED = 10
"""Up to this number of pages per reason, slow pages are not reported: they cost no noticeable time."""


class Reason(NamedTuple):
    """Why pages are slow: the file with the cause (a template or ``mkdocs.yml``), and the cause."""

    file: str
    why: str


class SlowPages(NamedTuple):
    """The number of pages that are slow for the same reason."""

    reason: Reason
    pages: int


def sum_by_reason(parts: Iterable[Iterable[SlowPages]]) -> tuple[SlowPages, ...]:
    """Sum the numbers of all parts by reason. The reason with the most pages comes first."""
    pages: Counter[Reason] = Counter()
    for part in parts:
        for reason, count in part:
            pages[reason] += count
    return tuple(
        SlowPages(reason, count) for reason, count in sorted(pages.items(), key=lambda item: (-item[1], item[0]))
    )


def slow_lines(slow: Iterable[SlowPages]) -> Iterator[str]:
    """Yield a line for each reason that affects more than ``MAX_UNREPORTED`` pages."""
    for (file, why), pages in slow:
        if pages > MAX_UNREPORTED:
            yield f"{pages:,} pages are built the slow way: {file}: {why}"


def reasons_for_mkdocs_build(config: MkDocsConfig) -> list[Reason]:
    """Return why the pages of a site cannot be built independently; an empty list if they can."""
    settings = ("plugins", "exclude_docs", "draft_docs", "not_in_nav", "hooks")
    # Each of these can make one page depend on the content of others.
    reasons = [f"`{name}` is set" for name in settings if config[name]]
    if not config.nav:
        reasons.append("there is no `nav`")
    # MkDocs takes a missing title from the page, which it must then convert before all others.
    elif not _has_titles(config.nav):
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
        # Only templates that contain the word need parsing.
        if name not in config.theme.static_templates and re.search(r"\bpages\b", text):
            try:
                variables = meta.find_undeclared_variables(config.theme.get_env().parse(text))
            except TemplateSyntaxError:
                continue  # rendering reports it with its location
            if "pages" in variables:
                yield name


def _has_titles(nav: list[Any]) -> bool:
    """Whether every navigation entry has a title: it is a mapping of the title to a path or to a list of entries."""
    if not all(isinstance(entry, dict) for entry in nav):
        return False
    targets = [target for entry in nav for target in entry.values()]
    return all(_has_titles(target) for target in targets if isinstance(target, list))
