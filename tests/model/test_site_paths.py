"""Paths of pages, and targets of links."""

import pytest

from generator.model.site_paths import resolve_target

PAGES, FILES = {"about", "howto", "guide/setup"}, {"shot.png", "guide/shot.png"}


@pytest.mark.parametrize(
    ("page", "link", "path", "is_file", "exists"),
    [
        ("howto", "about.md", "about", False, True),
        ("howto", "guide/setup.md#x", "guide/setup", False, True),
        ("guide/setup", "../howto.md", "howto", False, True),
        ("guide/setup", "shot.png", "guide/shot.png", True, True),
        ("howto", "shot.png", "shot.png", True, True),
        ("howto", "../venues/index.md", "venues", False, True),
        ("howto", "../papers/a2025b/", "papers/a2025b", False, True),
        ("howto", "/papers/a2025b/", "papers/a2025b", False, True),
        ("howto", "papers/a2025b/index.md", "papers/a2025b", False, True),
        ("howto", "/", "", False, True),
        ("howto", "index.md", "", False, True),
        ("howto", "gone.md", "gone", False, False),
        ("howto", "#x", "howto", False, True),
        ("howto", "https://example.org/", None, False, True),
        ("howto", "mailto:a@example.org", None, False, True),
    ],
)
def test_a_link_is_resolved_from_the_file_the_page_or_the_root(
    page: str, link: str, path: str | None, is_file: bool, exists: bool
) -> None:
    target = resolve_target(page, link, PAGES, FILES)
    assert (target.path, target.is_file, target.exists) == (path, is_file, exists)
