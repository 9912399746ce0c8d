"""What an importer gives, and that each importer module keeps to the interface."""

import inspect

import pytest

from generator.importers.kinds import IMPORTERS
from generator.importers.raw_paper import Importer, Note, Options, Parsed, RawPaper, Unread
from generator.model.entities import VenueName


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.NAME)
def test_each_importer_has_the_functions_of_the_interface(importer: Importer) -> None:
    """``kinds.py`` casts modules to the interface, so mypy does not compare them."""
    for name in ("recognizes", "read"):
        parameters = list(inspect.signature(getattr(importer, name)).parameters)
        assert parameters == list(inspect.signature(getattr(Importer, name)).parameters)[1:]
    assert isinstance(importer.recognizes("x"), bool)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda importer: importer.NAME)
@pytest.mark.parametrize("text", ["", "x", "\x00", "{", "<", "@", "\ufeff[]"])
def test_reading_gives_a_result_whatever_the_text(importer: Importer, text: str) -> None:
    parsed = importer.read(text, Options("a file"))
    assert parsed.papers == []
    assert all(isinstance(note, Note) and note.line > 0 for note in parsed.notes)


def test_names_of_importers_are_unique() -> None:
    assert len({importer.NAME for importer in IMPORTERS}) == len(IMPORTERS)


def test_results_of_two_sources_are_separate() -> None:
    first, second = Parsed(), Parsed()
    first.papers.append(RawPaper({"title": "A"}, 1, VenueName(name="Conf")))
    first.notes.append(Note(1, "cut", cut=True))
    first.unread.append(Unread(1, "field language", "x"))
    first.repairs["spaces"] += 1
    assert second == Parsed()
