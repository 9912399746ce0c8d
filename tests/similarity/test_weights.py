"""The words of a text and their weights."""

from collections.abc import Sequence

from generator.similarity.weights import (
    ROW_LENGTH,
    ComparedTexts,
    Row,
    idf_by_word,
    row_of,
    shared_idf_by_word,
    whole_text,
    words_of,
)

CATS = "Whiskers and purring separate cats"
DOGS = "Barking and fetching separate dogs"


def test_rows_have_one_length_and_do_not_depend_on_the_order_of_texts() -> None:
    texts = [f"{CATS} at night", f"{DOGS} by day {CATS}", DOGS, "nothing that others share"]
    rows, reversed_rows = _rows(texts), _rows(texts[::-1])
    assert rows == reversed_rows[::-1]
    lengths = [sum(weight * weight for weight in row.values()) for row in rows]
    assert all(0.99 < length / ROW_LENGTH**2 <= 1 for length in lengths[:3])
    assert lengths[3] == 0


def _rows(texts: Sequence[str]) -> list[Row]:
    counts = [words_of(text) for text in texts]
    idf = shared_idf_by_word(counts, len(counts))
    return [row_of(words, idf) for words in counts]


def test_words_in_a_quarter_of_the_texts_have_no_idf() -> None:
    counts = [words_of(f"digest number{number % 2} about{number // 2} alone{number}") for number in range(32)]
    assert set(shared_idf_by_word(counts, 32)) == {f"about{number}" for number in range(16)}
    assert set(shared_idf_by_word(counts[:8], 8)) == {"digest", "number0", "number1", *(f"about{n}" for n in range(4))}


def test_stop_words_short_words_and_numbers_are_not_counted() -> None:
    assert dict(words_of("The cat and a CAT with 12 ox-carts, pre-training and T5")) == {
        "cat": 2,
        "ox-carts": 1,
        "pre-training": 1,
    }


def test_a_rarer_word_has_a_greater_idf() -> None:
    counts = [words_of(text) for text in ("cats purr", "cats sleep", "cats play", "dogs bark")]
    idf = idf_by_word(counts, 4)
    assert idf["purr"] > idf["cats"]


def test_the_title_counts_twice_and_formulas_are_plain() -> None:
    text = whole_text(
        ComparedTexts(title="Big cats", tldr="An $\\ell_2$ norm", summary="*Small* cats", keywords=("dogs",))
    )
    assert text.count("Big cats") == 2
    assert "ℓ_2" in text
    assert "Small cats" in text
