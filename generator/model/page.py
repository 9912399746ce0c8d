"""A page is text at a place, a picture is bytes at a place, and a draft is text that is still to be written."""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

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

    @property
    def made_from(self) -> bytes:
        """The same: it is all that there is."""
        return self.data


class Piece(NamedTuple):
    """A piece of a long file; pieces of one file that are ``made_from`` the same bytes are the same."""

    made_from: bytes
    write: Callable[[], str]


class Draft(NamedTuple):
    """A page, or a file beside the pages, that is written when its text is asked for, each time anew.

    Drafts at one path that are made from the same bytes, ``made_from``, are the same, as long as the settings, the
    theme and the program are. Those made from none tell nothing of that. ``pieces``, if there are any, make up the
    text. ``template`` is the name of the template that gives it.
    """

    path: str
    made_from: bytes
    write: Callable[[], str]
    pieces: tuple[Piece, ...] = ()
    template: str = ""

    @property
    def text(self) -> str:
        """What the file says, written now."""
        return self.write()

    @property
    def data(self) -> bytes:
        """What the file holds, written now."""
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


File = TypeVar("File", bound="Page | Draft | Picture")


class Batch(NamedTuple, Generic[File]):
    """Files that are made together: the pages of a paper, of an author, of a day, or what stands beside them.

    Batches that are ``made_from`` the same bytes make the same drafts at the same paths, as long as the settings, the
    theme and the program are the same. ``tell`` gives these bytes when they are asked for, far cheaper than ``make``
    gives the drafts; those who tell none tell nothing of that.
    """

    tell: Callable[[], bytes]
    make: Callable[[], Iterable[File]]

    @property
    def made_from(self) -> bytes:
        """What the batch is made from, told now."""
        return self.tell()


def untold(make: Callable[[], Iterable[File]]) -> Batch[File]:
    """A batch that is made each time."""
    return Batch(bytes, make)
