"""The nearest texts, and pairs of texts with nearly equal spelling."""

from generator.similarity import nearest
from generator.similarity.nearest import Pair, Texts, near_pairs, postings_of, query_words, scores_of
from generator.similarity.weights import ROW_LENGTH

HALF = ROW_LENGTH // 2


def test_only_the_heaviest_words_of_a_text_select_candidates() -> None:
    row = {f"word{number:02}": number for number in range(1, 40)}
    assert query_words(row) == [f"word{number:02}" for number in range(39, 15, -1)]


def test_a_word_selects_the_texts_in_which_it_weighs_most() -> None:
    rows = [{"cat": weight} for weight in range(1, 302)]
    indexes, weights = postings_of(rows)["cat"]
    assert len(indexes) == nearest.MAX_POSTINGS
    assert indexes[0] == 300
    assert min(weights) == 301 - nearest.MAX_POSTINGS + 1


def test_postings_can_be_limited_to_some_words() -> None:
    assert set(postings_of([{"cat": 1, "dog": 2}], {"dog"})) == {"dog"}


def test_the_score_of_a_text_is_the_product_over_shared_query_words() -> None:
    postings = postings_of([{"cat": 3, "dog": 4}, {"dog": 5}, {"owl": 6}])
    assert scores_of({"cat": 2, "dog": 10}, postings) == {0: 46, 1: 50}


def test_the_nearest_texts_come_first_with_their_strongest_shared_words() -> None:
    rows = [{"cat": HALF, "dog": HALF}, {"cat": HALF}, {"cat": ROW_LENGTH, "dog": 9}, {"owl": ROW_LENGTH}]
    texts = Texts(["a", "b", "c", "d"], rows, postings_of(rows))
    result = nearest.nearest(texts, [0, 3])
    assert [near.name for near in result[0].near] == ["c", "b"]
    assert result[0].near[0].words == ("cat", "dog")
    assert result[3].near == ()


def test_pairs_are_found_despite_endings_and_typing_errors() -> None:
    titles = ["learning cats quickly", "learning cat quickly", "painting dogs slowly"]
    pairs = list(near_pairs(titles, 90))
    assert [(pair.first, pair.second) for pair in pairs] == [(0, 1)]
    assert pairs == [Pair(0, 1, pairs[0].similarity)]
    assert 90 <= pairs[0].similarity < 100


def test_texts_that_share_only_common_stems_are_not_compared() -> None:
    titles = [f"learning {number:05}" for number in range(nearest.MAX_SHARED + 2)]
    assert list(near_pairs(titles, 70)) == []
