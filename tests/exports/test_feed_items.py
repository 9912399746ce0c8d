"""Entries of feeds."""

from datetime import date
from typing import Any

from generator.build.inputs import Inputs
from generator.exports.feed_items import FeedItem
from generator.exports.paper_texts import PaperTexts
from generator.model.catalog import build_catalog
from generator.model.paper import Correction, Status
from generator.model.provenance import SummaryBy, WriterKind
from tests.conftest import ROOT, SETTINGS
from tests.support.small_content import DAY, content, paper


def _item(**fields: Any) -> FeedItem:
    texts = _texts(**fields)
    return texts.feed_item("reef2025ropes")


def _texts(**fields: Any) -> PaperTexts:
    catalog = build_catalog(content(paper(**fields)))
    return PaperTexts(catalog, SETTINGS, ROOT / "theme", Inputs())


def test_the_id_of_an_entry_is_the_first_id_of_the_paper() -> None:
    assert _item().id.endswith(":papers/reef2025ropes")
    assert _item(aliases=("first2025", "second2025")).id.endswith(":papers/first2025")


def test_a_retracted_paper_says_so_in_title_and_summary() -> None:
    item = _item(status=Status.RETRACTED, status_note={"": "Wrong knots."}, tldr={"": "Ropes hold."})
    assert item.title == "[Retracted] Title of reef2025ropes"
    assert item.summary.endswith("Ropes hold.")
    assert "Wrong knots." in item.summary


def test_categories_are_topics_and_how_the_text_was_written() -> None:
    by = SummaryBy(kind=WriterKind.AI, model="m", date=DAY)
    assert [category.term for category in _item().categories] == ["cats"]
    terms = [category.term for category in _item(tldr={"": "A."}, summary_by=by).categories]
    assert terms[0] == "cats"
    assert len(terms) == 2


def test_a_correction_has_the_day_and_the_note_and_not_the_authors() -> None:
    texts = _texts(corrections=(Correction(date=date(2025, 6, 1), note={"": "Two *knots*, not $3$."}),))
    (item,) = texts.corrections("reef2025ropes")
    assert (item.published, item.authors) == (date(2025, 6, 1), ())
    assert item.title == "Corrected: Title of reef2025ropes"
