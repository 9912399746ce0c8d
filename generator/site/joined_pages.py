"""Whether the pages of a site can be built each by itself, by its settings and its theme."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, meta
from mkdocs.config.defaults import MkDocsConfig

from generator.site.slow_pages import Reason


def joining(config: MkDocsConfig) -> list[Reason]:
    """Why pages cannot be built each by itself; nothing if only the navigation and links lead from one to another."""
    chosen = ("plugins", "exclude_docs", "draft_docs", "not_in_nav", "hooks")
    why = [f"`{name}` is set" for name in chosen if config[name]]
    if not config.nav:
        why.append("there is no `nav`")
    elif not _titled(config.nav):
        why.append("`nav` names a page without a title")
    if not config.use_directory_urls:
        why.append("`use_directory_urls` is false")
    listing = (Reason(name, "it lists all `pages`") for name in _listing_pages(config))
    return [*(Reason("mkdocs.yml", text) for text in why), *listing]


def _listing_pages(config: MkDocsConfig) -> Iterator[str]:
    """The project's own templates of pages that ask for all other pages; Material has none."""
    own = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    for path in sorted(own.rglob("*.html")) if own else ():
        name, text = path.relative_to(own or "").as_posix(), path.read_text("utf-8", "replace")
        if name not in config.theme.static_templates and re.search(r"\bpages\b", text):
            try:
                variables = meta.find_undeclared_variables(config.theme.get_env().parse(text))
            except TemplateSyntaxError:
                continue  # told with its place when it is rendered
            if "pages" in variables:
                yield name


def _titled(nav: list[Any]) -> bool:
    """Whether the navigation names every page itself; else the head of each page depends on the titles of others."""
    parts = [part for item in nav if isinstance(item, dict) for part in item.values()]
    return all(isinstance(item, dict) for item in nav) and all(
        _titled(part) for part in parts if isinstance(part, list)
    )
