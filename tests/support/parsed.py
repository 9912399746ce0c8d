"""What an importer read from a source, in a form that tests compare."""

from generator.codec.venue_names import VenueResolver
from generator.importers.raw_paper import Parsed


def edition_of(parsed: Parsed) -> str:
    """The id of the edition of the only paper."""
    (paper,) = parsed.papers
    return VenueResolver([]).edition_id(paper.venue)


def unread(parsed: Parsed) -> set[tuple[int, str]]:
    """The line and kind of everything that the importer did not read."""
    return {(note.line, note.kind) for note in parsed.unread}
