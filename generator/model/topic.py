"""Topics: a tree of two or three levels."""

from generator.model.record import record
from generator.model.values import Id, LocalizedLine, Order


@record
class Topic:
    """A topic. ``parent`` is another topic's id; siblings stand by ``order``, then by name."""

    id: Id
    name: LocalizedLine
    description: LocalizedLine | None = None
    parent: Id | None = None
    order: Order = 0
