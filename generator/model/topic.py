"""Topics: a tree of two or three levels."""

from generator.model.localized import LocalizedLine
from generator.model.record import record
from generator.model.values import Id, WholeNumber


@record
class Topic:
    """A topic. ``parent`` is another topic's id; siblings are sorted by ``order``, then by name.

    ``description`` tells readers what the topic is about; ``scope_note`` tells editors which papers belong to it.
    """

    id: Id
    name: LocalizedLine
    description: LocalizedLine | None = None
    scope_note: LocalizedLine | None = None
    parent: Id | None = None
    order: WholeNumber = 0
