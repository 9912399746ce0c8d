"""A page is text at a place, a picture is bytes at a place, an export is text that is written when it is asked for."""

from collections.abc import Callable
from typing import NamedTuple

from generator.model.record import record


@record
class Page:
    """One Markdown page, or one file that stands beside the pages as it is.

    ``path`` is relative to the docs folder, e.g. ``papers/lee2024cats/index.md`` or ``papers/lee2024cats/cite.bib``.
    """

    path: str
    text: str

    @property
    def data(self) -> bytes:
        """What the file holds."""
        return self.text.encode("utf-8")


@record
class Picture:
    """One PNG file beside the pages, at a ``path`` like a page's, which takes a while to draw.

    Pictures made from the same bytes, ``made_from``, are the same.
    """

    path: str
    made_from: bytes
    draw: Callable[[], bytes]

    @property
    def data(self) -> bytes:
        """What the file holds, drawn now."""
        return self.draw()


class Export(NamedTuple):
    """One file beside the pages, at a ``path`` like a page's, which is written only when its text is asked for.

    Exports at one path that were made from the same bytes, ``made_from``, are the same, as long as the settings, the
    theme and the program are.
    """

    path: str
    made_from: bytes
    write: Callable[[], str]

    @property
    def text(self) -> str:
        """What the file says, written now."""
        return self.write()

    @property
    def data(self) -> bytes:
        """What the file holds."""
        return self.text.encode("utf-8")
