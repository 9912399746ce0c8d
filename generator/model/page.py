"""A page is text at a place."""

from generator.model.record import record


@record
class Page:
    """One Markdown page, or one file that stands beside the pages as it is.

    ``path`` is relative to the docs folder, e.g. ``papers/lee2024cats/index.md`` or ``papers/lee2024cats/cite.bib``.
    """

    path: str
    text: str
