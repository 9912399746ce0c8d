"""Typing and encoding errors."""

import pytest

from generator.importers import bibtex
from generator.importers.raw_paper import Options, Parsed
from generator.text.slips import repair_mojibake

OPTIONS = Options(origin="o")


def _bib(fields: str, kind: str = "article", key: str = "k") -> Parsed:
    return bibtex.read(f"@{kind}{{{key}, title = {{Kettles}}, {fields}}}\n", OPTIONS)


@pytest.mark.parametrize(
    ("text", "better"),
    [("MÃ¤ntylÃ¤", "Mäntylä"), ("donâ€™t", "don’t"), ("Ã…sa", "Åsa"), ("Mäntylä", "Mäntylä"), ("São", "São")],
)
def test_mojibake_is_repaired_and_other_text_stays(text: str, better: str) -> None:
    assert repair_mojibake(text) == better
    notes = [note.message for note in _bib(f"author = {{Okoro, {text}}}").notes]
    assert notes == (
        [] if text == better else [f"text in a wrong encoding: '{text} Okoro'; it may read '{better} Okoro'"]
    )
