"""The addresses of all feeds in one file that feed readers import: OPML 2.0 (https://opml.org/spec2.opml)."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from generator.exports.listings import Listing
from generator.build.export_templates import make_environment
from generator.model.made_from import as_bytes
from generator.model.page import Draft
from generator.model.settings import Settings
from generator.text.words import marked

_KINDS = {
    "venues": marked("Venues"), "topics": marked("Topics"), "authors": marked("Authors"),
    "institutions": marked("Institutions"), "awards": marked("Awards"), "corrections": marked("Corrections"),
}  # fmt: skip


def opml_file(settings: Settings, theme: Path, lists: Iterable[Listing]) -> Draft:
    """``feeds.opml``: the feeds of ``lists`` in folders by kind, but for those of a span of time."""
    named = [listing for listing in lists if not listing.place.startswith(("archive/", "mail/"))]
    made_from = as_bytes([(listing.place, listing.title) for listing in named])
    return Draft("feeds.opml", made_from, partial(_written, settings, theme, named))


def _written(settings: Settings, theme: Path, lists: Iterable[Listing]) -> str:
    groups: dict[str, list[Listing]] = defaultdict(list)
    for listing in lists:
        kind = listing.place.partition("/")[0]
        groups[settings.words.say(_KINDS[kind]) if kind else settings.name].append(listing)
    template = make_environment(theme, words=settings.words).get_template("feeds.opml.j2")
    return template.render(site=settings, groups=groups.items())
