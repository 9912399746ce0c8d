"""The lists of papers that can be taken away as a whole: one for each list page, at the same place."""

from collections.abc import Iterator

from generator.model import places
from generator.model.catalog import Catalog
from generator.model.record import record
from generator.model.settings import Settings
from generator.model.values import in_language
from generator.model.counting import papers_with_awards


@record
class Listing:
    """The papers of one list page, newest first. ``place`` is the page's folder; '' is the whole digest."""

    place: str
    title: str
    papers: tuple[str, ...]

    def path(self, name: str) -> str:
        """The path of a file beside the list's page."""
        return f"{self.place}/{name}" if self.place else name


def corrections_list(settings: Settings) -> Listing:
    """The list that has feeds but no papers: what was corrected in the digest's own texts."""
    return Listing(place="corrections", title=settings.words.say("Corrections"), papers=())


def listings(catalog: Catalog, settings: Settings) -> Iterator[Listing]:
    """The whole digest, then each series, edition, topic, author, institution and day, and those with awards."""
    own = settings.language
    yield Listing(place="", title=settings.name, papers=tuple(catalog.papers))
    for series in catalog.series.values():
        yield Listing(place=places.series(series.id), title=series.name, papers=catalog.papers_in_series(series.id))
    for entry in catalog.editions.values():
        held = catalog.papers_by_edition.get(entry.edition.id, ())
        yield Listing(place=places.edition(entry), title=entry.name, papers=held)
    for topic in catalog.topics.values():
        held = catalog.papers_by_topic.get(topic.id, ())
        yield Listing(place=places.topic(topic.id), title=in_language(topic.name, own, own), papers=held)
    for author in catalog.authors.values():
        yield Listing(place=places.author(author.id), title=author.name, papers=author.papers)
    for institution in catalog.institutions.values():
        yield Listing(place=places.institution(institution.id), title=institution.name, papers=institution.papers)
    for day, held in catalog.papers_by_day.items():
        yield Listing(place=places.day(day), title=day.isoformat(), papers=held)
    yield Listing(place="awards", title=settings.words.say("Papers with awards"), papers=papers_with_awards(catalog))
