"""The addresses of all feeds in one file that feed readers import: OPML 2.0 (https://opml.org/spec2.opml)."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from generator.exports.listings import Listing
from generator.exports.rendering import make_environment
from generator.model.page import Page
from generator.model.settings import Settings
from generator.text.words import marked

_KINDS = {
    "venues": marked("Venues"), "topics": marked("Topics"), "authors": marked("Authors"),
    "institutions": marked("Institutions"), "awards": marked("Awards"), "corrections": marked("Corrections"),
}  # fmt: skip


def opml_file(settings: Settings, theme: Path, lists: Iterable[Listing]) -> Page:
    """``feeds.opml``: the feeds of ``lists`` in folders by kind, but for single days, whose feeds bring nothing new."""
    groups: dict[str, list[Listing]] = defaultdict(list)
    for listing in lists:
        if not listing.place.startswith("archive/"):
            kind = listing.place.partition("/")[0]
            groups[settings.words.say(_KINDS[kind]) if kind else settings.name].append(listing)
    text = (
        make_environment(theme, words=settings.words)
        .get_template("feeds.opml.j2")
        .render(site=settings, groups=groups.items())
    )
    return Page(path="feeds.opml", text=text)
