"""A social card a paper: the picture that is shown where the address of its page is shared."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.build.inputs import Inputs, query
from generator.build.task import File, Task, hash_of, plain_task
from generator.exports.card_drawing import Card, Fonts, draw, shortened
from generator.model import places
from generator.model.catalog import Catalog
from generator.model.paper import STATUS_NAMES, Paper
from generator.model.settings import Settings
from generator.text.colour import DEFAULT, LIGHT, palette_colour, readable
from generator.text.escape import for_card
from generator.text.maths import to_plain


class Cards:
    """Makes the cards of one catalogue."""

    def __init__(self, catalog: Catalog, settings: Settings, theme: Path, inputs: Inputs) -> None:
        self._catalog, self._settings, self.inputs = catalog, settings, inputs
        assets = theme / "overrides" / "assets"
        self._faces = Fonts(assets / "fonts", assets / "images" / "icon-192.png")
        inputs.register(self)
        inputs.add("fonts", lambda: {path.name: hash_of(path.read_bytes()) for path in self._faces.files})

    def tasks(self) -> Iterator[Task]:
        """A task a paper, or none if the settings say so."""
        if self._settings.social_cards:
            for paper_id in self._catalog.papers:
                yield plain_task(f"card {paper_id}", partial(self._file, paper_id))

    @query
    def lines(self, paper_id: str) -> Card:
        """The lines of a card. Names are shortened by their width."""
        self.inputs.note("fonts")
        return _card(self._catalog, self._settings, self._catalog.papers[paper_id], self._faces)

    def _file(self, paper_id: str) -> Iterator[File]:
        self.inputs.note("fonts")
        yield File(places.card(paper_id), draw(self.lines(paper_id), self._faces))


def _card(catalog: Catalog, settings: Settings, paper: Paper, fonts: Fonts) -> Card:
    venue = for_card(catalog.editions[paper.venue].name)
    status = for_card(settings.words.say(STATUS_NAMES.get(paper.status, "")).upper())
    return Card(
        site=for_card(settings.name),
        title=for_card(to_plain(paper.title)),
        authors=shortened(tuple(for_card(name) for name in paper.author_names), fonts, settings.words),
        venue=" · ".join(part for part in (venue, for_card(paper.track or ""), status) if part),
        colour=readable(palette_colour(settings.palette or "") or DEFAULT, LIGHT),
    )
