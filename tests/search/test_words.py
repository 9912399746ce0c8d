"""The vocabulary of search, counted by part and joined."""

import json

from generator.search.parts import SearchRecord
from generator.search.words import count_words, divided_words, ending_shards, title_lengths, vocabulary


def _record(title: str, people: tuple[str, ...] = (), content: str = "") -> SearchRecord:
    return SearchRecord("/papers/a/", content, {"title": title}, "en", {}, (title,), people)


def _vocabulary(*parts: list[SearchRecord]) -> dict[str, object]:
    words = vocabulary([count_words(part) for part in parts], list(map(len, parts)))
    lines = [line for shard in words.shards for line in shard.lines]
    entries: dict[str, object] = json.loads(f"{{{','.join(lines)}}}")
    return entries


def test_a_word_has_its_number_of_papers_and_those_with_it_in_title_and_name() -> None:
    records = [_record("Adam trains", ("Eve Adam",)), _record("Trees", ("Eve Bo",), "adam"), _record("Adam again")]
    words = _vocabulary(records)
    assert words["adam"] == [3, [0, 2], [0]]
    assert words["trees"] == [1, [1]]
    assert words["eve"] == [0, [], [0, 1]]


def test_numbers_of_papers_are_differences_across_parts() -> None:
    first, second = [_record("Adam"), _record("Trees")], [_record("Trees"), _record("Adam")]
    assert _vocabulary(first, second)["adam"] == [2, [0, 3]]
    assert _vocabulary(first, second)["trees"] == [2, [1, 1]]


def test_the_name_before_a_colon_is_a_word_with_a_colon() -> None:
    words = _vocabulary([_record("DADA: on data"), _record("On data: DADA")])
    assert words["dada:"] == [0, [0]]
    assert "data:" not in words


def test_long_numbers_are_not_counted_and_lengths_have_one_digit() -> None:
    records = [_record("one two"), _record(" ".join(["w"] * 99), content="2501.123456 gpt4")]
    part = count_words(records)
    assert "2501" in part.counts
    assert "123456" not in part.counts
    assert "gpt4" in part.counts
    assert title_lengths(records) == "2z"


def test_endings_are_listed_for_words_that_can_be_corrected() -> None:
    words = vocabulary([count_words([_record("adam cat x-y", ("Evelyn",))])], [1])
    assert [line for shard in ending_shards(words.counts) for line in shard.lines] == ['"adam":1', '"evelyn":0']


def test_each_word_of_a_part_is_in_the_range_of_its_first_letter() -> None:
    words = count_words([_record("2d ad: zoo über", ("Eve",))])
    first, second, third = divided_words(words, ("", "b", "e"))
    assert first.counts.keys() == {"2d", "ad"}
    assert not second.counts
    assert third.counts.keys() == {"zoo", "uber"}
    assert third.people.keys() == {"eve"}
