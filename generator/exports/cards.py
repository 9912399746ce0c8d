"""A social card a paper: the picture that is shown where the address of its page is shared."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from generator.exports.card_drawing import Card, Faces, draw, shortened
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.fingerprints import Fingerprints
from generator.model.page import Batch, Picture
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.text.escape import for_card
from generator.text.maths import to_plain


def card_files(papers: Iterable[Paper], catalog: Catalog, settings: Settings, theme: Path) -> Iterator[Picture]:
    """The cards of ``papers``, or none if the settings say so."""
    batches = card_batches(papers, catalog, settings, theme, Fingerprints(catalog))
    return chain.from_iterable(batch.make() for batch in batches)


def card_batches(
    papers: Iterable[Paper], catalog: Catalog, settings: Settings, theme: Path, marks: Fingerprints
) -> Iterator[Batch[Picture]]:
    """The same, each by itself; ``marks`` are the fingerprints of the catalogue."""
    if not settings.social_cards:
        return
    faces = Faces(theme / "overrides" / "assets" / "fonts")
    for paper in papers:
        told = partial(marks.told, "card", papers=(paper.id,))
        yield Batch(told, partial(_pictures, catalog, settings, paper, faces))


def _pictures(catalog: Catalog, settings: Settings, paper: Paper, faces: Faces) -> Iterator[Picture]:
    card = _card(catalog, settings, paper, faces)
    yield Picture(path=places.card(paper.id), made_from=repr(card).encode(), draw=partial(draw, card, faces))


def _card(catalog: Catalog, settings: Settings, paper: Paper, faces: Faces) -> Card:
    venue = for_card(catalog.editions[paper.venue].name)
    status = for_card(settings.words.say(STATUS_NAMES.get(paper.status, "")).upper())
    return Card(
        site=for_card(settings.name),
        title=for_card(to_plain(paper.title)),
        authors=shortened(tuple(for_card(name) for name in paper.author_names), faces, settings.words),
        venue=" · ".join(part for part in (venue, for_card(paper.track or ""), status) if part),
    )
