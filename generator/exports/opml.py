"""The addresses of all feeds in one file that feed readers import: OPML 2.0 (https://opml.org/spec2.opml)."""

from collections import defaultdict
from pathlib import Path

from generator.build.export_templates import make_environment
from generator.build.inputs import Inputs
from generator.build.task import File, text_file
from generator.exports.listings import Listing, Listings, corrections_list
from generator.model.settings import Settings
from generator.text.words import marked

_KINDS = {
    "venues": marked("Venues"), "topics": marked("Topics"), "tags": marked("Tags"),
    "collections": marked("Collections"), "authors": marked("Authors"),
    "institutions": marked("Institutions"), "awards": marked("Awards"), "corrections": marked("Corrections"),
}  # fmt: skip


def opml_file(settings: Settings, theme: Path, lists: Listings, inputs: Inputs) -> File:
    """``feeds.opml``: the feeds of ``lists`` in folders by kind, but for those of a span of time."""
    groups: dict[str, list[Listing]] = defaultdict(list)
    corrections = corrections_list(settings)
    for place, title in (*lists.names(), (corrections.place, corrections.title)):
        if not place.startswith(("archive/", "weekly/")):
            kind = place.partition("/")[0]
            name = settings.words.say(_KINDS[kind]) if kind else settings.name
            groups[name].append(Listing(place=place, title=title, papers=()))
    template = make_environment(theme, words=settings.words, inputs=inputs).get_template("feeds.opml.j2")
    return text_file("feeds.opml", template.render(site=settings, groups=groups.items()))
