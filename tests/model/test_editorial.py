"""Collections in their languages."""

from datetime import date

from generator.model.editorial import Collection, CollectionItem, CollectionKind, collection_texts
from generator.model.provenance import SummaryBy, WriterKind


def _collection() -> Collection:
    return Collection(
        id="cats",
        name={"": "Cats", "de": "Katzen"},
        kind=CollectionKind.PICKS,
        date=date(2026, 4, 1),
        intro={"": "About cats.", "de": "Über Katzen."},
        items=(
            CollectionItem(paper="b", note={"": "First."}, heading={"": "Sleep"}),
            CollectionItem(paper="a", note={"": "Second.", "de": "Zweite."}),
            CollectionItem(paper="b", note={"": "Again."}),
        ),
        written_by=SummaryBy(kind=WriterKind.HUMAN),
    )


def test_papers_are_in_order_and_each_once() -> None:
    assert _collection().papers == ("b", "a")


def test_a_collection_has_the_languages_of_its_introduction_own_first() -> None:
    assert [text.language for text in collection_texts(_collection(), "en")] == ["en", "de"]
    assert [text.language for text in collection_texts(_collection(), "fr")] == ["fr", "de"]


def test_a_missing_translation_is_in_the_language_of_the_digest_and_an_absent_text_is_empty() -> None:
    german = collection_texts(_collection(), "en")[1]
    assert (german.name, german.intro) == ("Katzen", "Über Katzen.")
    assert [(item.heading, item.note) for item in german.items[:2]] == [("Sleep", "First."), ("", "Zweite.")]
    assert (german.conclusion, german.disclosure) == ("", "")
