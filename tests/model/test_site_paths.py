"""Paths of pages, and targets of links."""

import pytest

from generator.model import site_paths
from generator.model.catalog import edition_entries
from generator.model.entities import Edition, Series, VenueKind
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
        ("howto", "../accessibility/", "accessibility", False, True),
        ("howto", "../contribute/", "contribute", False, False),
        ("howto", "/", "", False, True),
        ("howto", "index.md", "", False, True),
        ("howto", "gone.md", "gone", False, False),
        ("howto", "#x", "howto", False, True),
        ("howto", "https://example.org/", None, False, True),
        ("howto", "mailto:a@example.org", None, False, True),
        ("howto", "http://[x", None, False, False),
    ],
)
def test_a_link_is_resolved_from_the_file_the_page_or_the_root(
    page: str, link: str, path: str | None, is_file: bool, exists: bool
) -> None:
    target = resolve_target(page, link, PAGES, FILES)
    assert (target.path, target.is_file, target.exists) == (path, is_file, exists)


def test_paths_have_the_published_forms() -> None:
    editions = (Edition(id="conf-2026", year=2026, aliases=("conf",)),)
    (entry,) = edition_entries(Series(id="conf", name="Conf", kind=VenueKind.CONFERENCE, editions=editions))
    assert site_paths.card(site_paths.paper("x").removeprefix("papers/")) == "papers/x/card.png"
    assert site_paths.edition(entry) == "venues/conf/2026"
    assert site_paths.earlier_editions(entry) == ("venues/conf/conf",)
    assert site_paths.week("2026-W17") == "weekly/2026-w17"
    assert [site_paths.archive(date) for date in ("2026-04-23", "2026", "")] == [
        "archive/2026/04/23",
        "archive/2026",
        "archive/undated",
    ]
    assert site_paths.added("2026-04") == "archive/added/2026/04"


@pytest.mark.parametrize(
    ("path", "has_copy"),
    [("", True), ("papers/x", True), ("topics", True), ("topics/x/page/2", False), ("authors/x", False)],
)
def test_home_papers_topics_and_venues_have_a_markdown_copy(path: str, has_copy: bool) -> None:
    assert site_paths.has_markdown(path) is has_copy


def test_every_generated_path_is_reserved_or_may_be_replaced() -> None:
    assert site_paths.RESERVED_FOLDERS < site_paths.GENERATED_PATHS
