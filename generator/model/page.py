"""A page is text at a place."""

from generator.model.record import record


@record
class Page:
    """One Markdown page. ``path`` is relative to the docs folder, e.g. ``papers/lee2024cats/index.md``."""

    path: str
    text: str
