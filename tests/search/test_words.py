"""The vocabulary of search, counted by part and joined."""

import json

from generator.search.parts import SearchRecord
from generator.search.words import count_words, word_shards


def _record(title: str, people: tuple[str, ...] = (), content: str = "") -> SearchRecord:
    return SearchRecord("/papers/a/", content, {"title": title}, "en", {}, (title,), people)


def _vocabulary(*parts: list[SearchRecord]) -> dict[str, object]:
    shards = word_shards([count_words(part) for part in parts])
    lines = [line for shard in shards.words for line in shard.lines]
    vocabulary: dict[str, object] = json.loads(f"{{{','.join(lines)}}}")
    return vocabulary


def test_a_word_has_its_number_of_papers_and_those_with_it_in_title_and_name() -> None:
    records = [_record("Adam trains", ("Eve Adam",)), _record("Trees", ("Eve Bo",), "adam"), _record("Adam again")]
    vocabulary = _vocabulary(records)
    assert vocabulary["adam"] == [3, [0, 2], [0]]
    assert vocabulary["trees"] == [1, [1]]
    assert vocabulary["eve"] == [0, [], [0, 1]]


def test_numbers_of_papers_are_differences_across_parts() -> None:
    first, second = [_record("Adam"), _record("Trees")], [_record("Trees"), _record("Adam")]
    assert _vocabulary(first, second)["adam"] == [2, [0, 3]]
    assert _vocabulary(first, second)["trees"] == [2, [1, 1]]


def test_the_name_before_a_colon_is_a_word_with_a_colon() -> None:
    vocabulary = _vocabulary([_record("DADA: on data"), _record("On data: DADA")])
    assert vocabulary["dada:"] == [0, [0]]
    assert "data:" not in vocabulary


def test_long_numbers_are_not_counted_and_lengths_have_one_digit() -> None:
    part = count_words([_record("one two"), _record(" ".join(["w"] * 99), content="2501.123456 gpt4")])
    assert "2501" in part.counts
    assert "123456" not in part.counts
    assert "gpt4" in part.counts
    assert part.lengths == "2z"


def test_endings_are_listed_for_words_that_can_be_corrected() -> None:
    shards = word_shards([count_words([_record("adam cat x-y")])])
    ends = [line for shard in shards.ends for line in shard.lines]
    assert ends == ['"adam":1']
